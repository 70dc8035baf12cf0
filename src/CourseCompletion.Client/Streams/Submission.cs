using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Client.Streams;

/// <summary>Events that were given to the client together and whose fate is reported together, exactly once.</summary>
/// <remarks>Each recording method says whether it was the one that answered the last event: only then is <see cref="Report"/> called.</remarks>
internal sealed class Submission(IReadOnlyList<Event> events, long takenAt, Action<BatchAcknowledgement>? deliver)
{
    private readonly TaskCompletionSource<BatchAcknowledgement> _reported = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private IReadOnlyList<CompletionUpdate> _completions = [];
    private EventResult?[]? _parts;
    private int _answered;

    /// <summary>The events.</summary>
    public IReadOnlyList<Event> Events { get; } = events;

    /// <summary>When the client took it, a timestamp of its clock.</summary>
    public long TakenAt { get; } = takenAt;

    /// <summary>The trace of whoever gave the events to the client, as W3C writes it; null for none.</summary>
    public string? Trace { get; init; }

    /// <summary>When it was first written to the wire, a timestamp of the client's clock; null before.</summary>
    public long? FirstSentAt { get; set; }

    /// <summary>One result per event, once the last event was answered.</summary>
    public IReadOnlyList<EventResult> Results { get; private set; } = [];

    /// <summary>Completes when every event's fate is known.</summary>
    public Task<BatchAcknowledgement> Reported => _reported.Task;

    /// <summary>Takes a response that answers all events for good, without copying it; false when it does not.</summary>
    public bool TryRecordWhole(WireBatch batch, StreamEventsResponse response)
    {
        if (batch.Count != Events.Count || response.Results.Count != batch.Count || !AllFinal(response.Results))
            return false;
        lock (_lock)
        {
            if (_answered > 0)
                return false;
            Results = response.Results;
            _completions = response.Completions;
            _answered = Events.Count;
            return true;
        }
    }

    /// <summary>Takes the final results of one part; a second result for an event is ignored.</summary>
    /// <returns>Whether this answered the last event.</returns>
    public bool Record(WireBatch part, Func<int, EventResult?> resultAt, IReadOnlyList<CompletionUpdate> completions)
    {
        lock (_lock)
        {
            var before = _answered;
            if (completions.Count > 0)
                _completions = [.. _completions, .. completions];
            for (var place = 0; place < part.Count; place++)
            {
                if (resultAt(place) is { } result)
                    Set(part.IndexOf(place), result);
            }

            return before < Events.Count && _answered == Events.Count;
        }
    }

    /// <summary>Gives every event without a result this one.</summary>
    /// <returns>Whether there was such an event.</returns>
    public bool RecordMissing(EventResult result)
    {
        lock (_lock)
        {
            if (_answered == Events.Count)
                return false;
            for (var i = 0; i < Events.Count; i++)
                Set(i, result);
            return true;
        }
    }

    /// <summary>Tells the caller, once the last event was answered.</summary>
    public void Report(TimeSpan elapsed)
    {
        var acknowledgement = new BatchAcknowledgement(Events, Results, _completions, elapsed);
        try
        {
            deliver?.Invoke(acknowledgement);
        }
        finally
        {
            _reported.TrySetResult(acknowledgement);
        }
    }

    /// <summary>Whether a result ends an event's way: anything but RETRY and what this client does not know.</summary>
    public static bool IsFinal(EventResult result) =>
        result.Status is EventStatus.Accepted or EventStatus.Duplicate or EventStatus.Rejected;

    private void Set(int index, EventResult result)
    {
        _parts ??= new EventResult?[Events.Count];
        if (_parts[index] is not null)
            return;
        _parts[index] = result;
        Results = _parts!;
        _answered++;
    }

    private static bool AllFinal(Google.Protobuf.Collections.RepeatedField<EventResult> results)
    {
        foreach (var result in results)
        {
            if (!IsFinal(result))
                return false;
        }

        return true;
    }
}
