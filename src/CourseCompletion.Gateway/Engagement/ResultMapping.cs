using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Abstractions.Learners;
using Google.Protobuf.WellKnownTypes;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Engagement;

/// <summary>Puts what became of events on the wire.</summary>
internal static class ResultMapping
{
    private const string RetryMessage = "Not known to be durable: send the event again, unchanged.";

    public static Wire.EventResult Recorded(bool duplicate, bool clockCorrected, float? probability)
    {
        var result = new Wire.EventResult
        {
            Status = duplicate ? Wire.EventStatus.Duplicate : Wire.EventStatus.Accepted,
            ClockCorrected = clockCorrected,
        };
        if (probability is { } known)
        {
            result.CompletionProbability = known;
        }

        return result;
    }

    public static Wire.EventResult Rejected(Rejection? rejection, bool clockCorrected) => new()
    {
        Status = Wire.EventStatus.Rejected,
        Reason = (Wire.RejectionReason)(rejection?.Reason ?? RejectionReason.InvalidField),
        Field = rejection?.Field ?? "",
        Message = rejection?.Message ?? "",
        ClockCorrected = clockCorrected,
    };

    /// <summary>The answer to a batch that is itself malformed: the same result for each of its events.</summary>
    public static Wire.StreamEventsResponse RejectAll(Wire.StreamEventsRequest request, Rejection fault)
    {
        var response = new Wire.StreamEventsResponse { BatchId = Echo(request.BatchId) };
        var first = Rejected(fault, clockCorrected: false);

        // The explanation stands once, so that the answer to an oversized batch stays small.
        var others = first.Clone();
        others.Message = "";
        response.Results.Capacity = request.Events.Count;
        for (var i = 0; i < request.Events.Count; i++)
        {
            response.Results.Add(i == 0 ? first : others);
        }

        return response;
    }

    // Cut to what an id may have, and never within a character.
    private static string Echo(string batchId)
    {
        var (bytes, length) = (0, 0);
        foreach (var rune in batchId.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > LearnerEventRules.IdBytesMax)
            {
                return batchId[..length];
            }

            length += rune.Utf16SequenceLength;
        }

        return batchId;
    }

    public static Wire.EventResult Retry(TimeSpan after) => new()
    {
        Status = Wire.EventStatus.Retry,
        Message = RetryMessage,
        RetryAfter = Duration.FromTimeSpan(after),
    };

    public static Wire.CompletionUpdate Completion(string learnerId, in EnrolmentScore score) => new()
    {
        LearnerId = learnerId,
        CourseId = score.Course.Value,
        CompletionProbability = score.Probability,
        ModelVersion = score.ModelVersion,
        EvaluatedAt = TimestampMapping.From(score.EvaluatedAtMs),

        // The numbers of the bands are those of the wire.
        Band = (Wire.CompletionBand)score.Band,
    };
}
