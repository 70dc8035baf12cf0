using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Storage.Sqlite.Commits;

/// <summary>What waits to be written: what adds to the log first, everything else second, both in every transaction so that neither starves.</summary>
/// <param name="capacity">Requests that may wait; more are refused, which the caller may take as 'not applied'.</param>
internal sealed class WriteQueue(int capacity)
{
    // Half a megabyte of log or a few hundred rows is some milliseconds of work: the longest that an append waits for the transaction before its own.
    private const int LogBytesPerCommitMax = 512 * 1024;
    private const int RowsPerCommitMax = 1024;
    private const long WaitingBytesMax = 128L * 1024 * 1024;

    private readonly object _gate = new();
    private readonly Queue<WriteRequest> _logged = new();
    private readonly Queue<WriteRequest> _others = new();
    private long _waitingBytes;
    private bool _writerWaits;
    private bool _checkpointAsked;
    private bool _lookAgain;
    private bool _closed;

    /// <summary>How many requests wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _logged.Count + _others.Count;
            }
        }
    }

    /// <summary>How many bytes they hold.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _waitingBytes;
            }
        }
    }

    /// <summary>Adds a request.</summary>
    /// <exception cref="StoreUnavailableException">The queue is full, or the store was closed.</exception>
    public void Add(WriteRequest request)
    {
        lock (_gate)
        {
            if (_closed)
            {
                throw new StoreUnavailableException("The store is closed.");
            }

            if (_logged.Count + _others.Count >= capacity || _waitingBytes > WaitingBytesMax)
            {
                StorageMetrics.WritesRefused.Add(1);
                throw new StoreUnavailableException($"The store is behind: {_logged.Count + _others.Count} writes wait. Nothing was written; try again later.");
            }

            Enqueue(request);
        }
    }

    /// <summary>Adds a request of the store itself, which makes room and therefore is never refused for lack of it.</summary>
    /// <exception cref="StoreUnavailableException">The store was closed.</exception>
    public void AddOwn(WriteRequest request)
    {
        lock (_gate)
        {
            if (_closed)
            {
                throw new StoreUnavailableException("The store is closed.");
            }

            Enqueue(request);
        }
    }

    /// <summary>Makes the writer look again at what it holds back.</summary>
    public void LookAgain()
    {
        lock (_gate)
        {
            _lookAgain = true;
            Wake();
        }
    }

    /// <summary>Asks the writer to finish a checkpoint between two transactions.</summary>
    public void AskForCheckpoint()
    {
        lock (_gate)
        {
            _checkpointAsked = true;
            Wake();
        }
    }

    /// <summary>Lets no request in any more; those that wait are still written.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Wake();
        }
    }

    /// <summary>
    /// Waits for work and moves it into <paramref name="batch"/>, with the log bytes that it may need. False when the queue is closed and empty.
    /// </summary>
    /// <param name="batch">Empty; receives the requests of one transaction.</param>
    /// <param name="holdLog">Leaves waiting what adds to the log, because the log is full; a closed queue gives it out nevertheless.</param>
    /// <param name="logBytesMax">The most bytes that the requests add to the log.</param>
    /// <param name="finishCheckpoint">Whether a checkpoint is to be finished after the transaction.</param>
    public bool Take(List<WriteRequest> batch, bool holdLog, out int logBytesMax, out bool finishCheckpoint)
    {
        lock (_gate)
        {
            while (!_closed && _others.Count == 0 && (holdLog || _logged.Count == 0) && !_checkpointAsked && !_lookAgain)
            {
                _writerWaits = true;
                Monitor.Wait(_gate);
                _writerWaits = false;
            }

            logBytesMax = 0;
            if (!holdLog || _closed)
            {
                while (_logged.TryPeek(out var next) && (logBytesMax == 0 || logBytesMax + next.LogBytesMax <= LogBytesPerCommitMax))
                {
                    batch.Add(_logged.Dequeue());
                    logBytesMax += next.LogBytesMax;
                    _waitingBytes -= next.Bytes;
                }
            }

            for (var rows = 0; rows < RowsPerCommitMax && _others.TryDequeue(out var next); rows += next.Rows)
            {
                batch.Add(next);
                logBytesMax += next.LogBytesMax;
                _waitingBytes -= next.Bytes;
            }

            finishCheckpoint = _checkpointAsked;
            _checkpointAsked = false;
            _lookAgain = false;
            return batch.Count > 0 || finishCheckpoint || !_closed;
        }
    }

    private void Enqueue(WriteRequest request)
    {
        _waitingBytes += request.Bytes;
        (request.AddsToLog ? _logged : _others).Enqueue(request);
        Wake();
    }

    private void Wake()
    {
        if (_writerWaits)
        {
            Monitor.Pulse(_gate);
        }
    }
}
