using CourseCompletion.Domain.Learners;
using Microsoft.Extensions.Logging;

namespace CourseCompletion.Storage.Sqlite.Learners;

internal sealed partial class Retirement
{
    [LoggerMessage(4010, LogLevel.Error, "Moving journal frames from the log to the archive and the learners' rows failed; it is tried again.")]
    private partial void LogRetirementFailed(Exception failure);

    [LoggerMessage(4011, LogLevel.Critical, "The rows of learner {Learner} are damaged and take no frames: the newest ones stay in the log. Restore a backup.")]
    private partial void LogLearnerNotRetired(LearnerKey learner, Exception damage);
}
