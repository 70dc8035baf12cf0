using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Storage.Redis.Learners;

/// <summary>Bounds the bytes of all appends that wait for their script, in all partitions together.</summary>
internal sealed class RedisAppendBudget(int bytesMax)
{
    private long _bytes;

    /// <summary>The bytes of what waits.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Takes room for an append; one alone always fits, however large.</summary>
    /// <exception cref="StoreUnavailableException">Too much waits.</exception>
    public void Take(int bytes)
    {
        var waiting = Interlocked.Add(ref _bytes, bytes);
        if (waiting > bytesMax && waiting > bytes)
        {
            Return(bytes);
            StorageMetrics.WritesRefused.Add(1);
            throw new StoreUnavailableException(
                $"Redis is behind: {waiting - bytes} bytes of appends wait (Storage:RedisQueuedBytesMax). Nothing was written; try again later.");
        }
    }

    public void Return(int bytes) => Interlocked.Add(ref _bytes, -bytes);
}
