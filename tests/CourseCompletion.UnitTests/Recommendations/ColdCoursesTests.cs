using CourseCompletion.Domain.Recommendations;
using Xunit;

namespace CourseCompletion.UnitTests.Recommendations;

public class ColdCoursesTests
{
    [Fact]
    public void TermsOf_LatinAndChinese_AreWordsAndPairs()
    {
        Assert.Equal(["linear", "algebra", "2nd", "maths"], CourseTerms.Of("Linear Algebra, 2nd: a", ["Maths", "algebra"]));
        Assert.Equal(["\u7ebf\u6027", "\u6027\u4ee3", "\u4ee3\u6570", "ai", "\u6570"], CourseTerms.Of("\u7ebf\u6027\u4ee3\u6570 AI", ["\u6570"]));
        Assert.Equal(CourseTerms.TermsMax, CourseTerms.Of(string.Join(' ', Enumerable.Range(100, 200)), []).Length);
        Assert.Empty(CourseTerms.Of("", ["!", "x"]));
    }

    [Fact]
    public void Rank_NewCourseLikeOneTaken_StandsBeforeOtherNewOnes()
    {
        var recommender = new LiveRecommender(RecommendationPolicy.Default);
        Define(recommender, "algebra", "Linear algebra", "mathematics");
        Define(recommender, "cooking", "Cooking at home", "kitchen");
        Define(recommender, "geometry", "Geometry", "mathematics");
        Take(recommender, "ada", "algebra");

        var ranked = recommender.Rank(Query("algebra"));

        Assert.Equal(
            [("geometry", RecommendationReason.NewAndSimilar), ("cooking", RecommendationReason.New)],
            ranked.Select(course => (recommender.IdOf(course.Course).Value, course.Reason)));
        Assert.Equal("algebra", recommender.IdOf(ranked[0].Because).Value);
        Assert.Equal([RecommendationReason.Popular, RecommendationReason.New, RecommendationReason.New], recommender.Rank(Query()).Select(course => course.Reason));
    }

    // What is said gives way to what is seen.
    [Fact]
    public void Rank_NewCourseThatOthersDoNotTake_FallsBehind()
    {
        var recommender = new LiveRecommender(RecommendationPolicy.Default);
        Define(recommender, "algebra", "Linear algebra", "mathematics");
        Define(recommender, "geometry", "Geometry", "mathematics");
        Define(recommender, "cooking", "Cooking at home", "kitchen");
        Take(recommender, "first", "algebra");
        Assert.Equal("geometry", First());

        for (var i = 0; i < 20; i++)
        {
            Take(recommender, $"learner-{i}", "algebra", "cooking");
        }

        Assert.Equal("cooking", First());

        string First() => recommender.IdOf(recommender.Rank(Query("algebra"))[0].Course).Value;
    }

    [Fact]
    public void Rank_DefinitionChanged_IsLikeWhatItIsNow()
    {
        var recommender = new LiveRecommender(RecommendationPolicy.Default);
        Define(recommender, "algebra", "Linear algebra", "mathematics");
        Define(recommender, "other", "Geometry", "mathematics");
        Assert.True(recommender.Take(new CourseFact(new("other"), 2, "Cooking", ["kitchen"])));

        Assert.Equal(RecommendationReason.New, Assert.Single(recommender.Rank(Query("algebra"))).Reason);
    }

    private static void Define(LiveRecommender recommender, string course, string title, params string[] tags) =>
        Assert.True(recommender.Take(new CourseFact(new(course), 1, title, tags)));

    private static void Take(LiveRecommender recommender, string learner, params string[] courses) =>
        recommender.Take(new TasteRow(new(learner), default, courses.Length, [.. courses.Select(course => new Domain.Courses.CourseId(course))]));

    private static RecommendationQuery Query(params string[] taken) => new(1, 0, 10, [.. taken.Select(course => TasteRules.HashOf(new(course)))], []);
}
