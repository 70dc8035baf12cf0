using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Profiles;

namespace CourseCompletion.Domain.Recommendations;

/// <summary>What a learner does best next in a course: lessons that are not complete, and at most one complete one to look at again.</summary>
/// <remarks>
/// <para>Score = 0.9 x the strongest of the grounds below + 0.1 when the video fits the learner's usual time; equal scores go by the course's order.</para>
/// <list type="bullet">
/// <item>Begun (at least a twentieth of the video is watched): 0.6 + 0.3 x the watched share, which counts as a half when the length is not known.</item>
/// <item>Overdue: 0.8 + 0.2 x days / 14, at most 1.</item>
/// <item>Due within 7 days: 0.8 - 0.3 x days left / 7.</item>
/// <item>In order: 0.5 for the first required lesson that is not complete, 0.4 and 0.3 for the two lessons after it, 0.2 for one before it.</item>
/// <item>To look at again (complete and a gap by <see cref="LessonRules"/>): 0.75 x the gap's severity.</item>
/// </list>
/// <para>Lessons further ahead than those two are offered only when they are due; to who has completed the course nothing is due. The usual time is the mean session, before there are three of them the median length of the
/// videos finished in the course. Who has withdrawn is offered nothing.</para>
/// </remarks>
public static class NextClipRules
{
    /// <summary>How many lessons are listed at most.</summary>
    public const int LimitMax = 20;

    private const int AheadMax = 2;
    private const double BegunMin = 0.05;
    private const double UnknownShare = 0.5;
    private const double DueSoonDays = 7;

    // Shorter pieces that are not covered are what heartbeats leave between them.
    private const long GapMsMin = 1000;

    /// <summary>The next lessons, best first.</summary>
    /// <param name="learner">The learner.</param>
    /// <param name="enrolment">The enrolment.</param>
    /// <param name="course">The course's definition.</param>
    /// <param name="nowMs">The instant.</param>
    /// <param name="limit">How many, 1 to 20.</param>
    public static NextClip[] Rank(LearnerState learner, EnrolmentState enrolment, CourseDefinition course, long nowMs, int limit)
    {
        if (enrolment.Status == EnrolmentStatus.Withdrawn)
        {
            return [];
        }

        var lessons = LearnerLesson.AllOf(enrolment, course);
        var first = FirstOpen(lessons);
        var usualMs = UsualMs(learner, lessons);
        var clips = new List<NextClip>();
        NextClip? revisit = null;
        for (var i = 0; i < lessons.Length; i++)
        {
            ref readonly var lesson = ref lessons[i];
            if (!lesson.IsCompleted)
            {
                if (GroundOf(lesson, i - first, enrolment.CompletedAtMs != 0 ? null : lesson.Definition.DueAtMs - nowMs, usualMs) is { } ground)
                {
                    clips.Add(Clip(lesson, StartOf(lesson), ground, usualMs));
                }
            }
            else if (LessonRules.GapOf(course.Course, lesson, nowMs) is { } gap)
            {
                var again = Clip(lesson, AgainFrom(lesson), new(NextClipReason.Revisit, 0.75 * gap.Severity, NextClipTexts.OfGap(gap)), usualMs);
                revisit = again.Score > (revisit?.Score ?? 0) ? again : revisit;
            }
        }

        if (revisit is not null)
        {
            clips.Add(revisit);
        }

        // Sorting keeps the order of equal ones.
        return [.. clips.OrderByDescending(clip => clip.Score).Take(limit)];
    }

    private static int FirstOpen(ReadOnlySpan<LearnerLesson> lessons)
    {
        var optional = -1;
        for (var i = 0; i < lessons.Length; i++)
        {
            if (lessons[i] is { IsCompleted: false, Definition.Required: true })
            {
                return i;
            }

            optional = optional < 0 && !lessons[i].IsCompleted ? i : optional;
        }

        return Math.Max(0, optional);
    }

