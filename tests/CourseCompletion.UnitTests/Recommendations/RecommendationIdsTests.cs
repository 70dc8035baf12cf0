using CourseCompletion.Domain.Recommendations;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Recommendations;

public sealed class RecommendationIdsTests
{
    [Fact]
    public void TryParsePlace_AnyPlace_IsWhatWasWritten() =>
        Gen.Select(Gen.Int[0, 60_000], Gen.Long[0, 1_000_000_000], Gen.Int[0, 49], Gen.Double[0.000001, 1]).Sample((day, revision, at, chance) =>
        {
            var list = RecommendationIds.OfList(RecommendationPolicy.Default, day, revision);
            Assert.True(RecommendationIds.TryParsePlace(RecommendationIds.OfPlace(list, at, chance), out var readList, out var place, out var propensity));
            Assert.Equal((list, at + 1), (readList, place));
            Assert.Equal(chance, propensity, 1e-6);
        });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("rec:")]
    [InlineData("spring-offer")]
    [InlineData("rec:1:1:1:1:1")]
    [InlineData("rec:1:1:1:1:0:5")]
    [InlineData("rec:1:1:1:1:1:0")]
    [InlineData("rec:1:1:1:1:1:1000001")]
    [InlineData("rec:1:1:1:1:-1:5")]
    [InlineData("rec:1:1:1:1:1:5:6")]
    [InlineData("rec:1:1:1:1:1:half")]
    public void TryParsePlace_AnythingElse_IsRefused(string? id) => Assert.False(RecommendationIds.TryParsePlace(id, out _, out _, out _));
}
