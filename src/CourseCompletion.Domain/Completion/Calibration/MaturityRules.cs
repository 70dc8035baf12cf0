using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>Decides when labels mature.</summary>
/// <remarks>
/// A label matures for a whole entry cohort at one instant, and who finished early waits for the others: if completions came in as they happen and failures only at the end,
/// the labels at hand would be too good. In a course with an end the cohort is everyone who enrolled before it; otherwise it is the UTC week of enrolment, from Monday.
/// </remarks>
public static class MaturityRules
{
    private const int WeekDays = 7;
    private const int FirstMonday = 4; // 1970-01-05.

    /// <summary>The instant from which the label of an enrolment may be learned from.</summary>
    /// <param name="course">The course.</param>
    /// <param name="enrolledAtMs">The enrolment, at or after 1970.</param>
    /// <param name="policy">The numbers.</param>
    public static long MaturesAtMs(CourseDefinition course, long enrolledAtMs, MaturityPolicy policy) =>
        course.EndsAtMs is { } endsAtMs && enrolledAtMs < endsAtMs
            ? endsAtMs + (long)policy.Grace.TotalMilliseconds
            : WeekEndMs(enrolledAtMs) + (long)policy.SelfPacedHorizon.TotalMilliseconds;

    private static long WeekEndMs(long ms)
    {
        var sinceMonday = (LearnerTime.DayOf(ms) - FirstMonday + WeekDays) % WeekDays;
        return (LearnerTime.DayOf(ms) - sinceMonday + WeekDays) * LearnerTime.DayMs;
    }
}
