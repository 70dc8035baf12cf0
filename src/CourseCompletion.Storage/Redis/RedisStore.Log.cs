using Microsoft.Extensions.Logging;

namespace CourseCompletion.Storage.Redis;

internal sealed partial class RedisStore
{
    [LoggerMessage(EventId = 4100, Level = LogLevel.Information, Message = "Opened store {StoreId}, incarnation {Incarnation}, {Partitions} partitions.")]
    private static partial void LogOpened(ILogger logger, Guid storeId, long incarnation, int partitions);

    [LoggerMessage(EventId = 4101, Level = LogLevel.Warning, Message = "Weak durability is allowed: {Weakness}")]
    private static partial void LogWeakness(ILogger logger, string weakness);
}
