namespace CourseCompletion.Storage.Sqlite.Commits;

/// <summary>Something to be written in the next transaction. The writer thread calls every member except the constructor.</summary>
internal abstract class WriteRequest
{
    /// <summary>The most bytes that the request adds to the commit's log record.</summary>
    public virtual int LogBytesMax => 0;

    /// <summary>Roughly how many bytes the request holds while it waits.</summary>
    public virtual int Bytes => LogBytesMax;

    /// <summary>Roughly how many rows the request touches outside the log, to keep transactions short.</summary>
    public virtual int Rows => 1;

    /// <summary>Whether the request goes before others and waits while the log is full: it adds to the log, which is cheap and which grains wait for.</summary>
    public virtual bool AddsToLog => false;

    /// <summary>
    /// Decides and writes, inside the open transaction. Changes nothing in memory that a failed commit would have to undo. When a request fails, the others of its
    /// transaction are applied once more, without it.
    /// </summary>
    public abstract void Apply(CommitTransaction transaction);

    /// <summary>Makes the committed result visible in memory; called with the window's gate held.</summary>
    public virtual void Publish(CommitTransaction transaction)
    {
    }

    /// <summary>Tells the caller the outcome.</summary>
    public abstract void Complete();

    /// <summary>Tells the caller that the transaction failed.</summary>
    public abstract void Fail(Exception failure);
}

/// <summary>A request with an outcome.</summary>
internal abstract class WriteRequest<T> : WriteRequest
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Completion => _completion.Task;

    protected T? Outcome { get; set; }

    public override void Complete() => _completion.TrySetResult(Outcome!);

    public override void Fail(Exception failure) => _completion.TrySetException(failure);
}
