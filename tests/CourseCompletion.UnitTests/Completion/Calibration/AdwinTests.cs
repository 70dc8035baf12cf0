using CourseCompletion.Domain.Completion.Calibration;
using CourseCompletion.Domain.Stores;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Completion.Calibration;

public class AdwinTests
{
    [Fact]
    public void Add_StationaryStreams_RarelyAlarms()
    {
        var alarmed = 0;
        for (var seed = 0; seed < 100; seed++)
        {
            var (chance, adwin) = (new Random(seed), new Adwin(0.002));
            alarmed += Enumerable.Range(0, 5_000).Any(_ => adwin.Add(chance.NextDouble() < 0.2 ? 1 : 0)) ? 1 : 0;
        }

        Assert.InRange(alarmed, 0, 5);
    }

    [Fact]
    public void Add_Jump_IsFoundSoonAndTheWindowHoldsWhatCameAfter() => Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[500, 5_000], Gen.Bool).Sample(
        (seed, before, up) =>
        {
            var (chance, adwin) = (new Random(seed), new Adwin(0.002));
            for (var i = 0; i < before; i++)
            {
                adwin.Add(chance.NextDouble() < 0.5 ? 1 : 0);
            }

            var found = false;
            for (var i = 0; i < 600; i++)
            {
                found |= adwin.Add(chance.NextDouble() < (up ? 0.8 : 0.2) ? 1 : 0);
            }

            return found && Math.Abs(adwin.Mean - (up ? 0.8 : 0.2)) < 0.15 && adwin.Width < 1_000;
        },
        iter: 50);

    [Fact]
    public void Add_LongStream_StaysWithinItsBuckets()
    {
        var adwin = new Adwin(1e-9);
        for (var i = 0; i < 300_000; i++)
        {
            adwin.Add(i * 7919L % 100 / 100.0);
        }

        Assert.Equal(300_000, adwin.Width);
        Assert.InRange(adwin.BucketCount, 1, Adwin.BucketsPerRowMax * Adwin.RowsMax);
        Assert.InRange(adwin.Mean, 0.494, 0.496);
    }

    [Fact]
    public void Read_WrittenHalfWay_GoesOnTheSame()
    {
        var (chance, whole) = (new Random(1), new Adwin(0.002));
        var values = Enumerable.Range(0, 3_000).Select(i => chance.NextDouble() * (i < 1_700 ? 0.5 : 1)).ToList();
        var alarms = values.Select(whole.Add).ToList();
        var first = new Adwin(0.002);
        values.Take(1_234).ToList().ForEach(value => first.Add(value));
        var from = PayloadReader.Open(Bytes(first), "window");

        var second = Adwin.Read(ref from, 0.002);

        Assert.Equal(alarms.Skip(1_234), values.Skip(1_234).Select(second.Add).ToList());
        Assert.Contains(true, alarms);
        Assert.Equal(Bytes(whole), Bytes(second));
    }

    private static byte[] Bytes(Adwin adwin)
    {
        var to = new PayloadWriter();
        adwin.Write(to);
        return to.Finish();
    }
}
