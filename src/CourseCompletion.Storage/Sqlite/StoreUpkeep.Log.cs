using Microsoft.Extensions.Logging;

namespace CourseCompletion.Storage.Sqlite;

internal sealed partial class StoreUpkeep
{
    [LoggerMessage(4031, LogLevel.Warning, "The witness could not be brought to the disk; an older one is still true, and a running store tries again in a second.")]
    private partial void LogWitnessFailed(Exception failure);

    [LoggerMessage(4032, LogLevel.Critical, "A part of the store's upkeep ended unexpectedly; restart the process.")]
    private partial void LogEnded(Exception failure);
}
