using CourseCompletion.Domain.Learners;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Learners;

public class CoverageTests
{
    private const int LimitSeconds = 400;

    private static readonly Gen<(int From, int To)[]> _intervals =
        Gen.Int[0, LimitSeconds - 1].Select(Gen.Int[1, 60], (from, length) => (from, Math.Min(LimitSeconds, from + length))).Array[0, 40];

    [Fact]
    public void Add_AnyIntervals_LengthIsTheCountOfWatchedSeconds() => _intervals.Sample(intervals =>
    {
        var coverage = new Coverage();
        var watched = new bool[LimitSeconds];
        foreach (var (from, to) in intervals)
        {
            var before = Count(watched, LimitSeconds);
            watched.AsSpan(from..to).Fill(true);

            var intervalsThen = coverage.IntervalCountWith(from * 1000, to * 1000);
            var gained = coverage.Add(from * 1000, to * 1000);

            Assert.Equal((Count(watched, LimitSeconds) - before) * 1000, gained);
            Assert.Equal(Runs(watched), coverage.IntervalCount);
            Assert.Equal(intervalsThen, coverage.IntervalCount);
        }

        Assert.Equal(Count(watched, LimitSeconds) * 1000, coverage.LengthMs);
    });

    [Fact]
    public void Bounds_AnyIntervals_AreAscendingAndDoNotTouch() => _intervals.Sample(intervals =>
    {
        var bounds = BoundsOf(intervals);

        Assert.Equal(bounds.Distinct().Order(), bounds);
    });

    [Fact]
    public void Add_AnotherOrder_GivesTheSameBounds() => _intervals.SelectMany(all => Gen.Shuffle(all).Select(shuffled => (all, shuffled))).Sample((all, shuffled) =>
        Assert.Equal(BoundsOf(all), BoundsOf(shuffled)));

    [Fact]
    public void LengthBelow_AnyLimit_IsTheCountOfWatchedSecondsBelow() => Gen.Select(_intervals, Gen.Int[0, LimitSeconds + 10]).Sample((intervals, limit) =>
        Assert.Equal(Count(Watched(intervals), Math.Min(limit, LimitSeconds)) * 1000, Of(intervals, 1000).LengthBelow(limit * 1000)));

    [Fact]
    public void LengthBelow_LimitInsideAnInterval_CountsItsBeginning()
    {
        var coverage = new Coverage();
        coverage.Add(1_000, 5_000);

        Assert.Equal(1_234, coverage.LengthBelow(2_234));
    }

    [Fact]
    public void Hundredths_AnyIntervalsAndLength_AreThoseOfTheWatchedMilliseconds() =>
        Gen.Select(_intervals, Gen.Int[100, LimitSeconds + 50]).Sample((intervals, lengthMs) =>
        {
            var expected = UInt128.Zero;
            var watched = Watched(intervals);
            for (var ms = 0; ms < Math.Min(lengthMs, LimitSeconds); ms++)
            {
                expected |= watched[ms] ? UInt128.One << (ms * 100 / lengthMs) : 0;
            }

            Assert.Equal(expected, Of(intervals, 1).Hundredths(lengthMs));
        });

    [Fact]
    public void Hundredths_WholeVideo_AreAllHundred()
    {
        var coverage = new Coverage();
        coverage.Add(0, 48L * 3_600_000);

        Assert.Equal((UInt128.One << 100) - 1, coverage.Hundredths(48L * 3_600_000));
        Assert.Equal((UInt128.One << 100) - 1, coverage.Hundredths(1_000));
    }

    [Fact]
    public void Hundredths_LengthUnknown_AreNone()
    {
        var coverage = new Coverage();
        coverage.Add(0, 1_000);

        Assert.Equal(UInt128.Zero, coverage.Hundredths(0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0, 1_000, 2_000)]
    [InlineData(3_000, 0, 2_000, 2_500, 3_000, 4_000, 5_000)]
    [InlineData(3_000, 999, 3_000)]
    [InlineData(9_000, 0, 12_000)]
    public void FirstGap_GapsShorterThanASecond_ArePassedOver(long gapMs, params int[] bounds)
    {
        var coverage = new Coverage();
        foreach (var piece in bounds.Chunk(2))
        {
            coverage.Add(piece[0], piece[1]);
        }

        Assert.Equal(gapMs, coverage.FirstGap(9_000, 1_000));
    }

    private static Coverage Of((int From, int To)[] intervals, int unitMs)
    {
        var coverage = new Coverage();
        foreach (var (from, to) in intervals)
        {
            coverage.Add(from * unitMs, to * unitMs);
        }

        return coverage;
    }

    private static long[] BoundsOf((int From, int To)[] intervals)
    {
        var coverage = Of(intervals, 1000);
        return coverage.Bounds.ToArray();
    }

    private static bool[] Watched((int From, int To)[] intervals)
    {
        var watched = new bool[LimitSeconds];
        foreach (var (from, to) in intervals)
        {
            watched.AsSpan(from..to).Fill(true);
        }

        return watched;
    }

    private static int Count(bool[] watched, int below) => watched.AsSpan(0, below).Count(true);

    private static int Runs(bool[] watched) => watched.Where((w, i) => w && (i == 0 || !watched[i - 1])).Count();
}
