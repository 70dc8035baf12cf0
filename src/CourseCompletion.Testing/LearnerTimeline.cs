using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.LocalTime;

namespace CourseCompletion.Testing;

/// <summary>A learner in a run: the days lived, and the events whose time has not come.</summary>
internal sealed class LearnerTimeline
{
    private const string Source = "time-travel";

    private readonly PriorityQueue<LearnerEvent, (long AtMs, int Place)> _coming = new();
    private readonly LearnerClock _clock;
    private readonly ulong _seed;
    private readonly long _bornAtMs;
    private int _livedThrough;
    private int _queued;
    private int _made;

    /// <summary>Makes a learner who joins the run now.</summary>
    /// <param name="learner">The learner.</param>
    /// <param name="courseZone">The zone of who has none.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="nowMs">When it is.</param>
    public LearnerTimeline(SimulatedLearner learner, string courseZone, ulong seed, long nowMs)
    {
        (Learner, _seed, _bornAtMs) = (learner, seed, nowMs);
        var zone = learner.Preferences.TimeZone;
        _clock = new(LearnerZones.Of(zone.Length == 0 ? courseZone : zone), learner.Preferences.DayStartMinutes);
        FirstDay = _clock.DayOf(nowMs);
        _livedThrough = FirstDay - 1;
        foreach (var e in learner.Recorded)
        {
            Queue(e);
        }

        Queue(Make(EventKind.Enrolled, nowMs));
    }

    public SimulatedLearner Learner { get; }

    /// <summary>The learner's day on which the run began.</summary>
    public int FirstDay { get; }

    /// <summary>Lives on until now: what the learner did since the last time, in the order of time.</summary>
    public LearnerEvent[] LiveUntil(long nowMs)
    {
        for (var today = _clock.DayOf(nowMs); _livedThrough < today;)
        {
            var day = DayOf(++_livedThrough, Math.Max(_bornAtMs, _clock.DayBegins(_livedThrough)));
            QueueNew(Learner.Day?.Invoke(day) ?? [], _bornAtMs);
        }

        var happened = new List<LearnerEvent>();
        while (_coming.TryPeek(out var next, out _) && next.OccurredAtMs <= nowMs)
        {
            happened.Add(_coming.Dequeue());
        }

        return [.. happened];
    }

    /// <summary>Lets the learner answer a nudge, not before now.</summary>
    public void Take(SentNudge nudge, long nowMs) => QueueNew(Learner.Nudged?.Invoke(DayOf(_clock.DayOf(nowMs), nowMs), nudge) ?? [], nowMs);

    public LearnerEvent Make(EventKind kind, long atMs) => new()
    {
        Source = Source,
        EventId = $"{Learner.Learner.Value}-{++_made}",
        Course = Learner.Course,
        Kind = kind,
        OccurredAtMs = atMs,
    };

    private LearnerDay DayOf(int day, long nowMs) => new(this, _seed, _clock, day, nowMs);

    // What would have happened before the learner could is left out: the first day is seldom a whole one.
    private void QueueNew(IEnumerable<LearnerEvent> events, long notBeforeMs)
    {
        foreach (var e in events.Where(e => e.OccurredAtMs >= notBeforeMs))
        {
            Queue(e);
        }
    }

    private void Queue(LearnerEvent e) => _coming.Enqueue(e, (e.OccurredAtMs, _queued++));
}
