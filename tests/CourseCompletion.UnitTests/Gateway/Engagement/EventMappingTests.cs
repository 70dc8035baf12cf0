using CourseCompletion.Domain.Learners;
using CourseCompletion.Gateway.Engagement;
using CsCheck;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Xunit;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.UnitTests.Gateway.Engagement;

public class EventMappingTests
{
    public static TheoryData<int> Bodies =>
        new(System.Enum.GetValues<Wire.Event.BodyOneofCase>().Where(body => body != Wire.Event.BodyOneofCase.None).Select(body => (int)body));

    // What is wrong, and which field says so.
    public static TheoryData<string, Action<Wire.Event>> Faults => new()
    {
        { "event_id", e => e.EventId = "" },
        { "source", e => e.Source = new string('x', 129) },
        { "source", e => e.Source = "coursecompletion/api" },
        { "course_id", e => e.CourseId = "" },
        { "lesson_id", e => (e.VideoPlayed, e.LessonId) = (new(), "") },
        { "session_id", e => e.SessionId = "\u0001" },
        { "session_id", e => e.SessionId = "\u007f" },
        { "session_id", e => e.SessionId = "s\u009f" },
        { "object_id", e => (e.LiveJoined, e.ObjectId) = (new(), "") },
        { "target_learner_id", e => e.TargetLearnerId = new string('ä', 65) },
        { "occurred_at", e => e.OccurredAt = null },
        { "occurred_at", e => e.OccurredAt = new() { Seconds = long.MaxValue } },
        { "occurred_at", e => e.OccurredAt = new() { Seconds = 1_700_000_000, Nanos = -1 } },
        { "position", e => e.Position = double.NaN },
        { "position", e => e.Position = double.PositiveInfinity },
        { "position", e => e.Position = 1e300 },
        { "position", e => e.Position = -1 },
        { "video_seeked.from", e => e.VideoSeeked = new() { From = double.NaN, To = 1 } },
        { "video_seeked.to", e => e.VideoSeeked = new() { From = 1, To = 172_801 } },
        { "video_watched.from", e => e.VideoWatched = new() { From = -1, To = 1 } },
        { "video_watched.to", e => e.VideoWatched = new() { From = 1, To = double.NegativeInfinity } },
        { "video_watched.to", e => e.VideoWatched = new() { From = 2, To = 1 } },
        { "video_watched.speed", e => e.VideoWatched = new() { From = 1, To = 2, Speed = 0 } },
        { "video_watched.speed", e => e.VideoWatched = new() { From = 1, To = 2, Speed = double.NaN } },
        { "commented.text", e => e.Commented = new() },
        { "rated.stars", e => e.Rated = new() { Stars = double.NaN } },
        { "rated.text", e => e.Rated = new() { Stars = 3, Text = new string('x', 4097) } },
        { "withdrew.reason", e => e.Withdrew = new() { Reason = new string('x', 4097) } },
        { "assessment_submitted.score", e => e.AssessmentSubmitted = new() { Score = double.NaN, MaxScore = 1 } },
        { "assessment_submitted.max_score", e => e.AssessmentSubmitted = new() { Score = 1, MaxScore = double.NaN } },
        { "assessment_submitted.due_at", e => e.AssessmentSubmitted = new() { MaxScore = 1, DueAt = new() { Nanos = 1_000_000_000 } } },
        { "assessment_submitted.due_at", e => e.AssessmentSubmitted = new() { MaxScore = 1, DueAt = new() { Seconds = 1 } } },
        { "question_asked.text", e => e.QuestionAsked = new() },
        { "question_answered.text", e => e.QuestionAnswered = new() },
        { "activity_recorded.family", e => e.ActivityRecorded = new() { Count = 1 } },
        { "activity_recorded.family", e => e.ActivityRecorded = new() { Count = 1, Family = (Wire.ActivityFamily)(256 + 3) } },
        { "activity_recorded.family", e => e.ActivityRecorded = new() { Count = 1, Family = (Wire.ActivityFamily)(-1) } },
        { "activity_recorded.count", e => e.ActivityRecorded = new() { Family = Wire.ActivityFamily.Page } },
        { "check_in_made_up.days_ago", e => e.CheckInMadeUp = new() },
        { "check_in_made_up.days_ago", e => e.CheckInMadeUp = new() { DaysAgo = 8 } },
        { "body", e => e.ClearBody() },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void TryRead_EveryBody_BecomesTheKindOfTheSameName(int body)
    {
        var read = Read(WireEvents.Of((Wire.Event.BodyOneofCase)body));

        Assert.Equal(((Wire.Event.BodyOneofCase)body).ToString(), read.Kind.ToString());
        Assert.Null(LearnerEventRules.Check(read));
    }

    [Fact]
    public void TryRead_EveryKind_HasABody() =>
        Assert.Equal(
            System.Enum.GetNames<EventKind>().Where(name => name != nameof(EventKind.Unspecified)),
            System.Enum.GetNames<Wire.Event.BodyOneofCase>().Where(name => name != nameof(Wire.Event.BodyOneofCase.None)));

    [Fact]
    public void TryRead_EveryFamily_KeepsItsName() =>
        Assert.All(
            System.Enum.GetValues<Wire.ActivityFamily>(),
            family =>
            {
                var sent = WireEvents.Liked("l1");
                sent.ActivityRecorded = new() { Family = family, Count = 1 };
                Assert.Equal(family.ToString(), Read(sent).Family.ToString());
            });

    [Fact]
    public void TryRead_CommonFields_AreAllKept()
    {
        var sent = WireEvents.Liked("l1");
        sent.LessonId = "lesson";
        sent.SessionId = "session";
        sent.ObjectId = "object";
        sent.TargetLearnerId = "target";
        sent.Position = 12.3456;
        sent.OccurredAt = new() { Seconds = WireEvents.AtMs / 1000, Nanos = 345_999_999 };

        Assert.Equal(
            new LearnerEvent
            {
                Source = "test",
                EventId = "e1",
                Course = new("c1"),
                Kind = EventKind.Liked,
                OccurredAtMs = WireEvents.AtMs + 345,
                Lesson = "lesson",
                Session = "session",
                ObjectId = "object",
                TargetLearner = "target",
                PositionMs = 12_346,
            },
            Read(sent));
    }

    [Fact]
    public void TryRead_EmptyOptionalFields_AreAbsent()
    {
        var read = Read(WireEvents.Liked("l1"));

        Assert.Equal((null, null, null, null), (read.Lesson, read.Session, read.ObjectId, read.TargetLearner));
        Assert.Null(read.PositionMs);
        Assert.Null(read.Text);
    }

    [Fact]
    public void TryRead_BodyFields_AreAllKept()
    {
        var seeked = Read(WireEvents.Of(Wire.Event.BodyOneofCase.VideoSeeked));
        Assert.Equal((20_000, 10_500), (seeked.FromMs, seeked.ToMs));
        var watched = Read(WireEvents.Of(Wire.Event.BodyOneofCase.VideoWatched));
        Assert.Equal((1000, 2001, 1.5f), (watched.FromMs, watched.ToMs, watched.Speed));
        Assert.Equal("said", Read(WireEvents.Of(Wire.Event.BodyOneofCase.Commented)).Text);
        var rated = Read(WireEvents.Of(Wire.Event.BodyOneofCase.Rated));
        Assert.Equal((4.5, "good"), (rated.Value, rated.Text));
        Assert.Equal("no time", Read(WireEvents.Of(Wire.Event.BodyOneofCase.Withdrew)).Text);
        var submitted = Read(WireEvents.Of(Wire.Event.BodyOneofCase.AssessmentSubmitted));
        Assert.Equal((7.0, 10.0, WireEvents.AtMs), (submitted.Value, submitted.MaxValue, submitted.DueAtMs));
        Assert.Equal("why", Read(WireEvents.Of(Wire.Event.BodyOneofCase.QuestionAsked)).Text);
        Assert.Equal("because", Read(WireEvents.Of(Wire.Event.BodyOneofCase.QuestionAnswered)).Text);
        var recorded = Read(WireEvents.Of(Wire.Event.BodyOneofCase.ActivityRecorded));
        Assert.Equal((ActivityFamily.Quiz, 3L), (recorded.Family, recorded.Count));
        Assert.Equal(7, Read(WireEvents.Of(Wire.Event.BodyOneofCase.CheckInMadeUp)).Count);
    }

    [Fact]
    public void TryRead_WatchedWithoutSpeed_IsNormalSpeed()
    {
        var sent = WireEvents.Of(Wire.Event.BodyOneofCase.VideoWatched);
        sent.VideoWatched.ClearSpeed();

        Assert.Equal(1, Read(sent).Speed);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void TryRead_Fault_NamesAFieldOfTheProtocol(string field, Action<Wire.Event> damage)
    {
        var sent = WireEvents.Liked("l1");
        sent.LessonId = "lesson";
        sent.ObjectId = "object";
        damage(sent);

        var rejection = EventMapping.TryRead(sent, out var read) ?? LearnerEventRules.Check(read!);

        Assert.Equal(field, rejection?.Field);
        Assert.True(field == "body" || Exists(Wire.Event.Descriptor, field));
    }

    [Fact]
    public void TimeOf_AnyTime_IsCutToTheMillisecond() =>
        Gen.Select(Gen.Long[-62_135_596_800, 253_402_300_799], Gen.Int[0, 999_999_999]).Sample((seconds, nanos) =>
        {
            var sent = new Timestamp { Seconds = seconds, Nanos = nanos };
            Assert.Null(EventMapping.TimeOf(sent, "field", out var ms));
            Assert.Equal(new DateTimeOffset(sent.ToDateTime()).ToUnixTimeMilliseconds(), ms);
        });

    private static LearnerEvent Read(Wire.Event sent)
    {
        Assert.Null(EventMapping.TryRead(sent, out var read));
        return read!;
    }

    private static bool Exists(MessageDescriptor message, string path)
    {
        var names = path.Split('.', 2);
        return message.FindFieldByName(names[0]) is { } field && (names.Length == 1 || Exists(field.MessageType, names[1]));
    }
}
