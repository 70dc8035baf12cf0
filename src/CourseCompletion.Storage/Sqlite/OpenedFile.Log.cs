using Microsoft.Extensions.Logging;

namespace CourseCompletion.Storage.Sqlite;

internal sealed partial class OpenedFile
{
    [LoggerMessage(4030, LogLevel.Warning, "Storage:AcceptStore is set, so the store is used in incarnation {Incarnation} although: {Message} Remove the setting now.")]
    private static partial void LogAccepted(ILogger logger, long incarnation, string message);
}
