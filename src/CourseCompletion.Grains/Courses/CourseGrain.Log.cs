using Microsoft.Extensions.Logging;

namespace CourseCompletion.Grains.Courses;

internal sealed partial class CourseGrain
{
    [LoggerMessage(2140, LogLevel.Warning, "Course {Course} could not report to its tenant's completion index; it tries again.")]
    private static partial void LogIndexFailed(ILogger logger, string course, Exception e);
}
