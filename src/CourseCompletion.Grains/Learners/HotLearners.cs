using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Abstractions.Cluster;
using Microsoft.Extensions.DependencyInjection;

namespace CourseCompletion.Grains.Learners;

/// <summary>Finds the learners of the silo with the most events of late, in little memory and without looking at every append.</summary>
/// <remarks>
/// Counts one append of sixteen in a space-saving sketch (Metwally, Agrawal and El Abbadi 2005) of 128 learners: whoever has more than a hundredth of the events is in it. All
/// counts halve each minute, so that what it tells is of the last minutes.
/// </remarks>
internal sealed class HotLearners([FromKeyedServices(EngineTime.Key)] TimeProvider time)
{
    private const int KeptMax = 128;
    private const uint GoldenRatio = 2_654_435_769;

    // In the sample; below it a few events of anybody's would be a large share.
    private const double TotalMin = 1_000;
    private static readonly TimeSpan _halfLife = TimeSpan.FromMinutes(1);

    [ThreadStatic]
    private static uint _turn;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, double> _counts = new(KeptMax);
    private double _total;
    private long _halvedAt = time.GetTimestamp();

    /// <summary>Notes an append.</summary>
    public void Add(LearnerKey learner, int events)
    {
        // Multiples of the golden ratio: one of sixteen, in step with no pattern in which learners may come.
        if (events > 0 && (++_turn * GoldenRatio) >> 28 == 0)
        {
            Count(learner.Value, events);
        }
    }

    /// <summary>The hottest, the first first; only those with more events than their error may be. None while the silo has less than about a hundred events a second.</summary>
    public HotLearner[] Hottest(int atMost)
    {
        lock (_lock)
        {
            Halve();
            if (_total < TotalMin)
            {
                return [];
            }

            // A learner who took another's place in the sketch took over that count: up to the least of a full sketch may be somebody else's.
            var error = _counts.Count < KeptMax ? 0 : _counts.Values.Min();
            return [.. _counts.Where(count => count.Value > error)
                .OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal)
                .Take(atMost).Select(count => new HotLearner(count.Key, (count.Value - error) / _total))];
        }
    }

    private void Count(string learner, int events)
    {
        lock (_lock)
        {
            Halve();
            _total += events;
            if (_counts.TryGetValue(learner, out var count) || _counts.Count < KeptMax)
            {
                _counts[learner] = count + events;
                return;
            }

            var least = _counts.MinBy(kept => kept.Value);
            _counts.Remove(least.Key);
            _counts[learner] = least.Value + events;
        }
    }

    private void Halve()
    {
        var halvings = (int)Math.Min(64, time.GetElapsedTime(_halvedAt) / _halfLife);
        if (halvings == 0)
        {
            return;
        }

        _halvedAt += (long)(halvings * _halfLife.TotalSeconds * time.TimestampFrequency);
        _total = Math.ScaleB(_total, -halvings);
        foreach (var learner in _counts.Keys.ToArray())
        {
            _counts[learner] = Math.ScaleB(_counts[learner], -halvings);
        }
    }
}
