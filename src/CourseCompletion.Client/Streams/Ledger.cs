using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Client.Streams;

/// <summary>The submissions whose fate is not known yet, and the one place from which callers are told.</summary>
internal sealed class Ledger(CapacityGate gate, Tally tally, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly HashSet<Submission> _open = [];
    private string? _endedBecause;

    /// <summary>What waits for an answer now.</summary>
    public Task[] Open
    {
        get
        {
            lock (_lock)
                return [.. _open.Select(submission => submission.Reported)];
        }
    }

    /// <summary>Opens a submission; after the end it is reported as abandoned at once.</summary>
    /// <returns>Whether it is open.</returns>
    public bool TryOpen(Submission submission)
    {
        string reason;
        lock (_lock)
        {
            _open.Add(submission);
            if (_endedBecause is null)
                return true;
            reason = _endedBecause;
        }

        Abandon(submission, reason);
        return false;
    }

    /// <summary>Tells a submission's caller, once all its events are answered.</summary>
    public void Report(Submission submission)
    {
        lock (_lock)
            _open.Remove(submission);
        gate.Leave(submission.Events.Count);
        tally.AddReported(submission.Results);
        submission.Report(submission.FirstSentAt is { } sent ? time.GetElapsedTime(sent) : TimeSpan.Zero);
    }

    /// <summary>Answers the events of a part that the client gives up.</summary>
    public void Abandon(WireBatch part, string reason)
    {
        var result = Unknown(reason);
        if (part.Owner.Record(part, _ => result, []))
            Report(part.Owner);
    }

    /// <summary>Answers everything that is open, and whatever comes later.</summary>
    public void End(string reason)
    {
        Submission[] rest;
        lock (_lock)
        {
            _endedBecause ??= reason;
            rest = [.. _open];
        }

        foreach (var submission in rest)
            Abandon(submission, reason);
    }

    private void Abandon(Submission submission, string reason)
    {
        if (submission.RecordMissing(Unknown(reason)) || submission.Events.Count == 0)
            Report(submission);
    }

    private static EventResult Unknown(string reason) => new()
    {
        Status = EventStatus.Retry,
        Message = $"It is not known whether the event is durable: {reason}",
    };
}
