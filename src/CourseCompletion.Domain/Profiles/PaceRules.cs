using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Profiles;

/// <summary>How fast a learner goes through a course's required lessons, and how fast the deadlines ask for.</summary>
internal static class PaceRules
{
    private const double WeekMs = 7 * LearnerTime.DayMs;
    private const long WindowMs = LearningProfilePolicy.PaceDays * LearnerTime.DayMs;

    /// <summary>Required lessons completed a week in the last 28 days, or since the enrolment when that is later; null in the first seven days and for who is not at it.</summary>
    public static double? LessonsPerWeek(EnrolmentState enrolment, ReadOnlySpan<LearnerLesson> lessons, long nowMs)
    {
        if (enrolment.Status != EnrolmentStatus.Active || nowMs - enrolment.EnrolledAtMs < LearningProfilePolicy.PaceMsMin)
        {
            return null;
        }

        var windowMs = Math.Min(WindowMs, nowMs - enrolment.EnrolledAtMs);
        var completed = 0;
        foreach (ref readonly var lesson in lessons)
        {
            completed += lesson is { IsCompleted: true, Definition.Required: true } && lesson.CompletedAtMs >= nowMs - windowMs ? 1 : 0;
        }

        return completed * WeekMs / windowMs;
    }

    /// <summary>The pace that meets every deadline ahead, and the deadline that asks for it; null without one, and for who is not at it.</summary>
    /// <remarks>
    /// Deadlines are the due times of open required lessons and the course's end. One asks for all open required lessons due until then (for the end: all of them), those
    /// overdue included; less than a day ahead counts as a day.
    /// </remarks>
    public static (double PerWeek, long ByMs)? Needed(EnrolmentState enrolment, CourseDefinition course, ReadOnlySpan<LearnerLesson> lessons, long nowMs)
    {
        if (enrolment.Status != EnrolmentStatus.Active)
        {
            return null;
        }

        var due = new List<long>();
        var open = 0;
        foreach (ref readonly var lesson in lessons)
        {
            if (lesson is { IsCompleted: false, Definition.Required: true })
            {
                open++;
                if (lesson.Definition.DueAtMs is { } dueAtMs)
                {
                    due.Add(dueAtMs);
                }
            }
        }

        due.Sort();
        (double PerWeek, long ByMs)? needed = null;
        for (var i = 0; i < due.Count; i++)
        {
            needed = Harder(needed, i + 1, due[i], nowMs);
        }

        return course.EndsAtMs is { } endsAtMs ? Harder(needed, open, endsAtMs, nowMs) : needed;
    }

    private static (double PerWeek, long ByMs)? Harder((double PerWeek, long ByMs)? needed, int open, long byMs, long nowMs)
    {
        if (byMs <= nowMs || open == 0)
        {
            return needed;
        }

        var perWeek = open * WeekMs / Math.Max(LearnerTime.DayMs, byMs - nowMs);
        return perWeek > (needed?.PerWeek ?? 0) ? (perWeek, byMs) : needed;
    }
}
