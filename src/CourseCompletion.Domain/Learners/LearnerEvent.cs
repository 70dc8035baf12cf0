using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Domain.Learners;

/// <summary>Something a learner did in a course, as the producer reported it.</summary>
/// <remarks>
/// Identity is (<see cref="Source"/>, <see cref="EventId"/>). Times are milliseconds since 1970-01-01 UTC; video positions are milliseconds from the video's start.
/// Which of the optional fields a kind needs stands at <see cref="EventKind"/>; <see cref="LearnerEventRules"/> checks them.
/// </remarks>
public sealed record LearnerEvent
{
    /// <summary>The producer, 1 to 128 bytes.</summary>
    public required string Source { get; init; }

    /// <summary>The event's id, unique within its source, 1 to 128 bytes.</summary>
    public required string EventId { get; init; }

    /// <summary>The course that it belongs to.</summary>
    public required CourseId Course { get; init; }

    /// <summary>What happened.</summary>
    public required EventKind Kind { get; init; }

    /// <summary>When it happened, after any clock correction.</summary>
    public required long OccurredAtMs { get; init; }

    /// <summary>What the clock correction added to the producer's <c>occurred_at</c>; 0 when it was trusted.</summary>
    public long ClockShiftMs { get; init; }

    /// <summary>The lesson, or null.</summary>
    public string? Lesson { get; init; }

    /// <summary>The producer's session, or null.</summary>
    public string? Session { get; init; }

    /// <summary>The question, answer, assessment, live session, promotion, nudge or liked object, or null.</summary>
    public string? ObjectId { get; init; }

    /// <summary>Another learner whom it concerns, or null.</summary>
    public string? TargetLearner { get; init; }

    /// <summary>The position in the video, or null.</summary>
    public long? PositionMs { get; init; }

    /// <summary>Start of the interval watched or sought from.</summary>
    public long FromMs { get; init; }

    /// <summary>End of the interval watched or the position sought.</summary>
    public long ToMs { get; init; }

    /// <summary>Playing speed, 1 = normal.</summary>
    public float Speed { get; init; }

    /// <summary>How many, for <see cref="EventKind.ActivityRecorded"/>; how many days back, for <see cref="EventKind.CheckInMadeUp"/>.</summary>
    public long Count { get; init; }

    /// <summary>Score or stars.</summary>
    public double Value { get; init; }

    /// <summary>The highest possible score.</summary>
    public double MaxValue { get; init; }

    /// <summary>When the assessment was due, or null.</summary>
    public long? DueAtMs { get; init; }

    /// <summary>What was written, or null.</summary>
    public string? Text { get; init; }

    /// <summary>What was counted, for <see cref="EventKind.ActivityRecorded"/>.</summary>
    public ActivityFamily Family { get; init; }

    /// <summary>What the text says; null without a text, and before the learner's grain has read it.</summary>
    public CommentNote? Note { get; init; }

    /// <summary>The producer's own <c>occurred_at</c>: identity and lateness go by it, so that a re-sent event is always recognised.</summary>
    public long ProducedAtMs => OccurredAtMs - ClockShiftMs;
}
