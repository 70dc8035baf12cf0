using Microsoft.Extensions.Logging;

namespace CourseCompletion.Grains.Learners;

internal sealed partial class LearnerWriter
{
    [LoggerMessage(2000, LogLevel.Error, "A snapshot of learner {Learner} is damaged; the other one, of sequence {Sequence}, is used with the journal behind it.")]
    private static partial void LogSnapshotDamaged(ILogger logger, string learner, long sequence, Exception e);

    [LoggerMessage(2001, LogLevel.Critical, "Learner {Learner} is known, but state is missing: snapshot {Snapshot}, journal trimmed through {Trimmed}, head {Head}.")]
    private static partial void LogStateLost(ILogger logger, string learner, long snapshot, long trimmed, long head);

    [LoggerMessage(2002, LogLevel.Warning, "Learner {Learner} was written by another activation after sequence {Sequence}; this one gives way.")]
    private static partial void LogFenced(ILogger logger, string learner, long sequence);

    [LoggerMessage(2003, LogLevel.Warning, "An append of learner {Learner} is not known to be durable; the learner will be read back.")]
    private static partial void LogAppendFailed(ILogger logger, string learner, Exception e);

    [LoggerMessage(2004, LogLevel.Warning, "A snapshot of learner {Learner} failed; the learner will be read back.")]
    private static partial void LogSnapshotFailed(ILogger logger, string learner, Exception e);
}
