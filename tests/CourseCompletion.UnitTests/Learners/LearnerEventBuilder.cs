using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.UnitTests.Learners;

/// <summary>Well-formed events to start from; a test says with <c>with</c> what matters to it.</summary>
internal static class LearnerEventBuilder
{
    /// <summary>2024-03-04 00:00 UTC, a Monday.</summary>
    public const long MondayMs = 1_709_510_400_000;

    public const long MinuteMs = 60_000;

    public const long HourMs = 3_600_000;

    public const long DayMs = LearnerTime.DayMs;

    /// <summary>Every kind that may be accepted.</summary>
    public static readonly EventKind[] Kinds = [.. Enum.GetValues<EventKind>().Where(k => k != EventKind.Unspecified)];

    /// <summary>An event of a kind with the fields which that kind needs, and no others.</summary>
    public static LearnerEvent Event(EventKind kind, string id = "e1", long atMs = MondayMs, string course = "algebra") => WithBody(new LearnerEvent
    {
        Source = "app",
        EventId = id,
        Course = new CourseId(course),
        Kind = kind,
        OccurredAtMs = atMs,
    });

    /// <summary>An interval of a lesson that was watched at normal speed.</summary>
    public static LearnerEvent Watched(string lesson, long fromMs, long toMs, string id = "e1", long atMs = MondayMs) =>
        Event(EventKind.VideoWatched, id, atMs) with { Lesson = lesson, FromMs = fromMs, ToMs = toMs };

    private static LearnerEvent WithBody(LearnerEvent e) => e.Kind switch
    {
        EventKind.VideoPlayed or EventKind.VideoPaused or EventKind.VideoEnded or EventKind.LessonCompleted => e with { Lesson = "lesson-1" },
        EventKind.VideoSeeked => e with { Lesson = "lesson-1", FromMs = 60_000, ToMs = 30_000 },
        EventKind.VideoWatched => e with { Lesson = "lesson-1", FromMs = 0, ToMs = 10_000, Speed = 1 },
        EventKind.Commented => e with { Text = "Why is that?" },
        EventKind.Rated => e with { Value = 4 },
        EventKind.AssessmentSubmitted => e with { ObjectId = "test-1", Value = 7, MaxValue = 10 },
        EventKind.QuestionAsked or EventKind.QuestionAnswered => e with { ObjectId = "question-1", Text = "Because." },
        EventKind.AnswerAccepted or EventKind.LiveJoined or EventKind.LiveLeft or EventKind.PromotionShown or EventKind.PromotionClicked
            or EventKind.NudgeOpened or EventKind.NudgeDismissed => e with { ObjectId = "object-1" },
        EventKind.ActivityRecorded => e with { Family = ActivityFamily.Page, Count = 3 },
        EventKind.CheckInMadeUp => e with { Count = 2 },
        _ => e,
    };
}
