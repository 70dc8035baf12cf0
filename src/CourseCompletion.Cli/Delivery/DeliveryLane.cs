using CourseCompletion.Client;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Delivery;

/// <summary>Sends the events of some of the learners, one batch after the other, so that each learner's events arrive in order.</summary>
/// <remarks>
/// A server takes batches of a stream side by side. Were two of them under way with events of one learner, the later could come first,
/// and in sparse old history that makes the earlier too late.
/// </remarks>
internal sealed class DeliveryLane(EngagementClient client, int batchEvents, Action<BatchAcknowledgement> answered)
{
    private readonly Lock _lock = new();
    private List<Event> _gathered = new(batchEvents);
    private long _gatheredFrom;
    private long? _openFrom;
    private Task _sending = Task.CompletedTask;
    private TaskCompletionSource? _room;
    private bool _isPushed;

    /// <summary>The first event, by its place in the whole input, that is not acknowledged; null when all are.</summary>
    public long? OpenFrom
    {
        get
        {
            lock (_lock)
            {
                return _openFrom ?? (_gathered.Count > 0 ? _gatheredFrom : null);
            }
        }
    }

    /// <summary>What is under way.</summary>
    public Task Sending
    {
        get
        {
            lock (_lock)
            {
                return _sending;
            }
        }
    }

    /// <summary>How many events wait to be sent.</summary>
    public int GatheredCount
    {
        get
        {
            lock (_lock)
            {
                return _gathered.Count;
            }
        }
    }

    /// <summary>Whether a batch is gathered behind one that is under way: no more is taken.</summary>
    public bool IsFull
    {
        get
        {
            lock (_lock)
            {
                return _gathered.Count >= batchEvents && !_sending.IsCompleted;
            }
        }
    }

    /// <summary>Waits until the lane may be looked at again: it has room, or its sending has failed.</summary>
    public Task WhenRoomAsync()
    {
        lock (_lock)
        {
            // The sending itself is awaited too: only when it has ended does a failed lane count as one that is not full.
            return IsFull ? Task.WhenAny((_room ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task, _sending) : Task.CompletedTask;
        }
    }

    /// <summary>Takes an event; a full batch goes as soon as the one before is answered.</summary>
    public void Add(Event e, long position, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_gathered.Count == 0)
            {
                _gatheredFrom = position;
            }

            _gathered.Add(e);
            if (_gathered.Count >= batchEvents)
            {
                PushLocked(cancellationToken);
            }
        }
    }

    /// <summary>Sends what has gathered, as soon as the batch before is answered.</summary>
    public void Push(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            PushLocked(cancellationToken);
        }
    }

    private void PushLocked(CancellationToken cancellationToken)
    {
        _isPushed = _gathered.Count > 0;
        if (_isPushed && _sending.IsCompletedSuccessfully)
        {
            _sending = SendAsync(cancellationToken);
        }
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        await Task.Yield(); // Not under the lock.
        while (TakeGathered() is { } batch)
        {
            var acknowledgement = await await client.EnqueueBatchAsync(batch, cancellationToken);
            answered(acknowledgement);
            if (acknowledgement.Results.FirstOrDefault(result => result.Status == EventStatus.Retry) is { } unknown)
            {
                throw new EngagementStreamException(unknown.Message);
            }
        }
    }

    private List<Event>? TakeGathered()
    {
        lock (_lock)
        {
            _openFrom = null;
            if (!_isPushed)
            {
                _sending = Task.CompletedTask; // This loop ends: the next push starts another.
                return null;
            }

            _isPushed = false;
            _openFrom = _gatheredFrom;
            var batch = _gathered;
            _gathered = new(batchEvents);
            _room?.TrySetResult();
            _room = null;
            return batch;
        }
    }
}
