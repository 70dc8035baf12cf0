using System.Text;
using CourseCompletion.Domain.CheckIns;
using CourseCompletion.Domain.Comments;

namespace CourseCompletion.Domain.Learners;

/// <summary>What makes a reported event well-formed, whoever calls: gateway, Orleans client or replay.</summary>
public static class LearnerEventRules
{
    /// <summary>The source of the events that the engine makes itself out of calls. Nobody else's: ids of two producers would be taken for repeats.</summary>
    public const string OwnSource = "coursecompletion/api";

    /// <summary>The longest id, in bytes of UTF-8.</summary>
    public const int IdBytesMax = 128;

    /// <summary>The longest text, in bytes of UTF-8.</summary>
    public const int TextBytesMax = 4096;

    /// <summary>The furthest position in a video: 48 hours.</summary>
    public const long PositionMsMax = 48L * 3_600_000;

    /// <summary>The longest interval that one heartbeat may report: 6 hours.</summary>
    public const long IntervalMsMax = 6L * 3_600_000;

    /// <summary>The largest count that one <see cref="EventKind.ActivityRecorded"/> may report.</summary>
    public const long CountMax = 1_000_000;

    /// <summary>The newest kind that this release knows; every number up to it is a kind.</summary>
    public const EventKind NewestKind = EventKind.CheckInMadeUp;

    /// <summary>The earliest time accepted: 1990-01-01 UTC.</summary>
    public const long EarliestMs = 631_152_000_000;

    /// <summary>The latest time that is a time at all: the end of the year 9999, where a Timestamp ends.</summary>
    public const long LatestMs = 253_402_300_799_999;

    /// <summary>The kinds that something other than the learner's own study causes: they never enrol and are never a feature.</summary>
    public static bool IsContact(EventKind kind) =>
        kind is EventKind.PromotionShown or EventKind.PromotionClicked or EventKind.NudgeOpened or EventKind.NudgeDismissed;

    /// <summary>The kinds by which a course is recommended or promoted to a learner.</summary>
    public static bool IsPromotion(EventKind kind) => kind is EventKind.PromotionShown or EventKind.PromotionClicked;

    /// <summary>Whether the learner did more than take in: reacted to something, told others of it, talked with others or joined them.</summary>
    public static bool IsInteraction(LearnerEvent e) =>
        e.Kind is EventKind.Liked or (>= EventKind.Commented and <= EventKind.Rated) or (>= EventKind.QuestionAsked and <= EventKind.LiveJoined)
        || (e.Kind == EventKind.ActivityRecorded && e.Family is ActivityFamily.Discussion or ActivityFamily.Wiki);

    /// <summary>The kinds that show the learner at work in the course: they enrol implicitly and make a day an active one.</summary>
    public static bool IsActivity(EventKind kind) =>
        !IsContact(kind) && kind is not (EventKind.Enrolled or EventKind.Withdrew or EventKind.CheckInMadeUp or EventKind.Unspecified);

    /// <summary>Checks one event; null when it is well-formed.</summary>
    public static Rejection? Check(LearnerEvent e)
    {
        if (CheckId(e.EventId, "event_id", required: true) is { } badEventId)
        {
            return badEventId;
        }

        return CheckId(e.Source, "source", required: true)
            ?? CheckId(e.Course.Value, "course_id", required: true)
            ?? CheckId(e.Lesson, "lesson_id", required: NeedsLesson(e.Kind))
            ?? CheckId(e.Session, "session_id", required: false)
            ?? CheckId(e.ObjectId, "object_id", required: NeedsObject(e.Kind))
            ?? CheckId(e.TargetLearner, "target_learner_id", required: false)
            ?? CheckTime(e)
            ?? CheckPosition(e.PositionMs ?? 0, "position")
            ?? CheckBody(e)
            ?? CheckFamily(e.Family)
            ?? CheckText(e, "body", required: false);
    }

