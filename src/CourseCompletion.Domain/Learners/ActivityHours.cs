using System.Runtime.CompilerServices;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Learners;

/// <summary>At which hours of UTC a learner is active: 24 counters of a byte each.</summary>
/// <remarks>
/// When a counter would overflow, all are halved: the proportions stay and old habits fade. That makes it a feature, not a fact: the order of arrival may show. UTC, so that
/// neither a late preference nor a clock change rewrites it. A struct that changes: its owner keeps it in a field and hands it out by reference.
/// </remarks>
public struct ActivityHours
{
    /// <summary>Hours of a day.</summary>
    public const int Count = 24;

    /// <summary>How many activities must be remembered for a best hour.</summary>
    public const int ActivitiesMin = 5;

    private const long HourMs = 3_600_000;

    private PerHour _hours;

    /// <summary>How often the learner was active in each hour of UTC, in proportion.</summary>
    public readonly int this[int utcHour] => _hours[utcHour];

    /// <summary>The hour of UTC at which the learner is most active, 0 to 23; null under five activities.</summary>
    /// <remarks>Each hour with half of both its neighbours, around the clock, so that a habit which straddles two hours is found; the earliest of equal ones.</remarks>
    public readonly int? BestUtcHour
    {
        get
        {
            var (total, best, bestWeight) = (0, 0, 0);
            for (var hour = 0; hour < Count; hour++)
            {
                total += _hours[hour];
                var weight = WeightOf(hour);
                if (weight > bestWeight)
                {
                    (best, bestWeight) = (hour, weight);
                }
            }

            return total < ActivitiesMin ? null : best;
        }
    }

    /// <summary>How well an instant fits: 1 at the best hour, 0 at one without any activity beside it, 0.5 under five activities.</summary>
    public readonly float MatchOf(long atMs) =>
        BestUtcHour is { } best ? WeightOf((int)(atMs % LearnerTime.DayMs / HourMs)) / (float)WeightOf(best) : 0.5f;

    /// <summary>Counts one activity.</summary>
    public void Add(long atMs)
    {
        var hour = (int)(atMs % LearnerTime.DayMs / HourMs);
        if (_hours[hour] == byte.MaxValue)
        {
            foreach (ref var count in _hours)
            {
                count >>= 1;
            }
        }

        _hours[hour]++;
    }

    /// <summary>Writes the counters: which are above 0, and those.</summary>
    public readonly void Write(PayloadWriter to)
    {
        var used = 0U;
        for (var hour = 0; hour < Count; hour++)
        {
            used |= _hours[hour] == 0 ? 0 : 1U << hour;
        }

        to.UInt(used);
        foreach (var count in _hours)
        {
            if (count != 0)
            {
                to.Byte(count);
            }
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static ActivityHours Read(ref PayloadReader from)
    {
        var read = default(ActivityHours);
        var used = from.UInt();
        for (var hour = 0; hour < Count; hour++)
        {
            read._hours[hour] = (used >> hour & 1) == 0 ? (byte)0 : from.Byte();
        }

        return read;
    }

    // With half of both neighbours, doubled.
    private readonly int WeightOf(int hour) => (2 * _hours[hour]) + _hours[(hour + 1) % Count] + _hours[(hour + Count - 1) % Count];

    [InlineArray(Count)]
    private struct PerHour
    {
        private byte _first;
    }
}
