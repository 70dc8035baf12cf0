using System.Globalization;
using System.IO.Hashing;
using System.Text;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.LocalTime;

namespace CourseCompletion.Testing;

/// <summary>A simulated learner's day, by the learner's own zone, and the events that can happen on it.</summary>
public sealed class LearnerDay
{
    private readonly LearnerTimeline _timeline;
    private readonly ulong _seed;
    private readonly LearnerClock _clock;
    private readonly int _day;
    private int _draws;

    internal LearnerDay(LearnerTimeline timeline, ulong seed, LearnerClock clock, int day, long nowMs)
    {
        (_timeline, _seed, _clock, _day, Now) = (timeline, seed, clock, day, DateTimeOffset.FromUnixTimeMilliseconds(nowMs));
    }

    /// <summary>The learner.</summary>
    public SimulatedLearner Learner => _timeline.Learner;

    /// <summary>The date where the learner is.</summary>
    public DateOnly Date => DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(_day));

    /// <summary>How many days the learner has lived in the run before, from 0 on.</summary>
    public int Number => _day - _timeline.FirstDay;

    /// <summary>The time at which the engine asks.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>A number from 0 to 1 (exclusive), by the run's seed, the learner, the day and how often it was asked for on it.</summary>
    public double Draw()
    {
        var hash = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{_seed}/{Learner.Learner.Value}/{_day}/{Now.UtcTicks}/{_draws++}")));
        return (hash >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>A time of this day on the wall clock where the learner is.</summary>
    public DateTimeOffset At(int hour, int minute = 0) => DateTimeOffset.FromUnixTimeMilliseconds(_clock.InstantOf(_day, (hour * 60) + minute));

    /// <summary>The learner checks in.</summary>
    public LearnerEvent CheckIn(DateTimeOffset at) => Make(EventKind.CheckedIn, at);

    /// <summary>The learner watches a part of a video; the event is of its end.</summary>
    public LearnerEvent Watch(string lesson, TimeSpan from, TimeSpan to, DateTimeOffset at) => Make(EventKind.VideoWatched, at) with
    {
        Lesson = lesson,
        FromMs = (long)from.TotalMilliseconds,
        ToMs = (long)to.TotalMilliseconds,
        Speed = 1,
    };

    /// <summary>The learner opens a nudge.</summary>
    public LearnerEvent Open(SentNudge nudge, DateTimeOffset at) => Make(EventKind.NudgeOpened, at) with { ObjectId = nudge.Nudge };

    /// <summary>Any other event of the learner, with an id of its own; what its kind needs beyond that is the caller's to set.</summary>
    public LearnerEvent Make(EventKind kind, DateTimeOffset at) => _timeline.Make(kind, at.ToUnixTimeMilliseconds());
}
