using CourseCompletion.Domain.Campaigns.Uplift;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Campaigns.Uplift;

public class UpliftFeaturesTests
{
    [Fact]
    public void Of_AnySituation_IsFiniteAndOfTheOrderOfOne() =>
        Gen.Select(Gen.Float, Gen.Float, Gen.Int, Gen.Int, Gen.Int, Gen.Float[0, 1]).Sample((probability, silent, sends, ignored, streak, hour) =>
            Assert.All(
                UpliftFeatures.Of(new(float.IsNaN(probability) ? 0.5f : probability, float.IsNaN(silent) ? 0 : silent, sends, ignored, streak, hour)),
                feature => Assert.InRange(feature, -5, 5)));

    [Fact]
    public void Of_Situation_HasOneNumberForEachName() => Assert.Equal(UpliftFeatures.Names.Count, UpliftFeatures.Of(new(0.5f, 1, 2, 3, 4, 0.5f)).Length);
}
