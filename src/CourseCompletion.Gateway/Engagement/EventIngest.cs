using System.Collections.Concurrent;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Gateway.Learners;
using CourseCompletion.Grains.Abstractions.Learners;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Options;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Engagement;

/// <summary>Records batches, whichever way they came.</summary>
internal sealed class EventIngest(ILearnerDirectory learners, IOptions<GatewayOptions> options, TimeProvider time, IngestFaultLog faults)
{
    private const int IdleBatchesMax = 64;

    private readonly ConcurrentQueue<IngestBatch> _idle = [];

    /// <summary>Records a batch that is well-formed as a batch.</summary>
    public async ValueTask RecordAsync(
        RepeatedField<Wire.Event> events, long sentAtMs, RepeatedField<Wire.EventResult> results, RepeatedField<Wire.CompletionUpdate> completions)
    {
        var began = time.GetTimestamp();
        if (!_idle.TryDequeue(out var batch))
        {
            batch = new(learners, options.Value, time, faults);
        }

        await batch.RecordAsync(events, sentAtMs, results, completions).ConfigureAwait(false);
        GatewayMetrics.AcknowledgementDuration.Record(time.GetElapsedTime(began).TotalSeconds);
        if (batch.IsReusable && _idle.Count < IdleBatchesMax)
        {
            _idle.Enqueue(batch);
        }
        else
        {
            batch.Dispose();
        }
    }

    /// <summary>What is wrong with a batch as a whole; null when it is well-formed.</summary>
    public static Rejection? Check(RepeatedField<Wire.Event> events, Timestamp? sentAt, out long sentAtMs)
    {
        sentAtMs = 0;
        if (events.Count > EventBatch.EventsMax)
        {
            return new(RejectionReason.InvalidField, "events", $"Send at most {EventBatch.EventsMax} events in one batch.");
        }

        if (EventMapping.TimeOf(sentAt, "sent_at", out sentAtMs) is { } rejection)
        {
            return rejection;
        }

        return sentAt is null || sentAtMs >= LearnerEventRules.EarliestMs
            ? null
            : new(RejectionReason.InvalidField, "sent_at", "Send a time after 1990-01-01T00:00:00Z in sent_at, or leave it out.");
    }
}
