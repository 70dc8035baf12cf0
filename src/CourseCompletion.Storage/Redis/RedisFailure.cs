using CourseCompletion.Domain.Stores;
using StackExchange.Redis;

namespace CourseCompletion.Storage.Redis;

/// <summary>What a failed Redis command means to the callers of the ports.</summary>
internal static class RedisFailure
{
    /// <summary>Whether an exception comes from Redis or the connection to it, and not from a bug.</summary>
    public static bool IsOne(Exception exception) =>
        exception is RedisException or RedisTimeoutException or RedisCommandException or ObjectDisposedException;

    /// <summary>A write failed: it may or may not have been applied.</summary>
    public static Exception OfWrite(Exception cause) =>
        Known(cause, "The written key")
        ?? new StoreUnavailableException($"Redis did not say that the write is durable; it may have been applied all the same: {cause.Message}", cause);

    /// <summary>A read of something failed.</summary>
    public static Exception OfRead(string what, Exception cause) =>
        Known(cause, what) ?? new StoreUnavailableException($"Redis cannot be read now: {cause.Message}", cause);

    /// <summary>Whether a key is of another kind than everything of that name.</summary>
    public static bool IsDamage(Exception cause) =>
        cause is RedisServerException && cause.Message.Contains("WRONGTYPE", StringComparison.Ordinal);

    private static Exception? Known(Exception cause, string what) =>
        IsExchange(cause) ? new StoreUnavailableException(RedisStoreFence.Explanation, cause)
        : IsDamage(cause) ? new StoreCorruptException($"{what} is a key of another kind: {cause.Message}", cause)
        : null;

    private static bool IsExchange(Exception cause) =>
        cause is RedisServerException && cause.Message.Contains("CCEPOCH", StringComparison.Ordinal);
}
