using CourseCompletion.Domain.Completion.Index;
using Xunit;

namespace CourseCompletion.UnitTests.Completion.Index;

public class EngagementIndexTests
{
    [Fact]
    public void Sum_OriginatingExample_Is0035AndNot013()
    {
        Assert.Equal(0.035, EngagementIndex.Sum(0.1, 0.05, 0.2), 12);
        Assert.Equal(0.13, 0.1 + (0.1 * 0.2) + (0.05 * 0.2), 12); // R + RP + IP: what the example added up.
    }

    [Fact]
    public void Sum_EveryoneDoesEverything_Is3AndTheMean1() => Assert.Equal((3, 1), (EngagementIndex.Sum(1, 1, 1), EngagementIndex.Mean(1, 1, 1)));

    [Fact]
    public void Of_MoreLearners_NarrowsTheInterval()
    {
        var few = EngagementIndex.Of(Rates(10));
        var many = EngagementIndex.Of(Rates(1_000));

        Assert.True(many.High - many.Low < (few.High - few.Low) / 5);
        Assert.InRange(many.Value, many.Low, many.High);
        Assert.Equal(EngagementIndex.Mean(0.1, 0.05, 0.2), many.Value, 3);
    }

    [Fact]
    public void Shrink_NobodyCounted_IsThePrior()
    {
        var rate = RatePrior.Default.Shrink(new(0, 0));

        Assert.Equal(0.1, rate.Mean, 12);
        Assert.True(rate.Interval.High > 0.3);
    }

    [Fact]
    public void Fit_CoursesDifferByChanceOnly_BelievesThePoolMore()
    {
        var alike = RatePrior.Fit([.. Enumerable.Range(0, 50).Select(i => new RateCount(20 + (i % 3), 100))]);
        var unlike = RatePrior.Fit([.. Enumerable.Range(0, 50).Select(i => new RateCount(i % 2 == 0 ? 2 : 40, 100))]);

        Assert.Equal(0.21, alike.Shrink(new(0, 0)).Mean, 2);
        Assert.True(alike.Hits + alike.Misses > 20 * (unlike.Hits + unlike.Misses));
        Assert.InRange(unlike.Shrink(new(40, 100)).Mean, 0.37, 0.4);
        Assert.InRange(alike.Shrink(new(40, 100)).Mean, 0.21, 0.24);
    }

    private static IndexRates Rates(long scale) => IndexPriors.Default.Shrink(new(new(10 * scale, 100 * scale), new(5 * scale, 100 * scale), new(20 * scale, 100 * scale)));
}
