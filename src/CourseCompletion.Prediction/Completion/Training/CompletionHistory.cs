using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Prediction.Completion.Training;

/// <summary>A history to learn from: what was received of every learner, the courses, and how the enrolments ended.</summary>
/// <param name="Target">What <see cref="EnrolmentOutcome.Completed"/> means.</param>
/// <param name="Courses">The courses by id, each with its start and end.</param>
/// <param name="Learners">The learners by id.</param>
/// <param name="Outcomes">How each enrolment ended.</param>
public sealed record CompletionHistory(
    CompletionTarget Target,
    IReadOnlyDictionary<CourseId, CourseDefinition> Courses,
    IReadOnlyDictionary<LearnerId, LearnerHistory> Learners,
    IReadOnlyList<EnrolmentOutcome> Outcomes)
{
    // Layouts that know only days give each kind of event a time of day of its own.
    private const int TimesOfDayMax = 4;

    /// <summary>Whether events are known by their day only: all of them happened at a handful of times of day.</summary>
    public bool KnowsOnlyDays => Learners.Values.SelectMany(learner => learner.Events)
        .Select(received => received.Event.OccurredAtMs % LearnerTime.DayMs)
        .Distinct()
        .Take(TimesOfDayMax + 1)
        .Count() <= TimesOfDayMax;
}
