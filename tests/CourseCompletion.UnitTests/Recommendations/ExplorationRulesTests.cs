using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Domain.Tenants;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Recommendations;

public class ExplorationRulesTests
{
    private static readonly RecommendationPolicy _often = new() { ExplorationPpm = 400_000 };

    // Each course is to stand in each place as often as its propensity says, within five standard deviations.
    [Theory]
    [InlineData(30, 10)]
    [InlineData(7, 5)]
    [InlineData(3, 1)]
    public void Place_ManyLearners_FrequenciesAreThePropensities(int ranked, int limit)
    {
        const int learners = 200_000;
        var counts = new Dictionary<(int Place, int Ranked), int>();
        var propensities = new Dictionary<(int Place, int Ranked), double>();
        for (var learner = 0; learner < learners; learner++)
        {
            var list = ExplorationRules.Place(ranked, limit, ExplorationRules.DrawOf(KeyHash.Of($"learner-{learner}"), 20_000, 1), _often);
            for (var place = 0; place < list.Length; place++)
            {
                var key = (place, list[place].Ranked);
                counts[key] = counts.GetValueOrDefault(key) + 1;
                Assert.Equal(propensities.GetValueOrDefault(key, list[place].Propensity), list[place].Propensity);
                propensities[key] = list[place].Propensity;
            }
        }

        Assert.All(counts, count =>
        {
            var (p, seen) = (propensities[count.Key], count.Value / (double)learners);
            Assert.InRange(seen, p - (5 * Math.Sqrt(p * (1 - p) / learners)), p + (5 * Math.Sqrt(p * (1 - p) / learners)));
        });

        // What may stand in a place has a probability of 1 together.
        var behind = Math.Min(ranked - limit, 2 * limit);
        Assert.Equal(limit * (1 + behind), counts.Count);
        Assert.All(propensities.GroupBy(p => p.Key.Place), place => Assert.Equal(1, place.Sum(p => p.Value), 1e-9));
    }

    [Fact]
    public void Place_Anything_ListsEachCourseOnce() => Gen.Select(Gen.Int[0, 200], Gen.Int[1, 50], Gen.ULong).Sample((ranked, limit, draw) =>
    {
        var list = ExplorationRules.Place(ranked, limit, draw, _often);

        Assert.Equal(Math.Min(ranked, limit), list.Length);
        Assert.Equal(list.Length, list.Select(place => place.Ranked).Distinct().Count());
        Assert.All(list, place => Assert.True(place.Ranked < ranked && place.Propensity is > 0 and <= 1));
    });

    [Fact]
    public void Place_NothingBehindTheList_IsTheRanking() =>
        Assert.All(Enumerable.Range(0, 1_000), i => Assert.Equal([new(0, 1), new(1, 1)], ExplorationRules.Place(2, 10, ExplorationRules.DrawOf((ulong)i, 1, 1), _often)));

    [Fact]
    public void DrawOf_AnotherDayOrSeed_IsAnotherDraw()
    {
        var draws = new[] { ExplorationRules.DrawOf(1, 1, 1), ExplorationRules.DrawOf(1, 2, 1), ExplorationRules.DrawOf(1, 1, 2), ExplorationRules.DrawOf(2, 1, 1) };

        Assert.Equal(4, draws.Distinct().Count());
        Assert.Equal(draws[0], ExplorationRules.DrawOf(1, 1, 1));
    }

    [Fact]
    public void OfPlace_LongestNumbers_FitsIntoAnEventsObject()
    {
        var list = RecommendationIds.OfList(RecommendationPolicy.Default with { Version = int.MaxValue, Seed = int.MinValue }, long.MaxValue, long.MaxValue);

        Assert.InRange(RecommendationIds.OfPlace(list, 49, 1).Length, 1, 128);
        Assert.Equal("rec:2:1:20000:7:3:950000", RecommendationIds.OfPlace(RecommendationIds.OfList(RecommendationPolicy.Default, 20_000, 7), 2, 0.95));
    }
}
