using CourseCompletion.Domain.Insights;
using CourseCompletion.Domain.Stores;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Insights;

public class PositionSampleTests
{
    private const long HourMs = 3_600_000;

    private static readonly Gen<long[]> _positions = Gen.Long[0, HourMs].Array[0, 120];

    [Fact]
    public void Add_AnotherOrder_KeepsTheSame() => _positions.SelectMany(all => Gen.Shuffle(all).Select(shuffled => (all, shuffled))).Sample((all, shuffled) =>
        Assert.Equal(Bytes(Of(all)), Bytes(Of(shuffled))));

    [Fact]
    public void Add_AnyPositions_KeepsEachTenthOfASecondOnceUpToTheCap() => _positions.Sample(all =>
        Assert.Equal(Math.Min(PositionSample.PositionsMax, all.Select(ms => ms / 100).Distinct().Count()), Of(all).Count));

    [Fact]
    public void Hundredths_FewPositions_AreWhereTheyLie() => Gen.Long[0, HourMs].Array[0, PositionSample.PositionsMax].Sample(all =>
    {
        var expected = UInt128.Zero;
        foreach (var tenths in all.Select(ms => ms / 100).Where(tenths => tenths * 100 < HourMs / 2))
        {
            expected |= UInt128.One << (int)(tenths * 100 * 100 / (HourMs / 2));
        }

        Assert.Equal(expected, Of(all).Hundredths(HourMs / 2));
    });

    [Fact]
    public void Read_AnySample_IsTheSame() => _positions.Sample(all =>
    {
        var payload = Bytes(Of(all));
        var from = PayloadReader.Open(payload, "sample");

        Assert.Equal(payload, Bytes(PositionSample.Read(ref from)));
        Assert.True(from.IsAtEnd);
    });

    private static PositionSample Of(long[] positions)
    {
        var sample = default(PositionSample);
        foreach (var position in positions)
        {
            sample.Add(position);
        }

        return sample;
    }

    private static byte[] Bytes(in PositionSample sample)
    {
        var to = new PayloadWriter(64);
        sample.Write(to);
        return to.Finish();
    }
}
