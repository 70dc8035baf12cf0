using System.Runtime.InteropServices;

namespace CourseCompletion.Client.Streams;

/// <summary>Which learners have events ahead that later ones must not overtake.</summary>
/// <remarks>
/// The server takes batches side by side. Were an event of March accepted while one of January waits to be sent again, the January one
/// would be too late for ever.
/// </remarks>
internal sealed class LearnerOrder
{
    private readonly Dictionary<string, int> _eventsAhead = new(StringComparer.Ordinal);

    /// <summary>Whether a learner has events ahead.</summary>
    public bool HasAhead(string learner) => _eventsAhead.ContainsKey(learner);

    /// <summary>Whether any learner of a batch has events ahead.</summary>
    public bool Holds(WireBatch batch)
    {
        if (_eventsAhead.Count == 0)
            return false;
        foreach (var e in batch.Request.Events)
        {
            if (HasAhead(e.LearnerId))
                return true;
        }

        return false;
    }

    /// <summary>Later events of a batch's learners have to wait.</summary>
    public void Enter(WireBatch batch)
    {
        foreach (var e in batch.Request.Events)
            CollectionsMarshal.GetValueRefOrAddDefault(_eventsAhead, e.LearnerId, out _)++;
    }

    /// <summary>They wait for this batch no longer.</summary>
    public void Leave(WireBatch batch)
    {
        foreach (var e in batch.Request.Events)
        {
            if (!_eventsAhead.TryGetValue(e.LearnerId, out var count))
                continue; // The caller changed the event, against the rules; that must not stop everybody.
            if (count == 1)
                _eventsAhead.Remove(e.LearnerId);
            else
                _eventsAhead[e.LearnerId] = count - 1;
        }
    }
}
