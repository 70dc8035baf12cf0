using CourseCompletion.Domain.Learners;
using CourseCompletion.UnitTests.Learners;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Simulation;

/// <summary>The producer of one learner's events: sends each until it hears what became of it, roughly in the order of time, repeats included.</summary>
internal sealed class SimulatedClient
{
    // The second producer's clock is a day ahead, so everything it sends is shifted back.
    private static readonly (string Source, long AheadMs)[] _producers = [("player", 0), ("phone", DayMs), ("lms", 0)];

    private readonly List<LearnerEvent> _outbox;
    private readonly LearnerEvent[] _all;

    public SimulatedClient(Random random, int events, int days)
    {
        _all = [.. Enumerable.Range(0, events).Select(i => Random(random, i, days))];
        _outbox = [.. _all.OrderBy(e => e.OccurredAtMs)];
    }

    /// <summary>Every event that the producers have.</summary>
    public IReadOnlyList<LearnerEvent> All => _all;

    /// <summary>What the client was told to be safe.</summary>
    public HashSet<(string Source, string EventId)> Acknowledged { get; } = [];

    public bool HasUnacknowledged => _outbox.Count > 0;

    /// <summary>Some events that are not acknowledged yet (mostly the oldest) and now and then one that is.</summary>
    public LearnerEvent[] NextBatch(Random random, long nowMs)
    {
        var batch = new List<LearnerEvent>();
        for (var left = Math.Min(_outbox.Count, random.Next(1, 6)); left > 0; left--)
        {
            batch.Add(_outbox[random.Next(4) == 0 ? random.Next(_outbox.Count) : Math.Min(_outbox.Count - 1, random.Next(8))]);
        }

        if (random.Next(4) == 0)
        {
            batch.Add(_all[random.Next(_all.Length)]);
        }

        // A batch says when it was sent by the clock that stamped its events; how long it was under way differs each time.
        var underwayMs = random.Next(3) * MinuteMs * 3;
        return [.. batch.Select(e => LearnerRules.CorrectClock(e, nowMs + AheadOf(e) - underwayMs, nowMs, LearnerPolicy.Default))];
    }

    /// <summary>Hears what became of a batch.</summary>
    public void Hear(LearnerEvent[] batch, Decision[] decisions)
    {
        foreach (var (e, decision) in batch.Zip(decisions))
        {
            _outbox.RemoveAll(o => o.Source == e.Source && o.EventId == e.EventId);
            if (decision.Status != DecisionStatus.Rejected)
            {
                Acknowledged.Add((e.Source, e.EventId));
            }
        }
    }

    /// <summary>Sends everything once more, because the store was set back to a backup.</summary>
    public void SendAllAgain()
    {
        _outbox.Clear();
        _outbox.AddRange(_all);
        Acknowledged.Clear();
    }

    private static LearnerEvent Random(Random random, int i, int days)
    {
        var (source, aheadMs) = _producers[random.Next(_producers.Length)];
        var kind = random.Next(3) == 0 ? EventKind.VideoWatched : Kinds[random.Next(Kinds.Length)];
        var fromMs = random.Next(10) * 5000L;
        var e = Event(kind, $"{i}", MondayMs + aheadMs + random.NextInt64(days * DayMs), LearnerEventGen.Courses[random.Next(3)]);
        return e with
        {
            Source = source,
            Lesson = e.Lesson is null ? null : $"lesson-{random.Next(4)}",
            ObjectId = e.ObjectId is null && random.Next(2) == 0 ? null : $"object-{random.Next(3)}",
            FromMs = e.ToMs == 0 ? 0 : fromMs,
            ToMs = e.ToMs == 0 ? 0 : fromMs + 5000 + (random.Next(4) * 5000),
            Count = e.Count == 0 ? 0 : random.Next(1, 8),
        };
    }

    private static long AheadOf(LearnerEvent e) => Array.Find(_producers, p => p.Source == e.Source).AheadMs;
}
