using System.Globalization;

namespace CourseCompletion.Client.Streams;

/// <summary>The batches that are not answered yet: ready, held for their learners' earlier events, waiting for their time, or on the wire.</summary>
/// <param name="inFlightMax">How many may be on the wire.</param>
/// <param name="keepLearnerOrder">Whether a learner's events wait also for those on the wire, and not only for those that are to be sent again.</param>
internal sealed class OutgoingBatches(int inFlightMax, bool keepLearnerOrder)
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<WireBatch, long> _ready = new();
    private readonly PriorityQueue<WireBatch, long> _delayed = new();
    private readonly Dictionary<string, WireBatch> _inFlight = new(StringComparer.Ordinal);

    // Bounded like everything here by the events that may be unanswered.
    private readonly List<WireBatch> _held = [];
    private readonly LearnerOrder _order = new();
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
            if (keepLearnerOrder)
                _order.Enter(turn.Batch);
            return turn;
        }
    }

    /// <summary>What <see cref="Take"/> would do, without doing it.</summary>
    public Turn Peek(long now)
    {
        lock (_lock)
            return Look(now);
    }

    /// <summary>The batch on the wire with this id; null when there is none.</summary>
    public WireBatch? Find(string batchId)
    {
        lock (_lock)
            return _inFlight.GetValueOrDefault(batchId);
    }

    /// <summary>Takes an answered batch off the wire.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="again">The part of it that is to be sent again, at its batch's place, once its time has come.</param>
    public void Answer(WireBatch batch, WireBatch? again)
    {
        lock (_lock)
        {
            if (!_inFlight.Remove(batch.Request.BatchId))
                return;
            if (again is not null)
            {
                // Before the batch leaves: its learners' later events see no gap between the two.
                Name(again);
                _order.Enter(again);
                _delayed.Enqueue(again, again.NotBefore);
            }

            if (keepLearnerOrder)
                Leave(batch);
            _changed.TrySetResult();
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
                BatchTracing.End(batch, isAnswered: false);
                _ready.Enqueue(batch, batch.Place);
                if (keepLearnerOrder)
                    Leave(batch);
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
            ReleaseHeld();
            Sift(_delayed, takenBefore, expired);
            expired.ForEach(Leave);
            Sift(_ready, takenBefore, expired);
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
            Leave(delayed);
        }

        if (_inFlight.Count < inFlightMax && NextFree() is { } next)
            return new(next, null, null, false);
        if (_completed && _ready.Count == 0 && _held.Count == 0 && _delayed.Count == 0 && _inFlight.Count == 0)
            return new(null, null, null, true);
        if (_changed.Task.IsCompleted)
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return new(null, _changed.Task, _delayed.TryPeek(out _, out var first) ? first : null, false);
    }

    // The first ready batch, without the events that have to wait for earlier ones of their learners: those are held.
    private WireBatch? NextFree()
    {
        while (_ready.TryPeek(out var next, out _))
        {
            if (!_order.Holds(next))
                return next;
            _ready.Dequeue();
            var (free, held) = next.Split(e => _order.HasAhead(e.LearnerId));
            _order.Enter(held);
            _held.Add(held);
            if (free is null)
                continue;
            Name(free);
            Name(held);
            _ready.Enqueue(free, free.Place);
        }

        return null;
    }

    private void Leave(WireBatch batch)
    {
        _order.Leave(batch);
        if (_held.Count > 0 && _order.Holds(batch))
            ReleaseHeld();
    }

    // They are looked at anew, in their places, and held again as far as they still have to wait.
    private void ReleaseHeld()
    {
        foreach (var held in _held)
        {
            _order.Leave(held);
            _ready.Enqueue(held, held.Place);
        }

        _held.Clear();
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
