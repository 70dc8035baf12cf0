using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Client.Streams;

/// <summary>Gathers single events until a batch is full or the linger time has passed.</summary>
internal sealed class Accumulator : IDisposable
{
    private readonly Lock _lock = new();
    private readonly int _eventsMax;
    private readonly TimeSpan _linger;
    private readonly Action<List<Event>, List<TaskCompletionSource<EventAcknowledgement>?>, string?> _seal;
    private readonly ITimer _timer;
    private List<Event> _events;
    private string? _trace;
    private bool _disposed;
    private List<TaskCompletionSource<EventAcknowledgement>?> _waiters;

    /// <summary>
    /// Makes an accumulator; <paramref name="seal"/> is called with each batch and the first trace that its events came in, one call at a time, in order.
    /// </summary>
    public Accumulator(EngagementClientOptions options, Action<List<Event>, List<TaskCompletionSource<EventAcknowledgement>?>, string?> seal)
    {
        _eventsMax = Math.Min(options.BatchEventsMax, options.UnacknowledgedEventsMax);
        _linger = options.Linger;
        _seal = seal;
        _events = new(_eventsMax);
        _waiters = new(_eventsMax);
        _timer = options.TimeProvider.CreateTimer(static state => ((Accumulator)state!).Seal(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Adds an event; its result goes to the waiter, or without one to the client's callback.</summary>
    public void Add(Event e, TaskCompletionSource<EventAcknowledgement>? waiter)
    {
        lock (_lock)
        {
            _events.Add(e);
            _trace ??= BatchTracing.Callers;
            _waiters.Add(waiter);
            if (_events.Count >= _eventsMax || _linger == TimeSpan.Zero || _disposed)
                SealLocked();
            else if (_events.Count == 1)
                _timer.Change(_linger, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Sends what has gathered.</summary>
    public void Seal()
    {
        lock (_lock)
            SealLocked();
    }

    /// <summary>Ends the gathering: what is still added goes on at once, so that it is never left lying.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            SealLocked();
        }

        _timer.Dispose();
    }

    private void SealLocked()
    {
        if (_events.Count == 0)
            return;
        var events = _events;
        var (waiters, trace) = (_waiters, _trace);
        _events = new(_eventsMax);
        _waiters = new(_eventsMax);
        _trace = null;
        _seal(events, waiters, trace);
    }
}