    private static long? UsualMs(LearnerState learner, ReadOnlySpan<LearnerLesson> lessons)
    {
        if (LearningProfileRules.SessionMsOf(learner) is { } sessionMs)
        {
            return sessionMs;
        }

        var clips = new ClipTally();
        clips.Add(lessons);
        return clips.MedianLengthMs();
    }

    // Places are counted from the first required lesson that is open.
    private static Ground? GroundOf(in LearnerLesson lesson, int place, long? dueInMs, long? usualMs)
    {
        var ground = place switch
        {
            > AheadMax => default,
            < 0 => new(NextClipReason.NextInOrder, 0.2, "optional, and was passed over"),
            0 => new(NextClipReason.NextInOrder, 0.5, "next in the course"),
            _ => new Ground(NextClipReason.NextInOrder, 0.5 - (0.1 * place), "soon in the course"),
        };
        if (place is > 0 and <= AheadMax && Fits(lesson, usualMs))
        {
            ground = ground with { Reason = NextClipReason.ShortEnough, Text = NextClipTexts.OfLength(lesson.Definition.LengthMs, usualMs!.Value) };
        }

        if (dueInMs is { } leftMs)
        {
            ground = Stronger(ground, OfDue(leftMs / (double)LearnerTime.DayMs));
        }

        if (place <= AheadMax || ground.Weight > 0)
        {
            var share = lesson.Definition.LengthMs > 0 ? lesson.WatchedShare : lesson.IsWatched ? UnknownShare : 0;
            ground = share < BegunMin ? ground : Stronger(ground, new(NextClipReason.Continue, 0.6 + (0.3 * share), NextClipTexts.OfStart(StartOf(lesson), lesson.Definition.LengthMs)));
        }

        return ground.Weight > 0 ? ground : null;
    }

    private static Ground OfDue(double daysLeft) => daysLeft switch
    {
        <= 0 => new(NextClipReason.Overdue, Math.Min(1, 0.8 - (0.2 * daysLeft / 14)), $"was due {NextClipTexts.Time(-daysLeft)} ago"),
        <= DueSoonDays => new(NextClipReason.DueSoon, 0.8 - (0.3 * daysLeft / DueSoonDays), $"due in {NextClipTexts.Time(daysLeft)}"),
        _ => default,
    };

    private static Ground Stronger(in Ground one, in Ground other) => other.Weight > one.Weight ? other : one;

    private static bool Fits(in LearnerLesson lesson, long? usualMs) => lesson.Definition.LengthMs > 0 && lesson.Definition.LengthMs <= usualMs;

    private static long StartOf(in LearnerLesson lesson)
    {
        var startMs = lesson.State?.Coverage.FirstGap(lesson.Definition.LengthMs > 0 ? lesson.Definition.LengthMs : long.MaxValue, GapMsMin) ?? 0;

        // Where only pieces too small to look for are missing, from the beginning.
        return lesson.Definition.LengthMs > 0 && startMs >= lesson.Definition.LengthMs ? 0 : startMs;
    }

    private static long AgainFrom(in LearnerLesson lesson)
    {
        var startMs = lesson.Comments?.ConfusedAt.EarliestMs
            ?? (lesson.State?.Traces is { Rewatched.IntervalCount: > 0 } traces ? traces.Rewatched.Bounds[0] : 0);

        // A place behind the end is of another version of the video.
        return startMs < lesson.Definition.LengthMs ? startMs : 0;
    }

    private static NextClip Clip(in LearnerLesson lesson, long startMs, in Ground ground, long? usualMs) => new(
        lesson.Definition.Id,
        lesson.Definition.Title,
        lesson.Definition.Kind,
        lesson.Definition.LengthMs,
        startMs,
        ground.Reason,
        ground.Text,
        (0.9 * ground.Weight) + (Fits(lesson, usualMs) ? 0.1 : 0));

    private readonly record struct Ground(NextClipReason Reason, double Weight, string Text);
}
