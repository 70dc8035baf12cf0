using CourseCompletion.Domain.Recommendations;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Recommendations;

public sealed class CourseLikenessTests
{
    private static readonly Gen<string> _title = Gen.Int[0, 9].Array[0, 6].Select(words => string.Join(' ', words.Select(word => $"word{word}")));

    [Fact]
    public void LikenessOf_AnyTwoCourses_IsTheSameBothWaysAndAtMostThatWithItself() => _title.Array[2, 8].Sample(titles =>
    {
        var recommender = new LiveRecommender(RecommendationPolicy.Default);
        foreach (var (course, title) in titles.Index())
        {
            recommender.Take(new CourseFact(new($"course-{course}"), 1, title, []));
        }

        for (var one = 0; one < titles.Length; one++)
        {
            for (var other = 0; other < titles.Length; other++)
            {
                var (first, second) = (CourseTerms.Of(titles[one], []), CourseTerms.Of(titles[other], []));
                var likeness = recommender.LikenessOf(one, other);
                Assert.Equal(likeness, recommender.LikenessOf(other, one));
                Assert.InRange(likeness, 0, 1);
                Assert.Equal(first.Intersect(second).Any(), likeness > 0);
                if (one == other && first.Length > 0)
                {
                    Assert.Equal(1, likeness, 1e-9);
                }
            }
        }
    });

    [Fact]
    public void LikenessOf_DefinitionChanged_IsThatOfTheNewOne()
    {
        var recommender = new LiveRecommender(RecommendationPolicy.Default);
        recommender.Take(new CourseFact(new("a"), 1, "Linear algebra", ["mathematics"]));
        recommender.Take(new CourseFact(new("b"), 1, "Algebra", ["mathematics"]));
        Assert.InRange(recommender.LikenessOf(0, 1), 0.3, 0.99);

        recommender.Take(new CourseFact(new("b"), 2, "Cooking", ["kitchen"]));
        Assert.Equal(0, recommender.LikenessOf(0, 1));
        Assert.Equal(1, recommender.LikenessOf(1, 1), 1e-9);
    }
}
