using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Abstractions.Learners;

namespace CourseCompletion.Grains.Learners;

/// <summary>Batches as a whole: what is repaired before they are decided, and the same answer to each event.</summary>
internal static class EventBatches
{
    // What stands for an event that is not there at all: it fails the check of its first field.
    private static readonly LearnerEvent _missingEvent = new() { Source = "", EventId = "", Course = new(""), Kind = EventKind.Unspecified, OccurredAtMs = 0 };

    /// <summary>Without what only a caller that bypasses the gateway can send: events that are not there, and corrections of the clock, which are the engine's to make.</summary>
    public static EventBatch Repaired(EventBatch batch)
    {
        if (batch.Events is not null && Array.TrueForAll(batch.Events, static e => e is { ClockShiftMs: 0 }))
        {
            return batch;
        }

        var events = (batch.Events ?? []).Select(
            e => e is null ? _missingEvent : e.ClockShiftMs == 0 ? e : e with { OccurredAtMs = e.ProducedAtMs, ClockShiftMs = 0 });
        return new([.. events], batch.SentAtMs);
    }

    /// <summary>RETRY for each event; none for what is no batch.</summary>
    public static RecordOutcome RetryAll(EventBatch? batch) => AnswerAll(batch, EventOutcome.Retry);

    /// <summary>The same rejection for each event.</summary>
    public static RecordOutcome RejectAll(EventBatch batch, Rejection why) => AnswerAll(batch, new(EventStatus.Rejected, false, why));

    private static RecordOutcome AnswerAll(EventBatch? batch, EventOutcome outcome)
    {
        var results = new EventOutcome[batch?.Events.Length ?? 0];
        Array.Fill(results, outcome);
        return new(results, []);
    }
}
