using CourseCompletion.Domain.Recommendations;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Recommendations;

public sealed class RerankRulesTests
{
    private static readonly RecommendationPolicy _policy = RecommendationPolicy.Default;

    private static readonly Gen<RankedCourse[]> _ranked = Gen.Float[-8, 0].Array[0, 60]
        .Select(scores => scores.OrderDescending().Select((score, course) => new RankedCourse(course, score, RecommendationReason.Popular, -1)).ToArray());

    // Weights far above the policy's too, so that the budget is what keeps lists.
    private static readonly Gen<(RankedCourse[] Ranked, double[] Gains, uint Seed, int Limit, RecommendationPolicy Policy)> _cases = Gen.Select(
        _ranked, Gen.Double[0.5, 2].Array[60], Gen.UInt, Gen.Int[1, 50], Gen.Select(Gen.Float[0, 20], Gen.Float[0, 20]),
        (ranked, gains, seed, limit, weights) => (ranked, gains[..ranked.Length], seed, limit, _policy with { GainWeight = weights.Item1, DiversityLogits = weights.Item2 }));

    [Fact]
    public void Rerank_Anything_IsThePermutationInOrderOfItsScores() => _cases.Sample(c =>
    {
        var list = RerankRules.Rerank(c.Ranked, c.Gains, LikenessBy(c.Seed), c.Limit, c.Policy);

        Assert.Equal(c.Ranked.Select(course => course.Course), list.Select(course => course.Course).Order());
        Assert.Equal(list.Select(course => course.Score).OrderDescending(), list.Select(course => course.Score));
    });

    [Fact]
    public void Rerank_Anything_CostsNoMoreThanTheBudget() => _cases.Sample(c =>
    {
        var list = RerankRules.Rerank(c.Ranked, c.Gains, LikenessBy(c.Seed), c.Limit, c.Policy);

        // A course's number is its place by relevance.
        var relevance = list.Select(course => c.Ranked[course.Course]);
        Assert.True(ExpectedDcg(relevance, c.Limit) >= (0.95 - 1e-12) * ExpectedDcg(c.Ranked, c.Limit));
    });

    [Fact]
    public void Rerank_NothingGainedAndNothingAlike_ChangesNothing() => Gen.Select(_ranked, Gen.Int[1, 50]).Sample((ranked, limit) =>
        Assert.Equal(ranked, RerankRules.Rerank(ranked, [.. ranked.Select(_ => 1.0)], (_, _) => 0, limit, _policy)));

    [Fact]
    public void Rerank_AGain_LiftsACourseOverOneThatIsLittleLikelier()
    {
        RankedCourse[] ranked = [Of(0, -1), Of(1, -1.2f), Of(2, -3)];

        var list = RerankRules.Rerank(ranked, [1, 1.5, 1], (_, _) => 0, 3, _policy);

        Assert.Equal([1, 0, 2], list.Select(course => course.Course));
        Assert.Equal(-1.2f + (float)Math.Log(1.5), list[0].Score);
    }

    [Fact]
    public void Rerank_ACourseLikeTheFirst_StandsBehindOneThatIsNot()
    {
        RankedCourse[] ranked = [Of(0, -1), Of(1, -1.1f), Of(2, -1.2f)];

        var list = RerankRules.Rerank(ranked, [1, 1, 1], (one, other) => one + other == 1 ? 1 : 0, 2, _policy);

        Assert.Equal([0, 2, 1], list.Select(course => course.Course));
        Assert.Equal([-1, -1.2f, -1.6f], list.Select(course => course.Score));
    }

    [Fact]
    public void Rerank_TooDearAtEveryWeight_KeepsTheRanking()
    {
        RankedCourse[] ranked = [Of(0, 0), Of(1, -3)];

        Assert.Equal(ranked, RerankRules.Rerank(ranked, [0.5, 2], (_, _) => 0, 2, _policy with { GainWeight = 1_000 }));
    }

    [Fact]
    public void Rerank_TooDearAtFirst_HalvesTheWeights()
    {
        // Three courses: the last may pass the second, and no more.
        RankedCourse[] ranked = [Of(0, 0), Of(1, -2), Of(2, -2.1f)];

        Assert.Equal([0, 2, 1], RerankRules.Rerank(ranked, [1, 1, 2], (_, _) => 0, 3, _policy with { GainWeight = 8 }).Select(course => course.Course));
    }

    private static double ExpectedDcg(IEnumerable<RankedCourse> courses, int limit) => courses.Take(limit).Select((course, place) => Math.Exp(course.Score) / Math.Log2(place + 2)).Sum();

    // Any symmetric likeness, most of it none.
    private static Func<int, int, double> LikenessBy(uint seed) => (one, other) =>
    {
        var mixed = ((uint)Math.Min(one, other) * 2_654_435_761u) ^ ((uint)Math.Max(one, other) * 2_246_822_519u) ^ seed;
        return mixed % 3 == 0 ? mixed % 1_000 / 999.0 : 0;
    };

    private static RankedCourse Of(int course, float score) => new(course, score, RecommendationReason.Popular, -1);
}
