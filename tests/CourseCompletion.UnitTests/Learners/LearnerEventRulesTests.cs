using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Learners;

public class LearnerEventRulesTests
{
    private const long TooFarMs = (48 * HourMs) + 1;

    private static readonly string _longText = new('x', LearnerEventRules.TextBytesMax + 1);

    private static readonly EventKind[] _withObject =
    [
        EventKind.AssessmentSubmitted, EventKind.QuestionAsked, EventKind.QuestionAnswered, EventKind.AnswerAccepted, EventKind.LiveJoined, EventKind.LiveLeft,
        EventKind.PromotionShown, EventKind.PromotionClicked, EventKind.NudgeOpened, EventKind.NudgeDismissed,
    ];

    private static readonly EventKind[] _withLesson =
    [
        EventKind.VideoPlayed, EventKind.VideoPaused, EventKind.VideoSeeked, EventKind.VideoWatched, EventKind.VideoEnded, EventKind.LessonCompleted,
    ];

    public static TheoryData<EventKind> Kinds => [.. LearnerEventBuilder.Kinds];

    public static TheoryData<EventKind> KindsWithoutText =>
        [.. LearnerEventBuilder.Kinds.Where(k => k is not (EventKind.Commented or EventKind.Rated or EventKind.Withdrew or EventKind.QuestionAsked or EventKind.QuestionAnswered))];

    public static TheoryData<EventKind> KindsWithObject => [.. _withObject];

    public static TheoryData<EventKind> KindsWithLesson => [.. _withLesson];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Check_NeededFieldsOnly_IsWellFormed(EventKind kind)
    {
        Assert.Null(LearnerEventRules.Check(Event(kind)));
        Assert.Null(LearnerEventRules.Check(Event(kind, atMs: LearnerEventRules.EarliestMs)));
        Assert.Null(LearnerEventRules.Check(Event(kind, atMs: LearnerEventRules.LatestMs)));
    }

