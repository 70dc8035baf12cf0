namespace CourseCompletion.Storage.Sqlite.Learners;

/// <summary>Which commits the log still holds, and how large they are. Guarded by the window's gate; the byte count may be read without it.</summary>
internal sealed class LogExtent
{
    private readonly Queue<(long Number, long CommittedAt, int Bytes)> _commits = new();
    private long _bytes;

    /// <summary>Bytes of all commits in the log.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>When the oldest commit was made, in milliseconds since 1970-01-01 UTC; null when the log is empty.</summary>
    public long? OldestAt => _commits.TryPeek(out var oldest) ? oldest.CommittedAt : null;

    public void Add(long number, long committedAt, int bytes)
    {
        _commits.Enqueue((number, committedAt, bytes));
        Volatile.Write(ref _bytes, _bytes + bytes);
    }

    /// <summary>The newest commit among the oldest ones, up to <paramref name="limit"/>, that together have about <paramref name="bytes"/> bytes; 0 when none is left.</summary>
    public long OldestThrough(long limit, int bytes)
    {
        var through = 0L;
        foreach (var commit in _commits)
        {
            if (commit.Number > limit || (through != 0 && bytes < commit.Bytes))
            {
                break;
            }

            through = commit.Number;
            bytes -= commit.Bytes;
        }

        return through;
    }

    public void RemoveThrough(long number)
    {
        while (_commits.TryPeek(out var oldest) && oldest.Number <= number)
        {
            _commits.Dequeue();
            Volatile.Write(ref _bytes, _bytes - oldest.Bytes);
        }
    }
}
