using Microsoft.Extensions.Logging;

namespace CourseCompletion.Grains.Courses;

internal sealed partial class RosterGrain
{
    [LoggerMessage(2120, LogLevel.Error, "Roster {Roster} got a row of learner {Learner} with version {Incarnation}.{Sequence} that contradicts the one it has.")]
    private static partial void LogContradiction(ILogger logger, string roster, string learner, long incarnation, long sequence);

    [LoggerMessage(2121, LogLevel.Warning, "Roster {Roster} could not report to its course; it tries again.")]
    private static partial void LogReportFailed(ILogger logger, string roster, Exception e);

    [LoggerMessage(2122, LogLevel.Warning, "Roster {Roster} could not store its rows; it tries again.")]
    private static partial void LogStoreFailed(ILogger logger, string roster, Exception e);

    [LoggerMessage(2123, LogLevel.Error, "The stored row of learner {Learner} in roster {Roster} is damaged; the learner is asked to tell again.")]
    private static partial void LogRowDamaged(ILogger logger, string roster, string learner);

    [LoggerMessage(2124, LogLevel.Warning, "Roster {Roster} could not tell matured labels to the models' health; it tells them again.")]
    private static partial void LogLabelsNotTold(ILogger logger, string roster, Exception e);
}