    /// <summary>Checks one id; null when it is well-formed.</summary>
    public static Rejection? CheckId(string? id, string field, bool required)
    {
        if (string.IsNullOrEmpty(id))
        {
            return required ? new(RejectionReason.MissingField, field, $"Set {field}: it is required here.") : null;
        }

        foreach (var c in id)
        {
            if (c < ' ' || (c >= '\u007f' && (c <= '\u009f' || char.IsSurrogate(c))))
            {
                return CheckUnusualId(id, field);
            }
        }

        return id.Length * 3 <= IdBytesMax || Encoding.UTF8.GetByteCount(id) <= IdBytesMax
            ? null
            : new(RejectionReason.InvalidField, field, $"Shorten {field} to at most {IdBytesMax} bytes of UTF-8.");
    }

    private static Rejection? CheckUnusualId(string id, string field)
    {
        foreach (var c in id)
        {
            if (char.IsControl(c))
            {
                return new(RejectionReason.InvalidField, field, $"Remove control characters from {field}.");
            }
        }

        if (!IsWellFormed(id))
        {
            return HalfPair(field);
        }

        return Encoding.UTF8.GetByteCount(id) <= IdBytesMax
            ? null
            : new(RejectionReason.InvalidField, field, $"Shorten {field} to at most {IdBytesMax} bytes of UTF-8.");
    }

    private static Rejection? CheckTime(LearnerEvent e) =>
        e.ProducedAtMs == 0
            ? new(RejectionReason.MissingField, "occurred_at", "Set occurred_at to the time at which it happened.")
            : e.ProducedAtMs is < EarliestMs or > LatestMs
                ? new(RejectionReason.InvalidField, "occurred_at", "Send a time from 1990-01-01T00:00:00Z to the year 9999 in occurred_at.")
                : null;

    private static Rejection? CheckPosition(long ms, string field) =>
        ms is >= 0 and <= PositionMsMax
            ? null
            : new(RejectionReason.InvalidField, field, $"Send a position from 0 to {PositionMsMax / 1000} seconds in {field}.");

    /// <summary>Checks a text that is required; null when it is well-formed.</summary>
    public static Rejection? CheckText(string? text, string field, int bytesMax)
    {
        if (string.IsNullOrEmpty(text))
        {
            return new(RejectionReason.MissingField, field, $"Set {field}: it is required here.");
        }

        if (text.Length * 3 > bytesMax && Encoding.UTF8.GetByteCount(text) > bytesMax)
        {
            return new(RejectionReason.InvalidField, field, $"Shorten {field} to at most {bytesMax} bytes of UTF-8.");
        }

        return IsWellFormed(text) ? null : HalfPair(field);
    }

    private static Rejection? CheckText(LearnerEvent e, string field, bool required) =>
        !required && string.IsNullOrEmpty(e.Text) ? null : CheckText(e.Text, field, TextBytesMax);

    private static bool IsWellFormed(string text)
    {
        var at = text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff');
        for (var i = Math.Max(0, at); at >= 0 && i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }

        return true;
    }

    private static Rejection HalfPair(string field) =>
        new(RejectionReason.InvalidField, field, $"Send {field} as well-formed Unicode: it has half of a surrogate pair.");

    private static bool NeedsLesson(EventKind kind) =>
        kind is >= EventKind.VideoPlayed and <= EventKind.VideoEnded or EventKind.LessonCompleted;

    private static bool NeedsObject(EventKind kind) =>
        kind is EventKind.AssessmentSubmitted or (>= EventKind.QuestionAsked and <= EventKind.NudgeDismissed);

