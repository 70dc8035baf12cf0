using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.Profiles;
using CourseCompletion.Domain.Recommendations;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Profiles;

/// <summary>What a learner did in the course "algebra", folded by the rules of the live path.</summary>
internal sealed class StudyScript
{
    private long _count;

    public LearnerState State { get; } = new();

    public EnrolmentState Enrolment => State.FindEnrolment(new CourseId("algebra"))!;

    /// <summary>The learner's zone, told before everything.</summary>
    public StudyScript In(string zone)
    {
        State.Prefer(LearnerPreferences.None with { TimeZone = zone }, 0);
        return this;
    }

    public StudyScript Watch(string lesson, int fromSeconds, int toSeconds, long atMs = MondayMs, float speed = 1) =>
        Fold(Watched(lesson, fromSeconds * 1000L, toSeconds * 1000L, atMs: atMs) with { Speed = speed });

    public StudyScript Score(string assessment, double score, long atMs = MondayMs) =>
        Fold(Event(EventKind.AssessmentSubmitted, atMs: atMs) with { ObjectId = assessment, Value = score, MaxValue = 1 });

    public StudyScript Complete(string lesson, long atMs = MondayMs) => Fold(Event(EventKind.LessonCompleted, atMs: atMs) with { Lesson = lesson });

    public StudyScript Comment(string? lesson, int positivePercent, bool confused = false, long atMs = MondayMs, int? positionSeconds = null) =>
        Fold(Event(EventKind.Commented, atMs: atMs) with
        {
            Lesson = lesson,
            PositionMs = positionSeconds * 1000L,
            Note = new(CommentLanguage.English, (byte)positivePercent, confused ? (byte)100 : (byte)0, 0, 0, default),
        });

    public StudyScript Fold(LearnerEvent e)
    {
        LearnerRules.Fold(State, e with { EventId = $"{++_count}" }, (UInt128)_count, LearnerPolicy.Default);
        return this;
    }

    public StudyScript Each(IEnumerable<long> instants, Func<StudyScript, long, StudyScript> act)
    {
        foreach (var atMs in instants)
        {
            act(this, atMs);
        }

        return this;
    }

    public LearningProfile ProfileAt(long nowMs, CourseDefinition course) => LearningProfileRules.Of(State, [.. State.Enrolments.Select(e => e.Course == course.Course ? course : null)], nowMs);

    public NextClip[] NextAt(long nowMs, CourseDefinition course, int limit = NextClipRules.LimitMax) => NextClipRules.Rank(State, Enrolment, course, nowMs, limit);
}
