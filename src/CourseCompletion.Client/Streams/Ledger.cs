using System.Collections.Concurrent;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Client.Streams;

/// <summary>The submissions whose fate is not known yet, and the one place from which callers are told.</summary>
internal sealed class Ledger(CapacityGate gate, Tally tally, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly HashSet<Submission> _open = [];
    private readonly ConcurrentQueue<(Submission Submission, TimeSpan Elapsed)> _answered = new();
    private int _telling;
    private string? _endedBecause;
    private volatile EngagementStreamException? _callbackFailure;

    /// <summary>What the caller's callback threw first, if it threw.</summary>
    public EngagementStreamException? CallbackFailure => _callbackFailure;

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

    /// <summary>Tells a submission's caller, once all its events are answered; one caller at a time.</summary>
    /// <remarks>
    /// A queue and no lock: a callback may call the client, and whoever reports may hold a lock of the client's. Who finds somebody
    /// telling leaves it to them.
    /// </remarks>
    public void Report(Submission submission)
    {
        gate.Leave(submission.Events.Count);
        tally.AddReported(submission.Results);
        _answered.Enqueue((submission, submission.FirstSentAt is { } sent ? time.GetElapsedTime(sent) : TimeSpan.Zero));
        while (!_answered.IsEmpty && Interlocked.CompareExchange(ref _telling, 1, 0) == 0)
        {
            while (_answered.TryDequeue(out var next))
                Tell(next.Submission, next.Elapsed);
            Volatile.Write(ref _telling, 0);
        }
    }

    /// <summary>Ends the stream whose answers reach a caller that cannot take them.</summary>
    public void ThrowIfCallbackFailed()
    {
        if (_callbackFailure is { } failure)
            throw new EngagementStreamException(failure.Message, failure);
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

    // What a callback throws is remembered: the other callers must hear of their events first.
    private void Tell(Submission submission, TimeSpan elapsed)
    {
        try
        {
            submission.Report(elapsed);
        }
        catch (Exception error) // The caller's code may throw anything.
        {
            _callbackFailure ??= error as EngagementStreamException ?? new(error.Message, error);
        }

        lock (_lock)
            _open.Remove(submission);
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
