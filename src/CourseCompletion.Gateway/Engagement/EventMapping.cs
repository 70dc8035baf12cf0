using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using Google.Protobuf.WellKnownTypes;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Engagement;

/// <summary>Reads events off the wire.</summary>
/// <remarks>
/// Only what the Domain's types cannot hold is rejected here (times out of range, numbers that are none); everything else is checked once, by
/// <see cref="LearnerEventRules"/> where the event is recorded.
/// </remarks>
internal static class EventMapping
{
    /// <summary>The source of the events that the gateway makes itself.</summary>
    public const string OwnSource = LearnerEventRules.OwnSource;

    private const double MsPerSecond = 1000;

    // Far beyond every limit of the rules, and safe to convert to a whole number.
    private const double MsMax = 1e15;

    // The oneof's numbers start here; a body that is newer than this release stays unknown and gives no case at all.
    private const int BodyOffset = (int)Wire.Event.BodyOneofCase.SessionStarted - (int)EventKind.SessionStarted;

    /// <summary>Reads one event; the rejection is null when it could be read.</summary>
    public static Rejection? TryRead(Wire.Event from, out LearnerEvent? read)
    {
        read = null;
        var body = default(Body);
        long? positionMs = null;
        var occurredAtMs = 0L;
        if ((SourceOf(from.Source)
            ?? TimeOf(from.OccurredAt, "occurred_at", out occurredAtMs)
            ?? PositionOf(from, ref positionMs)
            ?? BodyOf(from, ref body)) is { } rejection)
        {
            return rejection;
        }

        read = new LearnerEvent
        {
            Source = from.Source,
            EventId = from.EventId,
            Course = new CourseId(from.CourseId),
            Kind = KindOf(from.BodyCase),
            OccurredAtMs = occurredAtMs,
            Lesson = Optional(from.LessonId),
            Session = Optional(from.SessionId),
            ObjectId = Optional(from.ObjectId),
            TargetLearner = Optional(from.TargetLearnerId),
            PositionMs = positionMs,
            FromMs = body.FromMs,
            ToMs = body.ToMs,
            Speed = body.Speed,
            Count = body.Count,
            Value = body.Value,
            MaxValue = body.MaxValue,
            DueAtMs = body.DueAtMs,
            Text = body.Text,
            Family = body.Family,
        };
        return null;
    }

    /// <summary>Reads a time; an absent one is 0.</summary>
    public static Rejection? TimeOf(Timestamp? from, string field, out long ms)
    {
        if (from is null)
        {
            ms = 0;
            return null;
        }

        if (from.Seconds is < -62_135_596_800 or > 253_402_300_799 || from.Nanos is < 0 or > 999_999_999)
        {
            ms = 0;
            return new(RejectionReason.InvalidField, field, $"Send a time between the years 1 and 9999, with 0 to 999,999,999 nanoseconds, in {field}.");
        }

        ms = (from.Seconds * 1000) + (from.Nanos / 1_000_000);
        return null;
    }

    private static Rejection? SourceOf(string source) => source == OwnSource
        ? new(RejectionReason.InvalidField, "source", $"Send another source: {OwnSource} is the server's own.")
        : null;

    private static EventKind KindOf(Wire.Event.BodyOneofCase body) =>
        body == Wire.Event.BodyOneofCase.None ? EventKind.Unspecified : (EventKind)((int)body - BodyOffset);

    private static Rejection? BodyOf(Wire.Event from, ref Body body)
    {
        switch (from.BodyCase)
        {
            case Wire.Event.BodyOneofCase.VideoSeeked:
                return MsOf(from.VideoSeeked.From, "video_seeked.from", out body.FromMs) ?? MsOf(from.VideoSeeked.To, "video_seeked.to", out body.ToMs);
            case Wire.Event.BodyOneofCase.VideoWatched:
                body.Speed = from.VideoWatched.HasSpeed ? (float)from.VideoWatched.Speed : 1;
                return MsOf(from.VideoWatched.From, "video_watched.from", out body.FromMs) ?? MsOf(from.VideoWatched.To, "video_watched.to", out body.ToMs);
            case Wire.Event.BodyOneofCase.Commented:
                body.Text = Optional(from.Commented.Text);
                return null;
            case Wire.Event.BodyOneofCase.Rated:
                body.Value = from.Rated.Stars;
                body.Text = Optional(from.Rated.Text);
                return null;
            case Wire.Event.BodyOneofCase.Withdrew:
                body.Text = Optional(from.Withdrew.Reason);
                return null;
            case Wire.Event.BodyOneofCase.AssessmentSubmitted:
                return ScoreOf(from.AssessmentSubmitted, ref body);
            case Wire.Event.BodyOneofCase.QuestionAsked:
                body.Text = Optional(from.QuestionAsked.Text);
                return null;
            case Wire.Event.BodyOneofCase.QuestionAnswered:
                body.Text = Optional(from.QuestionAnswered.Text);
                return null;
            case Wire.Event.BodyOneofCase.ActivityRecorded:
                body.Family = FamilyOf(from.ActivityRecorded.Family);
                body.Count = from.ActivityRecorded.Count;
                return null;
            case Wire.Event.BodyOneofCase.CheckInMadeUp:
                body.Count = from.CheckInMadeUp.DaysAgo;
                return null;
            default:
                return null;
        }
    }

    private static Rejection? ScoreOf(Wire.AssessmentSubmitted from, ref Body body)
    {
        body.Value = from.Score;
        body.MaxValue = from.MaxScore;
        if (from.DueAt is null)
        {
            return null;
        }

        var rejection = TimeOf(from.DueAt, "assessment_submitted.due_at", out var dueAtMs);
        body.DueAtMs = dueAtMs;
        return rejection;
    }

    // The wire's numbers are the Domain's; one that does not fit stays one that the rules do not know.
    private static ActivityFamily FamilyOf(Wire.ActivityFamily family) =>
        (int)family is >= 0 and <= byte.MaxValue ? (ActivityFamily)family : (ActivityFamily)byte.MaxValue;

    private static Rejection? PositionOf(Wire.Event from, ref long? positionMs)
    {
        if (!from.HasPosition)
        {
            return null;
        }

        var rejection = MsOf(from.Position, "position", out var ms);
        positionMs = ms;
        return rejection;
    }

    private static Rejection? MsOf(double seconds, string field, out long ms)
    {
        if (!double.IsFinite(seconds))
        {
            ms = 0;
            return new(RejectionReason.InvalidField, field, $"Send a finite number of seconds in {field}.");
        }

        ms = (long)Math.Clamp(Math.Round(seconds * MsPerSecond), -MsMax, MsMax);
        return null;
    }

    private static string? Optional(string text) => text.Length == 0 ? null : text;

    private struct Body
    {
        public long FromMs;
        public long ToMs;
        public float Speed;
        public long Count;
        public double Value;
        public double MaxValue;
        public long? DueAtMs;
        public string? Text;
        public ActivityFamily Family;
    }
}