    [Fact]
    public void Check_AnyGeneratedEvent_IsWellFormed() => LearnerEventGen.Event(30).Sample(e => Assert.Null(LearnerEventRules.Check(e)));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Check_EveryKindWithoutAnId_NamesTheField(EventKind kind)
    {
        var e = Event(kind);

        AssertFault(RejectionReason.MissingField, "event_id", e with { EventId = "" });
        AssertFault(RejectionReason.MissingField, "source", e with { Source = "" });
        AssertFault(RejectionReason.MissingField, "course_id", e with { Course = new CourseId("") });
        AssertFault(RejectionReason.MissingField, "course_id", e with { Course = default });
        AssertFault(RejectionReason.MissingField, "occurred_at", e with { OccurredAtMs = 0 });
        AssertFault(RejectionReason.MissingField, "event_id", e with { EventId = null! });
        AssertFault(RejectionReason.MissingField, "source", e with { Source = null! });
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Check_EveryKindWithABadField_NamesTheField(EventKind kind)
    {
        var e = Event(kind);
        foreach (var bad in new[] { new string('x', 129), new string('語', 43), "tab\t", "\0", "half \ud83d", "\ude00", "\ude00\ud83d", "\ud83d\ud83d" })
        {
            AssertFault(RejectionReason.InvalidField, "event_id", e with { EventId = bad });
            AssertFault(RejectionReason.InvalidField, "source", e with { Source = bad });
            AssertFault(RejectionReason.InvalidField, "course_id", e with { Course = new CourseId(bad) });
            AssertFault(RejectionReason.InvalidField, "lesson_id", e with { Lesson = bad });
            AssertFault(RejectionReason.InvalidField, "session_id", e with { Session = bad });
            AssertFault(RejectionReason.InvalidField, "object_id", e with { ObjectId = bad });
            AssertFault(RejectionReason.InvalidField, "target_learner_id", e with { TargetLearner = bad });
        }

        AssertFault(RejectionReason.InvalidField, "occurred_at", e with { OccurredAtMs = LearnerEventRules.EarliestMs - 1 });
        AssertFault(RejectionReason.InvalidField, "occurred_at", e with { OccurredAtMs = -1 });
        AssertFault(RejectionReason.InvalidField, "occurred_at", e with { OccurredAtMs = long.MaxValue });
        AssertFault(RejectionReason.InvalidField, "occurred_at", e with { OccurredAtMs = MondayMs, ClockShiftMs = -(9000L * 365 * DayMs) });
        AssertFault(RejectionReason.InvalidField, "position", e with { PositionMs = -1 });
        AssertFault(RejectionReason.InvalidField, "position", e with { PositionMs = TooFarMs });
    }

    [Fact]
    public void Check_IdOfAnyAllowedKind_IsWellFormed() => LearnerEventGen.Id.Sample(id => Assert.Null(LearnerEventRules.CheckId(id, "event_id", true)), iter: 1_000);

    [Theory]
    [InlineData(128, 1)]
    [InlineData(64, 2)]
    [InlineData(42, 3)]
    [InlineData(32, 4)]
    public void CheckId_AsLongAsAllowed_IsWellFormedAndOneMoreIsNot(int characters, int bytesEach)
    {
        var character = bytesEach switch { 1 => "x", 2 => "é", 3 => "語", _ => "😀" };
        var longest = string.Concat(Enumerable.Repeat(character, characters));

        Assert.Null(LearnerEventRules.CheckId(longest, "source", true));
        Assert.Equal(("source", RejectionReason.InvalidField), Fault(LearnerEventRules.CheckId(longest + character, "source", true)));
    }

    [Theory]
    [MemberData(nameof(KindsWithObject))]
    public void Check_ObjectMissing_NamesTheField(EventKind kind) =>
        AssertFault(RejectionReason.MissingField, "object_id", Event(kind) with { ObjectId = null });

    [Theory]
    [MemberData(nameof(KindsWithLesson))]
    public void Check_LessonMissing_NamesTheField(EventKind kind) =>
        AssertFault(RejectionReason.MissingField, "lesson_id", Event(kind) with { Lesson = null });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Check_LessonAndObjectNotNeeded_MayBeLeftOut(EventKind kind)
    {
        var e = Event(kind);
        e = e with { Lesson = _withLesson.Contains(kind) ? e.Lesson : null, ObjectId = _withObject.Contains(kind) ? e.ObjectId : null };

        Assert.Null(LearnerEventRules.Check(e));
    }

    [Theory]
    [InlineData(EventKind.Commented, "commented.text", true)]
    [InlineData(EventKind.QuestionAsked, "question_asked.text", true)]
    [InlineData(EventKind.QuestionAnswered, "question_answered.text", true)]
    [InlineData(EventKind.Rated, "rated.text", false)]
    [InlineData(EventKind.Withdrew, "withdrew.reason", false)]
    public void Check_Text_NamesTheField(EventKind kind, string field, bool required)
    {
        var e = Event(kind);

        Assert.Null(LearnerEventRules.Check(e with { Text = _longText[1..] }));
        Assert.Null(LearnerEventRules.Check(e with { Text = string.Concat(Enumerable.Repeat("語", 1365)) }));
        AssertFault(RejectionReason.InvalidField, field, e with { Text = _longText });
        AssertFault(RejectionReason.InvalidField, field, e with { Text = string.Concat(Enumerable.Repeat("語", 1366)) });
        AssertFault(RejectionReason.InvalidField, field, e with { Text = "half \ud83d" });
        foreach (var missing in new[] { null, "" })
        {
            if (required)
            {
                AssertFault(RejectionReason.MissingField, field, e with { Text = missing });
            }
            else
            {
                Assert.Null(LearnerEventRules.Check(e with { Text = missing }));
            }
        }
    }

    // A kind without a text still must not carry megabytes of it into the journal: an Orleans client bypasses the gateway, which would not have set it.
    [Theory]
    [MemberData(nameof(KindsWithoutText))]
    public void Check_TextThatTheKindDoesNotHave_IsBoundedToo(EventKind kind) =>
        AssertFault(RejectionReason.InvalidField, "body", Event(kind) with { Text = _longText });

    [Theory]
    [InlineData(-1, 1000, "video_seeked.from")]
    [InlineData(TooFarMs, 1000, "video_seeked.from")]
    [InlineData(1000, -1, "video_seeked.to")]
    [InlineData(1000, TooFarMs, "video_seeked.to")]
    public void Check_Seek_NamesTheField(long fromMs, long toMs, string field) =>
        AssertFault(RejectionReason.InvalidField, field, Event(EventKind.VideoSeeked) with { FromMs = fromMs, ToMs = toMs });

    [Theory]
    [InlineData(-1, 1000, 1, "video_watched.from")]
    [InlineData(TooFarMs, TooFarMs + 1, 1, "video_watched.from")]
    [InlineData(1000, TooFarMs, 1, "video_watched.to")]
    [InlineData(1000, 1000, 1, "video_watched.to")]
    [InlineData(1000, 999, 1, "video_watched.to")]
    [InlineData(0, (6 * HourMs) + 1, 1, "video_watched.to")]
    [InlineData(0, 1000, 0, "video_watched.speed")]
    [InlineData(0, 1000, -1, "video_watched.speed")]
    [InlineData(0, 1000, 16.1f, "video_watched.speed")]
    [InlineData(0, 1000, float.NaN, "video_watched.speed")]
    public void Check_Watched_NamesTheField(long fromMs, long toMs, float speed, string field) =>
        AssertFault(RejectionReason.InvalidField, field, Event(EventKind.VideoWatched) with { FromMs = fromMs, ToMs = toMs, Speed = speed });

    [Fact]
    public void Check_WatchedAtTheLimits_IsWellFormed() => Assert.Null(LearnerEventRules.Check(
        Event(EventKind.VideoWatched) with { FromMs = 42 * HourMs, ToMs = 48 * HourMs, Speed = 16, PositionMs = 48 * HourMs }));

    [Theory]
    [InlineData(0)]
    [InlineData(0.99)]
    [InlineData(5.01)]
    [InlineData(double.NaN)]
    public void Check_Stars_NamesTheField(double stars) =>
        AssertFault(RejectionReason.InvalidField, "rated.stars", Event(EventKind.Rated) with { Value = stars });

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public void Check_RecommendAnswer_Is0To10(double answer) =>
        Assert.Null(LearnerEventRules.Check(Event(EventKind.Rated) with { ObjectId = NetPromoter.ObjectId, Value = answer }));

    [Theory]
    [InlineData(-0.01)]
    [InlineData(10.01)]
    [InlineData(double.NaN)]
    public void Check_RecommendAnswerOutOfRange_NamesTheField(double answer) =>
        AssertFault(RejectionReason.InvalidField, "rated.stars", Event(EventKind.Rated) with { ObjectId = NetPromoter.ObjectId, Value = answer });

    [Theory]
    [InlineData(5, 0, "assessment_submitted.max_score")]
    [InlineData(5, -1, "assessment_submitted.max_score")]
    [InlineData(5, 1.1e9, "assessment_submitted.max_score")]
    [InlineData(5, double.NaN, "assessment_submitted.max_score")]
    [InlineData(5, double.PositiveInfinity, "assessment_submitted.max_score")]
    [InlineData(-1, 10, "assessment_submitted.score")]
    [InlineData(10.5, 10, "assessment_submitted.score")]
    [InlineData(double.NaN, 10, "assessment_submitted.score")]
    public void Check_Score_NamesTheField(double score, double maxScore, string field) =>
        AssertFault(RejectionReason.InvalidField, field, Event(EventKind.AssessmentSubmitted) with { Value = score, MaxValue = maxScore });

    [Theory]
    [InlineData(0)]
    [InlineData(LearnerEventRules.LatestMs + 1)]
    public void Check_DueOutOfTime_NamesTheField(long dueAtMs) =>
        AssertFault(RejectionReason.InvalidField, "assessment_submitted.due_at", Event(EventKind.AssessmentSubmitted) with { DueAtMs = dueAtMs });

    [Theory]
    [InlineData(ActivityFamily.Unspecified, 1, "activity_recorded.family")]
    [InlineData(ActivityFamily.Other + 1, 1, "activity_recorded.family")]
    [InlineData(ActivityFamily.Page, 0, "activity_recorded.count")]
    [InlineData(ActivityFamily.Page, -1, "activity_recorded.count")]
    [InlineData(ActivityFamily.Page, 1_000_001, "activity_recorded.count")]
    public void Check_Activity_NamesTheField(ActivityFamily family, long count, string field) =>
        AssertFault(RejectionReason.InvalidField, field, Event(EventKind.ActivityRecorded) with { Family = family, Count = count });

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(8)]
    public void Check_MadeUpDayOutOfReach_NamesTheField(long daysAgo) =>
        AssertFault(RejectionReason.InvalidField, "check_in_made_up.days_ago", Event(EventKind.CheckInMadeUp) with { Count = daysAgo });

