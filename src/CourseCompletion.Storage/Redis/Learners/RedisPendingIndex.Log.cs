using Microsoft.Extensions.Logging;

namespace CourseCompletion.Storage.Redis.Learners;

internal sealed partial class RedisPendingIndex
{
    [LoggerMessage(EventId = 4111, Level = LogLevel.Error, Message = "The pending mark '{Field}' is damaged; it is told if it says whom.")]
    private partial void LogDamaged(string field);
}
