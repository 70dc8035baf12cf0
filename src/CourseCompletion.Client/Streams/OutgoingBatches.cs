using System.Globalization;

namespace CourseCompletion.Client.Streams;

/// <summary>The batches that are not answered yet: ready, waiting for their time, or on the wire.</summary>
internal sealed class OutgoingBatches(int inFlightMax)
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<WireBatch, long> _ready = new();
    private readonly PriorityQueue<WireBatch, long> _delayed = new();
    private readonly Dictionary<string, WireBatch> _inFlight = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastPlace;
    private long _lastId;
    private bool _completed;

    /// <summary>Adds batches in their order; they take their place behind all others.</summary>
    public void Add(List<WireBatch> batches)
    {
        lock (_lock)
        {
            foreach (var batch in batches)
            {
                Name(batch);
                batch.Place = ++_lastPlace;
                _ready.Enqueue(batch, batch.Place);
            }

            _changed.TrySetResult();
        }
    }

    /// <summary>Adds a part that is to be sent again, at its batch's place, once its time has come.</summary>
    public void AddDelayed(WireBatch batch)
    {
        lock (_lock)
        {
            Name(batch);
            _delayed.Enqueue(batch, batch.NotBefore);
            _changed.TrySetResult();
        }
    }

    /// <summary>Takes the next batch and puts it on the wire, if there is one and room for it.</summary>
    public Turn Take(long now)
    {
        lock (_lock)
        {
            var turn = Look(now);
            if (turn.Batch is null)
                return turn;
            _ready.Dequeue();
            _inFlight.Add(turn.Batch.Request.BatchId, turn.Batch);
            return turn;
        }
    }

    /// <summary>What <see cref="Take"/> would do, without doing it.</summary>
    public Turn Peek(long now)
    {
        lock (_lock)
            return Look(now);
    }

    /// <summary>Takes an answered batch off the wire; null for an id that is not there.</summary>
    public WireBatch? Answer(string batchId)
    {
        lock (_lock)
        {
            if (!_inFlight.Remove(batchId, out var batch))
                return null;
            _changed.TrySetResult();
            return batch;
        }
    }

    /// <summary>Puts all batches on the wire back in their places, after a stream broke.</summary>
    /// <returns>How many events are to be sent again.</returns>
    public int ReturnInFlight()
    {
        lock (_lock)
        {
            var events = 0;
            foreach (var batch in _inFlight.Values)
            {
                events += batch.Count;
                _ready.Enqueue(batch, batch.Place);
            }

            _inFlight.Clear();
            return events;
        }
    }

    /// <summary>Takes out what is not on the wire and was taken by the client before this timestamp.</summary>
    public List<WireBatch> TakeExpired(long takenBefore)
    {
        lock (_lock)
        {
            var expired = new List<WireBatch>();
            Sift(_ready, takenBefore, expired);
            Sift(_delayed, takenBefore, expired);
            return expired;
        }
    }

    /// <summary>Says that nothing will be added; <see cref="Take"/> then tells when all is answered.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _completed = true;
            _changed.TrySetResult();
        }
    }

    private Turn Look(long now)
    {
        while (_delayed.TryPeek(out var delayed, out var notBefore) && notBefore <= now)
        {
            _delayed.Dequeue();
            _ready.Enqueue(delayed, delayed.Place);
        }

        if (_inFlight.Count < inFlightMax && _ready.TryPeek(out var next, out _))
            return new(next, null, null, false);
        if (_completed && _ready.Count == 0 && _delayed.Count == 0 && _inFlight.Count == 0)
            return new(null, null, null, true);
        if (_changed.Task.IsCompleted)
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return new(null, _changed.Task, _delayed.TryPeek(out _, out var first) ? first : null, false);
    }

    private static void Sift(PriorityQueue<WireBatch, long> queue, long takenBefore, List<WireBatch> expired)
    {
        if (!queue.UnorderedItems.Any(item => item.Element.Owner.TakenAt < takenBefore))
            return;
        var kept = queue.UnorderedItems.Where(item => item.Element.Owner.TakenAt >= takenBefore).ToArray();
        expired.AddRange(queue.UnorderedItems.Select(item => item.Element).Where(batch => batch.Owner.TakenAt < takenBefore));
        queue.Clear();
        queue.EnqueueRange(kept);
    }

    private void Name(WireBatch batch) => batch.Request.BatchId = (++_lastId).ToString(CultureInfo.InvariantCulture);
}
