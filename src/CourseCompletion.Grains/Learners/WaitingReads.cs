namespace CourseCompletion.Grains.Learners;

/// <summary>Reads of a learner that wait for an append under way, so that nothing is answered that is not stored.</summary>
internal sealed class WaitingReads
{
    private readonly List<Action<Exception?>> _reads = [];

    public int Count => _reads.Count;

    /// <summary>Adds a read; the task ends when it was served.</summary>
    public Task<T> Add<T>(Func<T> read)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _reads.Add(refusal =>
        {
            if (refusal is not null)
            {
                answer.SetException(refusal);
                return;
            }

            try
            {
                answer.SetResult(read());
            }
            catch (Exception e)
            {
                // Who asked hears of it; the appends behind the reader go on.
                answer.SetException(e);
            }
        });
        return answer.Task;
    }

    /// <summary>Serves all, or refuses all for a reason.</summary>
    public void Serve(Exception? refusal)
    {
        foreach (var read in _reads)
        {
            read(refusal);
        }

        _reads.Clear();
    }
}
