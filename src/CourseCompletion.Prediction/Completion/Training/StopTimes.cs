using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Prediction.Completion.Training;

/// <summary>When learners were last active in each course, and so in which week they stopped.</summary>
public sealed class StopTimes
{
    private const long WeekMs = 7 * LearnerTime.DayMs;

    private readonly Dictionary<(LearnerId, CourseId), long> _lastActivityMs = [];
    private readonly Dictionary<CourseId, long> _knownUntilMs = [];

    /// <summary>Reads them from a history.</summary>
    /// <param name="history">The history.</param>
    /// <param name="untilDay">Nothing later than this many days after a course's start is looked at; null for no such bound.</param>
    public StopTimes(CompletionHistory history, int? untilDay)
    {
        foreach (var learner in history.Learners.Values)
        {
            foreach (var e in learner.Events.Select(received => received.Event).Where(e => LearnerEventRules.IsActivity(e.Kind)))
            {
                if (e.OccurredAtMs < (history.Courses[e.Course].StartsAtMs + (untilDay * LearnerTime.DayMs) ?? long.MaxValue))
                {
                    _lastActivityMs[(learner.Learner, e.Course)] = Math.Max(_lastActivityMs.GetValueOrDefault((learner.Learner, e.Course)), e.OccurredAtMs);
                    _knownUntilMs[e.Course] = Math.Max(_knownUntilMs.GetValueOrDefault(e.Course), e.OccurredAtMs);
                }
            }
        }
    }

    /// <summary>Whether a learner stops in a week ahead: is active for the last time in it, or silent for good already when it is week 0.</summary>
    /// <param name="enrolment">The enrolment.</param>
    /// <param name="asOfMs">The instant from which weeks are counted.</param>
    /// <param name="weeksAhead">The week.</param>
    /// <returns>Null when the learner stopped before that week, or when there is not a week of history behind it to tell.</returns>
    public bool? StopsIn(EnrolmentOutcome enrolment, long asOfMs, int weeksAhead)
    {
        var lastMs = Math.Max(asOfMs, _lastActivityMs.GetValueOrDefault((enrolment.Learner, enrolment.Course)));
        var (fromMs, toMs) = (asOfMs + (weeksAhead * WeekMs), asOfMs + ((weeksAhead + 1) * WeekMs));
        var knownUntilMs = Math.Min(enrolment.ObservedUntilMs, _knownUntilMs.GetValueOrDefault(enrolment.Course));
        return lastMs < fromMs || toMs + WeekMs > knownUntilMs ? null : lastMs < toMs;
    }
}
