using CourseCompletion.Domain.Campaigns.Effects;
using CourseCompletion.Domain.Stores;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Campaigns.Effects;

public class GroupSumsTests
{
    private static readonly Gen<GroupSums> _unit =
        Gen.Select(Gen.Int[1, 30], Gen.Int[0, 30], Gen.Int[0, 30], (size, outcome, covariate) => GroupSums.OfCluster(size, Math.Min(size, outcome), Math.Min(size, covariate)));

    // Whole numbers add up exactly, so order cannot show.
    [Fact]
    public void Merge_AnyPartsInAnyOrder_IsTheSameSum() => Gen.Select(_unit.List[0, 40], Gen.Int[0, 40]).Sample((units, cut) =>
    {
        var (left, right) = (units.Take(cut), units.Skip(cut));

        Assert.Equal(GroupSums.Merge(units), GroupSums.Merge(right.Reverse()).Add(GroupSums.Merge(left)));
    });

    [Fact]
    public void Codec_AnySums_ReadsWhatItWrote() => _unit.List[0, 20].Sample(units =>
    {
        var sums = GroupSums.Merge(units);

        Assert.Equal(sums, GroupSumsCodec.Decode(GroupSumsCodec.Encode(sums)));
    });

    [Fact]
    public void Codec_OfNewerFormat_IsRefused()
    {
        var to = new PayloadWriter();
        to.Byte(2);

        Assert.Throws<StoreCorruptException>(() => GroupSumsCodec.Decode(to.Finish()));
    }
}
