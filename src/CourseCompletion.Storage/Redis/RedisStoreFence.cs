using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Storage.Redis;

/// <summary>Keeps a process from working on a store that is not the one it opened.</summary>
internal sealed class RedisStoreFence
{
    public const string Explanation =
        "The store is not the one that this silo opened: it was emptied, exchanged, replaced by an older copy, or accepted into a new incarnation. Restart the silo.";

    private volatile bool _lost;
    private int _written;

    public bool Lost => _lost;

    public void Lose() => _lost = true;

    /// <summary>Notes that something was written since the witness last looked.</summary>
    public void Wrote() => Volatile.Write(ref _written, 1);

    public bool TakeWritten() => Interlocked.Exchange(ref _written, 0) == 1;

    /// <exception cref="StoreUnavailableException">The store was exchanged.</exception>
    public void Require()
    {
        if (_lost)
        {
            throw new StoreUnavailableException(Explanation);
        }
    }
}
