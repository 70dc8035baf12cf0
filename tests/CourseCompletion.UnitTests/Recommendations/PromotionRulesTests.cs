using CourseCompletion.Domain.Recommendations;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Recommendations;

public sealed class PromotionRulesTests
{
    private static readonly RecommendationPolicy _policy = RecommendationPolicy.Default;

    private static readonly Gen<RankedCourse[]> _ranked = Gen.Float[-8, 0].Array[0, 60]
        .Select(scores => scores.OrderDescending().Select((score, course) => new RankedCourse(course, score, RecommendationReason.Popular, -1)).ToArray());

    [Theory]
    [InlineData(10, 100, false, 2)]
    [InlineData(10, 8, false, 2)]
    [InlineData(10, 7, false, 1)]
    [InlineData(10, 4, false, 1)]
    [InlineData(10, 3, false, 0)]
    [InlineData(10, 0, false, 0)]
    [InlineData(4, 100, false, 0)]
    [InlineData(5, 100, false, 1)]
    [InlineData(50, 100, false, 10)]
    [InlineData(50, 100, true, 0)]
    public void AllowedIn_AList_IsAFifthAndNothingWhileACourseIsAtRisk(int limit, int others, bool isAtRisk, int allowed) =>
        Assert.Equal(allowed, PromotionRules.AllowedIn(limit, others, isAtRisk, _policy));

    [Fact]
    public void Balance_AnyRanking_KeepsAllOthersInOrderAndNoMorePromotedThanAllowed() =>
        Gen.Select(_ranked, Gen.Int[0, 5], Gen.Int[2, 5]).Sample((ranked, allowed, every) =>
        {
            bool IsPromoted(int course) => course % every == 0;
            var balanced = PromotionRules.Balance(ranked, IsPromoted, allowed, _policy);

            Assert.Equal(ranked.Where(course => !IsPromoted(course.Course)), balanced.Where(course => !course.IsPromoted));
            Assert.Equal(Math.Min(allowed, ranked.Count(course => IsPromoted(course.Course))), balanced.Count(course => course.IsPromoted));
            Assert.Equal(balanced.Select(course => course.Score).OrderDescending(), balanced.Select(course => course.Score));
        });

    [Fact]
    public void Balance_APromotedCourse_PassesOthersThatAreLessThanTwiceAsLikely()
    {
        RankedCourse[] ranked = [Of(0, -1), Of(1, -1.5f), Of(2, -2)];
        Assert.Equal([0, 2, 1], PromotionRules.Balance(ranked, course => course == 2, 1, _policy).Select(course => course.Course));
        Assert.Equal([1, 0, 2], PromotionRules.Balance(ranked, course => course == 1, 1, _policy).Select(course => course.Course));
    }

    private static RankedCourse Of(int course, float score) => new(course, score, RecommendationReason.Popular, -1);
}
