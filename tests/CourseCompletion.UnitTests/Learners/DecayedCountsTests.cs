using CourseCompletion.Domain.Learners;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Learners;

public class DecayedCountsTests
{
    private static readonly Gen<(DecayFamily Family, int Weight, long AtMs)[]> _activities = Gen.Select(
        Gen.Enum<DecayFamily>(), Gen.Int[1, 1000], Gen.OneOf<long>(Gen.Long[0, 40 * DayMs], Gen.Int[0, 40].Select(day => day * DayMs)),
        (family, weight, offset) => (family, weight, MondayMs + offset)).Array[1, 60];

    [Fact]
    public void Add_AnyActivities_IsTheSumOfTheirDecayedWeights() => _activities.Sample(activities =>
    {
        var counts = Of(activities);
        var asOfMs = activities.Max(a => a.AtMs);

        Assert.Equal(asOfMs, counts.AsOfMs);
        for (var family = 0; family < DecayedCounts.FamilyCount; family++)
        {
            for (var i = 0; i < DecayedCounts.HalfLifeCount; i++)
            {
                var expected = activities
                    .Where(a => (int)a.Family == family || family == (int)DecayFamily.Any)
                    .Sum(a => a.Weight * Math.Pow(2, -(asOfMs - a.AtMs) / (DecayedCounts.HalfLifeHours[i] * HourMs)));
                AssertClose(expected, counts.Counts[(family * DecayedCounts.HalfLifeCount) + i], 1e-12);
            }
        }
    });

    [Fact]
    public void Add_AnotherOrder_AgreesWithinAMillionth() =>
        _activities.SelectMany(all => Gen.Shuffle(all).Select(shuffled => (all, shuffled))).Sample((all, shuffled) =>
        {
            var (one, other) = (Of(all), Of(shuffled));
            for (var i = 0; i < one.Counts.Length; i++)
            {
                AssertClose(one.Counts[i], other.Counts[i], 1e-6);
            }
        });

    [Fact]
    public void FactorsFor_OneHalfLife_Halves()
    {
        Span<double> factors = stackalloc double[DecayedCounts.HalfLifeCount];
        for (var i = 0; i < DecayedCounts.HalfLifeCount; i++)
        {
            DecayedCounts.FactorsFor((long)DecayedCounts.HalfLifeHours[i] * HourMs, factors);

            Assert.Equal(0.5, factors[i]);
        }
    }

    internal static void AssertClose(double expected, double actual, double relative) =>
        Assert.True(
            Math.Abs(expected - actual) <= relative * Math.Max(Math.Abs(expected), Math.Abs(actual)),
            $"{actual:R} is not within {relative:R} of {expected:R}.");

    private static DecayedCounts Of((DecayFamily Family, int Weight, long AtMs)[] activities)
    {
        var counts = new DecayedCounts();
        foreach (var (family, weight, atMs) in activities)
        {
            counts.Add(family, weight, atMs);
        }

        return counts;
    }
}
