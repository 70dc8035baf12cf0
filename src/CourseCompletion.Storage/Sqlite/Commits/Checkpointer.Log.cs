using Microsoft.Extensions.Logging;

namespace CourseCompletion.Storage.Sqlite.Commits;

internal sealed partial class Checkpointer
{
    [LoggerMessage(4003, LogLevel.Warning, "A checkpoint failed and will be tried again; nothing is lost, but the write-ahead log grows.")]
    private partial void LogCheckpointFailed(Exception failure);
}
