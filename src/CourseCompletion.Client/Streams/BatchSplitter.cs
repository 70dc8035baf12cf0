using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Client.Streams;

/// <summary>Cuts a submission into messages that the server takes.</summary>
internal static class BatchSplitter
{
    /// <summary>The messages for a submission; an event too large for any message is answered at once by a rejection.</summary>
    /// <param name="submission">The events.</param>
    /// <param name="bytesMax">How large a message may be.</param>
    /// <param name="answered">Whether the rejections answered the whole submission.</param>
    public static List<WireBatch> Split(Submission submission, int bytesMax, out bool answered)
    {
        var batches = new List<WireBatch>(1);
        answered = false;
        for (var start = 0; start < submission.Events.Count; start += EngagementClientOptions.BatchEventsLimit)
        {
            var count = Math.Min(EngagementClientOptions.BatchEventsLimit, submission.Events.Count - start);
            answered |= Add(submission, start, count, bytesMax, batches);
        }

        return batches;
    }

    private static bool Add(Submission submission, int start, int count, int bytesMax, List<WireBatch> batches)
    {
        var request = new StreamEventsRequest();
        request.Events.Capacity = count;
        for (var i = start; i < start + count; i++)
            request.Events.Add(submission.Events[i]);
        var batch = new WireBatch(submission, request, start);
        var bytes = request.CalculateSize();
        if (bytes <= bytesMax)
        {
            batches.Add(batch);
            return false;
        }

        if (count == 1)
            return submission.Record(batch, _ => TooLarge(bytes, bytesMax), []);
        var half = count / 2;
        var first = Add(submission, start, half, bytesMax, batches);
        return Add(submission, start + half, count - half, bytesMax, batches) || first;
    }

    private static EventResult TooLarge(int bytes, int bytesMax) => new()
    {
        Status = EventStatus.Rejected,
        Reason = RejectionReason.InvalidField,
        Message = $"The event has {bytes} bytes; the client sends at most {bytesMax} in one message.",
    };
}
