using CourseCompletion.Prediction.Comments;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Comments;

public class FeatureSetTests
{
    [Fact]
    public void Add_AnyFeatures_KeepsTheFirstOfEachInOrder() => Gen.UInt[0, 40].Array[0, 60].Sample(features =>
    {
        var set = new FeatureSet();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            set.Begin(features.Length);
            foreach (var feature in features)
            {
                set.Add(feature * 0x0800_0000u);
            }
        }

        Assert.Equal(features.Select(feature => Math.Max(1, feature * 0x0800_0000u)).Distinct(), set.Features.ToArray());
    });

    [Fact]
    public void Begin_FewerThanBefore_ForgetsAll()
    {
        var set = new FeatureSet();
        set.Begin(1_000);
        set.Add(7);

        set.Begin(2);

        Assert.Equal(0, set.Count);
    }
}
