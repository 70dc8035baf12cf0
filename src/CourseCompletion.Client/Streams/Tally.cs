using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Client.Streams;

/// <summary>Counts, from any thread.</summary>
internal sealed class Tally
{
    private readonly Lock _lock = new();
    private EngagementCounters _counters;

    /// <summary>The counts now.</summary>
    public EngagementCounters Counters
    {
        get
        {
            lock (_lock)
                return _counters;
        }
    }

    /// <summary>Events were written to the wire.</summary>
    public void AddSent(int events) => Add(new() { Sent = events });

    /// <summary>Events will be sent again because the server said so.</summary>
    public void AddRetried(int events) => Add(new() { Retried = events });

    /// <summary>Events will be sent again because their stream broke.</summary>
    public void AddResent(int events) => Add(new() { Resent = events });

    /// <summary>A stream was opened anew.</summary>
    public void AddReconnect() => Add(new() { Reconnects = 1 });

    /// <summary>Events got their results.</summary>
    public void AddReported(IReadOnlyList<EventResult> results)
    {
        int accepted = 0, duplicate = 0, rejected = 0;
        for (var i = 0; i < results.Count; i++)
        {
            switch (results[i].Status)
            {
                case EventStatus.Accepted: accepted++; break;
                case EventStatus.Duplicate: duplicate++; break;
                case EventStatus.Rejected: rejected++; break;
            }
        }

        Add(new()
        {
            Accepted = accepted,
            Duplicate = duplicate,
            Rejected = rejected,
            Abandoned = results.Count - accepted - duplicate - rejected,
        });
    }

    private void Add(EngagementCounters more)
    {
        lock (_lock)
        {
            _counters = new(
                _counters.Sent + more.Sent,
                _counters.Accepted + more.Accepted,
                _counters.Duplicate + more.Duplicate,
                _counters.Rejected + more.Rejected,
                _counters.Abandoned + more.Abandoned,
                _counters.Retried + more.Retried,
                _counters.Resent + more.Resent,
                _counters.Reconnects + more.Reconnects);
        }
    }
}
