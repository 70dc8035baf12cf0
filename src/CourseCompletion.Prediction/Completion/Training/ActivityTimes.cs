using System.Runtime.InteropServices;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Prediction.Completion.Training;

/// <summary>When learners were active in each course.</summary>
public sealed class ActivityTimes
{
    private readonly Dictionary<(LearnerId, CourseId), List<long>> _timesMs = [];

    /// <summary>Reads them from a history.</summary>
    public ActivityTimes(CompletionHistory history)
    {
        foreach (var learner in history.Learners.Values)
        {
            foreach (var (e, _) in learner.Events.Where(received => LearnerEventRules.IsActivity(received.Event.Kind)))
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(_timesMs, (learner.Learner, e.Course), out _) ??= []).Add(e.OccurredAtMs);
            }
        }

        foreach (var times in _timesMs.Values)
        {
            times.Sort();
        }
    }

    /// <summary>Whether an enrolment's learner was active after one instant, and not later than another.</summary>
    public bool IsActive(EnrolmentOutcome enrolment, long afterMs, long untilMs)
    {
        if (!_timesMs.TryGetValue((enrolment.Learner, enrolment.Course), out var times))
        {
            return false;
        }

        var next = times.BinarySearch(afterMs + 1);
        next = next < 0 ? ~next : next;
        return next < times.Count && times[next] <= untilMs;
    }
}
