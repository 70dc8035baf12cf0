using Microsoft.Extensions.Logging;

namespace CourseCompletion.Storage.Redis.Learners;

internal sealed partial class RedisAppendWriter
{
    [LoggerMessage(EventId = 4110, Level = LogLevel.Warning, Message = "Redis did not answer for {Appends} appends; their callers read again.")]
    private partial void LogAppendsFailed(Exception exception, int appends);
}
