using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Profiles;

/// <summary>A lesson of a course's definition beside what one learner did with it.</summary>
internal struct LearnerLesson
{
    private const double FullScorePpm = AssessmentState.FullScorePpm;

    /// <summary>The lesson.</summary>
    public LessonDefinition Definition { get; private set; }

    /// <summary>What was done with it; null when it was never touched.</summary>
    public LessonState? State { get; private set; }

    /// <summary>What was handed in under its id; null when nothing was.</summary>
    public AssessmentState? Assessment { get; private set; }

    /// <summary>What the learner wrote at it; null when nothing.</summary>
    public LessonComments? Comments { get; private set; }

    /// <summary>The watched share of its video, 0 to 1; 0 when the length is unknown.</summary>
    public double WatchedShare { get; private set; }

    /// <summary>Whether it is complete, by the rule of <see cref="ProgressRules.IsCompleted"/>.</summary>
    public bool IsCompleted { get; private set; }

    /// <summary>Whether it was touched or handed in.</summary>
    public readonly bool IsOpened => State is not null || Assessment is not null;

    /// <summary>Whether something of its video was watched.</summary>
    public readonly bool IsWatched => State is { Coverage.IntervalCount: > 0 };

    /// <summary>When it was handed in, reported complete or, for a video watched enough, first touched: later is not known.</summary>
    public readonly long CompletedAtMs => Assessment?.FirstAtMs ?? (State!.ReportedCompleted ? State.ReportedAtMs : State.FirstAtMs);

    /// <summary>The latest score, 0 to 1; null without any.</summary>
    public readonly double? Score => Assessment?.LatestScorePpm / FullScorePpm;

    /// <summary>The share of its video that was watched again, 0 to 1.</summary>
    public readonly double RewatchedShare => State?.Traces is { } traces && Definition.LengthMs > 0
        ? (double)traces.Rewatched.LengthBelow(Definition.LengthMs) / Definition.LengthMs
        : 0;

    /// <summary>How many of the learner's comments at it say that something was not understood.</summary>
    public readonly long ConfusedComments => Comments?.Counts.Confused ?? 0;

    /// <summary>All lessons of a course, in its order. One pass over what the learner touched, so that it costs the same a lesson in courses of any size.</summary>
    public static LearnerLesson[] AllOf(EnrolmentState enrolment, CourseDefinition course)
    {
        var lessons = new LearnerLesson[course.Lessons.Count];
        for (var i = 0; i < lessons.Length; i++)
        {
            lessons[i].Definition = course.Lessons[i];
        }

        foreach (var state in enrolment.Lessons)
        {
            if (course.FindLesson(state.Id, out var index) is not null)
            {
                lessons[index].State = state;
            }
        }

        foreach (var assessment in enrolment.Assessments)
        {
            if (course.FindLesson(assessment.Id, out var index) is not null)
            {
                lessons[index].Assessment = assessment;
            }
        }

        if (enrolment.Comments is { } comments)
        {
            foreach (var written in comments.Lessons)
            {
                if (course.FindLesson(written.Lesson, out var index) is not null)
                {
                    lessons[index].Comments = written;
                }
            }
        }

        foreach (ref var lesson in lessons.AsSpan())
        {
            lesson.Measure();
        }

        return lessons;
    }

    private void Measure()
    {
        WatchedShare = ProgressRules.WatchedShare(State, Definition);
        IsCompleted = State is { ReportedCompleted: true }
            || (State is not null && Definition.LengthMs > 0 && WatchedShare >= Definition.CompletionThreshold)
            || (Definition.Kind is LessonKind.Quiz or LessonKind.Assignment && Assessment is not null);
    }
}
