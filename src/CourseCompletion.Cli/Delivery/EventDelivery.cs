using CourseCompletion.Client;
using CourseCompletion.Protocol.V1;
using Google.Protobuf.WellKnownTypes;

namespace CourseCompletion.Cli.Delivery;

/// <summary>Sends events at a pace, in batches, many at a time, and each learner's events in order.</summary>
internal sealed class EventDelivery
{
    private const int LaneCount = 16;

    // At a pace, what is due within this time goes together: finer steps only make smaller batches.
    private static readonly TimeSpan _step = TimeSpan.FromMilliseconds(20);
    private readonly DeliveryLane[] _lanes;
    private readonly int _batchEvents;
    private readonly Pace _pace;
    private long _position;
    private Timestamp? _origin;
    private long _startedAt;

    /// <summary>Prepares a delivery.</summary>
    /// <param name="client">Sends.</param>
    /// <param name="batchEvents">How many events a batch has at most.</param>
    /// <param name="pace">How fast event time passes.</param>
    /// <param name="answered">Called with each answer, from several threads.</param>
    /// <param name="position">The place of the first event in the whole input.</param>
    public EventDelivery(EngagementClient client, int batchEvents, Pace pace, Action<BatchAcknowledgement> answered, long position = 0)
    {
        _batchEvents = batchEvents;
        _pace = pace;
        _position = position;
        _lanes = [.. Enumerable.Range(0, LaneCount).Select(_ => new DeliveryLane(client, batchEvents, answered))];
    }

    /// <summary>How many events from the beginning of the input are acknowledged without a gap.</summary>
    public long Position
    {
        get
        {
            // Read first: every event before it is in its lane, and so is seen below until it is acknowledged.
            var next = Volatile.Read(ref _position);
            return _lanes.Min(lane => lane.OpenFrom is { } open ? Math.Min(open, next) : next);
        }
    }

    /// <summary>Sends events and waits until each is answered.</summary>
    /// <param name="events">The events, from the position on, in order of time.</param>
    /// <param name="origin">The event time at which sending begins, for the pace; null for that of the first event.</param>
    /// <param name="cancellationToken">Ends the sending. What was taken stays with the client, which reports it when it is disposed.</param>
    public async Task RunAsync(IEnumerable<Event> events, Timestamp? origin, CancellationToken cancellationToken)
    {
        _origin = origin;
        _startedAt = TimeProvider.System.GetTimestamp();
        foreach (var e in events)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await WaitUntilDueAsync(e, cancellationToken);
            var lane = _lanes[LaneOf(e.LearnerId)];
            while (lane.IsFull)
            {
                PushIdle(cancellationToken);
                await lane.WhenRoomAsync().WaitAsync(cancellationToken);
            }

            if (lane.Sending is { IsCompleted: true, IsCompletedSuccessfully: false } failed)
            {
                await failed;
            }

            lane.Add(e, _position, cancellationToken);
            Volatile.Write(ref _position, _position + 1);
        }

        foreach (var lane in _lanes)
        {
            lane.Push(cancellationToken);
        }

        await Task.WhenAll(_lanes.Select(lane => lane.Sending)).WaitAsync(cancellationToken);
    }

    /// <summary>Waits for what is under way, however it ends; after the client was disposed that is at once.</summary>
    public Task DrainAsync() => Task.WhenAll(_lanes.Select(lane => lane.Sending)).ContinueWith(_ => { }, TaskScheduler.Default);

    private async ValueTask WaitUntilDueAsync(Event e, CancellationToken cancellationToken)
    {
        if (_pace.Factor is null)
        {
            return;
        }

        if (_origin is null)
        {
            _origin = e.OccurredAt;
            _startedAt = TimeProvider.System.GetTimestamp();
        }

        var due = _pace.After((e.OccurredAt - _origin).ToTimeSpan()) - TimeProvider.System.GetElapsedTime(_startedAt);
        if (due <= _step)
        {
            return;
        }

        foreach (var lane in _lanes)
        {
            lane.Push(cancellationToken);
        }

        await Task.Delay(due, cancellationToken);
    }

    // While one lane is waited for, the others need not wait for full batches.
    private void PushIdle(CancellationToken cancellationToken)
    {
        foreach (var lane in _lanes)
        {
            if (lane.GatheredCount >= _batchEvents / 2)
            {
                lane.Push(cancellationToken);
            }
        }
    }

    // FNV-1a: the same lane in every run, which string.GetHashCode does not give.
    private static int LaneOf(string learner)
    {
        var hash = 2166136261u;
        foreach (var c in learner)
        {
            hash = (hash ^ c) * 16777619;
        }

        return (int)(hash % LaneCount);
    }
}