    // What is accepted is stored, and what is stored must be readable again.
    [Fact]
    public void Check_UnknownFamilyOnAnyKind_IsAFault() =>
        AssertFault(RejectionReason.InvalidField, "activity_recorded.family", Event(EventKind.Shared) with { Family = (ActivityFamily)200 });

    [Theory]
    [InlineData(0, RejectionReason.MissingField)]
    [InlineData((int)LearnerEventRules.NewestKind + 1, RejectionReason.InvalidField)]
    [InlineData(255, RejectionReason.InvalidField)]
    public void Check_UnknownKind_NamesTheBody(int kind, RejectionReason reason) => AssertFault(reason, "body", Event(EventKind.Liked) with { Kind = (EventKind)kind });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void IsActivity_EveryKind_IsNeitherContactNorEnrolmentNorCard(EventKind kind)
    {
        var contact = kind is >= EventKind.PromotionShown and <= EventKind.NudgeDismissed;

        Assert.Equal(contact, LearnerEventRules.IsContact(kind));
        Assert.Equal(!contact && kind is not (EventKind.Enrolled or EventKind.Withdrew or EventKind.CheckInMadeUp), LearnerEventRules.IsActivity(kind));
    }

    private static void AssertFault(RejectionReason reason, string field, LearnerEvent e) => Assert.Equal((field, reason), Fault(LearnerEventRules.Check(e)));

    private static (string, RejectionReason) Fault(Rejection? rejection) => rejection is null ? ("none", RejectionReason.None) : (rejection.Field, rejection.Reason);
}
