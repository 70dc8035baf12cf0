using Microsoft.Extensions.Logging;

namespace CourseCompletion.Storage.Redis;

internal sealed partial class RedisWitnessKeeper
{
    [LoggerMessage(EventId = 4120, Level = LogLevel.Critical, Message =
        "The store {StoreId} was emptied, exchanged or replaced by an older copy while this silo runs (incarnation {Incarnation}, commit {Commit}). "
        + "Nothing is written any more; put the data back or accept what is there, and restart the silo.")]
    private partial void LogExchanged(Guid storeId, long incarnation, long commit);

    [LoggerMessage(EventId = 4121, Level = LogLevel.Warning, Message = "The witness of the store could not be brought up to date.")]
    private partial void LogWitnessFailed(Exception exception);
}
