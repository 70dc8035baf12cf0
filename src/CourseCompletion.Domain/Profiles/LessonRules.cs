using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Profiles;

/// <summary>Which lessons went well, and which ask for a second look. One reason a lesson: the strongest.</summary>
/// <remarks>
/// Severity of a gap, 0 to 1: a low score 1 - score; overdue 0.5 + days / 56, at most 1; confusion 0.4 + comments / 10, at most 0.9; watched again 0.3 + 0.6 x the share. A
/// high score closes a gap of any other kind.
/// </remarks>
internal static class LessonRules
{
    /// <summary>From which latest score on something went well.</summary>
    public const double HighScore = 0.8;

    /// <summary>Below which latest score something did not.</summary>
    public const double LowScore = 0.5;

    private const double SecondLookMax = 0.05;
    private const double RewatchedMin = 0.3;

    /// <summary>Why a lesson asks for a second look; null when it does not.</summary>
    public static LessonGap? GapOf(CourseId course, in LearnerLesson lesson, long nowMs)
    {
        var id = lesson.Definition.Id;
        var gap = lesson.Score is { } score ? OfScore(course, id, score) : null;
        if (lesson.Score >= HighScore)
        {
            return null;
        }

        if (lesson is { IsOpened: false, Definition.Required: true } && lesson.Definition.DueAtMs < nowMs)
        {
            var days = (nowMs - lesson.Definition.DueAtMs.Value) / (double)LearnerTime.DayMs;
            return new(course, id, GapReason.Overdue, days, Math.Min(1, 0.5 + (days / 56)));
        }

        if (lesson.ConfusedComments is var comments and > 0)
        {
            gap = MoreSevere(gap, new(course, id, GapReason.Confused, comments, Math.Min(0.9, 0.4 + (comments / 10.0))));
        }

        return lesson.RewatchedShare is var share and >= RewatchedMin
            ? MoreSevere(gap, new(course, id, GapReason.Rewatched, share, Math.Min(0.9, 0.3 + (0.6 * share))))
            : gap;
    }

    /// <summary>Why a lesson went well; null when nothing says so.</summary>
    public static LessonStrength? StrengthOf(CourseId course, in LearnerLesson lesson) =>
        lesson.Score is { } score ? Strong(course, lesson.Definition.Id, score)
        : lesson is { IsCompleted: true, IsWatched: true, ConfusedComments: 0 } && lesson.Definition.LengthMs > 0 && lesson.RewatchedShare < SecondLookMax
            ? new(course, lesson.Definition.Id, StrengthReason.WatchedOnce, lesson.WatchedShare)
        : null;

    /// <summary>Notes the strengths and gaps of one course.</summary>
    public static void Note(
        EnrolmentState enrolment, CourseDefinition course, ReadOnlySpan<LearnerLesson> lessons, long nowMs, List<LessonStrength> strengths, List<LessonGap> gaps)
    {
        // Who has completed the course or left it has nothing to close.
        var isOpen = enrolment.Status == EnrolmentStatus.Active;
        foreach (ref readonly var lesson in lessons)
        {
            Add(strengths, StrengthOf(course.Course, lesson));
            Add(gaps, isOpen ? GapOf(course.Course, lesson, nowMs) : null);
        }

        foreach (var assessment in enrolment.Assessments)
        {
            if (course.FindLesson(assessment.Id) is null)
            {
                var score = assessment.LatestScorePpm / (double)AssessmentState.FullScorePpm;
                Add(strengths, Strong(course.Course, assessment.Id, score));
                Add(gaps, isOpen ? OfScore(course.Course, assessment.Id, score) : null);
            }
        }
    }

    /// <summary>The strongest strengths: high scores first, the highest of them first.</summary>
    public static LessonStrength[] Strongest(List<LessonStrength> strengths) => [.. strengths
        .OrderBy(strength => strength.Reason).ThenByDescending(strength => strength.Figure).Take(LearningProfilePolicy.LessonsMax)];

    /// <summary>The most severe gaps.</summary>
    public static LessonGap[] MostSevere(List<LessonGap> gaps) => [.. gaps.OrderByDescending(gap => gap.Severity).Take(LearningProfilePolicy.LessonsMax)];

    private static LessonStrength? Strong(CourseId course, string id, double score) =>
        score >= HighScore ? new(course, id, StrengthReason.HighScore, score) : null;

    private static LessonGap? OfScore(CourseId course, string id, double score) =>
        score < LowScore ? new(course, id, GapReason.LowScore, score, 1 - score) : null;

    private static LessonGap? MoreSevere(LessonGap? one, LessonGap other) => one is { } known && known.Severity >= other.Severity ? known : other;

    private static void Add<T>(List<T> list, T? item)
        where T : struct
    {
        if (item is { } known)
        {
            list.Add(known);
        }
    }
}