    private static Rejection? CheckBody(LearnerEvent e) => e.Kind switch
    {
        EventKind.VideoSeeked => CheckPosition(e.FromMs, "video_seeked.from") ?? CheckPosition(e.ToMs, "video_seeked.to"),
        EventKind.VideoWatched => CheckWatched(e),
        EventKind.Commented => CheckText(e, "commented.text", required: true),
        EventKind.Rated => CheckRating(e),
        EventKind.Withdrew => CheckText(e, "withdrew.reason", required: false),
        EventKind.AssessmentSubmitted => CheckScore(e),
        EventKind.QuestionAsked => CheckText(e, "question_asked.text", required: true),
        EventKind.QuestionAnswered => CheckText(e, "question_answered.text", required: true),
        EventKind.ActivityRecorded => CheckActivity(e),
        EventKind.Unspecified => new(RejectionReason.MissingField, "body", "Set one of the event's bodies: what happened is missing or unknown to this server."),
        EventKind.CheckInMadeUp => e.Count is >= 1 and <= CheckInRules.MakeUpDaysMax
            ? null
            : new(RejectionReason.InvalidField, "check_in_made_up.days_ago", $"Send 1 to {CheckInRules.MakeUpDaysMax} in check_in_made_up.days_ago."),
        > NewestKind => new(RejectionReason.InvalidField, "body", "This server does not know that kind of event."),
        _ => null,
    };

    private static Rejection? CheckRating(LearnerEvent e)
    {
        if (e.ObjectId == NetPromoter.ObjectId)
        {
            return e.Value is >= 0 and <= NetPromoter.AnswerMax
                ? CheckText(e, "rated.text", required: false)
                : new(RejectionReason.InvalidField, "rated.stars", $"Send 0 to {NetPromoter.AnswerMax} in rated.stars: how likely the learner would recommend the course.");
        }

        return e.Value is >= 1 and <= StarCounts.StarsMax
            ? CheckText(e, "rated.text", required: false)
            : new(RejectionReason.InvalidField, "rated.stars", $"Send 1 to {StarCounts.StarsMax} in rated.stars.");
    }

    private static Rejection? CheckWatched(LearnerEvent e)
    {
        if ((CheckPosition(e.FromMs, "video_watched.from") ?? CheckPosition(e.ToMs, "video_watched.to")) is { } bad)
        {
            return bad;
        }

        if (e.ToMs <= e.FromMs)
        {
            return new(RejectionReason.InvalidField, "video_watched.to", "Send a video_watched.to after video_watched.from.");
        }

        if (e.ToMs - e.FromMs > IntervalMsMax)
        {
            return new(RejectionReason.InvalidField, "video_watched.to", $"Report at most {IntervalMsMax / 3_600_000} hours of a video in one heartbeat.");
        }

        return e.Speed is > 0 and <= 16
            ? null
            : new(RejectionReason.InvalidField, "video_watched.speed", "Send a speed above 0 and at most 16 in video_watched.speed (1 = normal).");
    }

    private static Rejection? CheckScore(LearnerEvent e)
    {
        if (e.MaxValue is not (> 0 and <= 1e9))
        {
            return new(RejectionReason.InvalidField, "assessment_submitted.max_score", "Send a max_score above 0 and at most 1e9.");
        }

        if (!(e.Value >= 0 && e.Value <= e.MaxValue))
        {
            return new(RejectionReason.InvalidField, "assessment_submitted.score", "Send a score from 0 to max_score.");
        }

        return e.DueAtMs is null or (>= EarliestMs and <= LatestMs)
            ? null
            : new(RejectionReason.InvalidField, "assessment_submitted.due_at", "Send a time from 1990-01-01T00:00:00Z to the year 9999 in due_at, or leave it out.");
    }

    private static Rejection? CheckActivity(LearnerEvent e)
    {
        if (e.Family == ActivityFamily.Unspecified)
        {
            return UnknownFamily();
        }

        return e.Count is >= 1 and <= CountMax
            ? null
            : new(RejectionReason.InvalidField, "activity_recorded.count", $"Send a count from 1 to {CountMax}.");
    }

    // Of every kind, though only one has a family: what is stored must be readable again.
    private static Rejection? CheckFamily(ActivityFamily family) => family > ActivityFamily.Other ? UnknownFamily() : null;

    private static Rejection UnknownFamily() => new(RejectionReason.InvalidField, "activity_recorded.family", "Send one of the known activity families.");
}
