using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Insights;
using CourseCompletion.UnitTests.Courses;
using Xunit;

namespace CourseCompletion.UnitTests.Insights;

public class InsightRulesTests
{
    private static readonly InsightPolicy _policy = InsightPolicy.Default;

    private static readonly CourseDefinition _course = CourseBuilder.Course("algebra", [.. Enumerable.Range(0, 8).Select(i => CourseBuilder.Video($"lesson-{i}"))]);

    [Fact]
    public void Find_OneLessonLosesMany_FindsItWithWhatItCost()
    {
        var finding = Assert.Single(InsightRules.Find(_course, new(), Leaving(i => i == 4 ? 0.35 : 0.08), _policy));

        Assert.Equal((FindingKind.Leaving, "lesson-4"), (finding.Kind, finding.Place.Lesson));
        Assert.InRange(finding.Expected, finding.Reached * 0.05, finding.Reached * 0.12);
        Assert.InRange(finding.CompletionsLost, (finding.Affected - finding.Expected) * 0.6, (finding.Affected - finding.Expected) * 0.8);
    }

    [Fact]
    public void Find_AllLessonsAlike_FindsNothing() => Assert.Empty(InsightRules.Find(_course, new(), Leaving(_ => 0.1), _policy));

    // Of courses in which nothing is wrong, at most the false discovery rate says that something is.
    [Theory]
    [InlineData(600, 0.1)]
    [InlineData(200, 0.01)]
    [InlineData(60, 0.02)]
    [InlineData(60, 0.05)]
    public void Find_NoLessonIsDifferent_IsSeldomWrong(int learners, double hazard)
    {
        var random = new Random(7);
        var wrong = Enumerable.Range(0, 2_000).Count(_ => InsightRules.Find(_course, new(), Leaving(_ => hazard, random, learners / 4), _policy).Count > 0);

        Assert.True(wrong <= 2_000 * _policy.FalseDiscoveryRate, $"{wrong} of 2,000");
    }

    // Whoever is seldom there leaves more: a lesson that only they reach is not to blame.
    [Fact]
    public void Find_ALessonOfSeldomVisitors_IsComparedWithinTheirKind()
    {
        var leaving = new LeavingSums();
        for (var i = 0; i < 8; i++)
        {
            leaving.Lessons.Add($"lesson-{i}", Lesson((0, i == 4 ? 200 : 20, 0.4), (3, 200, 0.02)));
        }

        Assert.Empty(InsightRules.Find(_course, new(), leaving, _policy));
    }

    [Fact]
    public void Find_FewLearners_FindsNothing()
    {
        var leaving = new LeavingSums();
        leaving.Lessons.Add("lesson-0", Lesson((0, 24, 0.1)));
        leaving.Lessons.Add("lesson-1", Lesson((0, 24, 0.9)));

        Assert.Empty(InsightRules.Find(_course, new(), leaving, _policy));
    }

    [Fact]
    public void Find_AConfusingPart_IsFoundWithItsEvidence()
    {
        var sums = new RosterSums();
        sums.Lessons.Add("lesson-2", Confusing());

        var finding = Assert.Single(InsightRules.Find(_course, sums, new(), _policy));
        Assert.Equal((FindingKind.Confusing, "lesson-2"), (finding.Kind, finding.Place.Lesson));
        Assert.InRange(finding.Place.Position, 40, 43);
        Assert.Equal((500, 100, 0), (finding.Reached, finding.Affected, finding.CompletionsLost));
        Assert.Equal(5, finding.Expected, 1e-9);
    }

    [Fact]
    public void Find_LeavingRightThere_CountsTheCompletionsLost()
    {
        var sums = new RosterSums();
        sums.Lessons.Add("lesson-2", Confusing());
        var leaving = Leaving(_ => 0.1);
        leaving.Lessons["lesson-2"].LeftAt.AsSpan(41..44).Fill(20);

        var finding = Assert.Single(InsightRules.Find(_course, sums, leaving, _policy));
        Assert.InRange(finding.CompletionsLost, 60 * 0.6, 60 * 0.8);
    }

    [Theory]
    [InlineData(0, 5, 1)]
    [InlineData(10, 5, 0.0318)]
    [InlineData(60, 40, 0.00188)]
    [InlineData(240, 200, 0.00261)]
    public void TailOf_KnownCounts_IsTheUpperTail(long count, double expected, double tail) => Assert.Equal(tail, InsightRules.TailOf(count, expected, expected), tail / 20);

    [Fact]
    public void CountAt_AnyFinding_IsItsEvidence()
    {
        var sums = new RosterSums();
        sums.Lessons.Add("lesson-2", Confusing());
        var leaving = Leaving(i => i == 4 ? 0.35 : 0.08);

        Assert.All(
            InsightRules.Find(_course, sums, leaving, _policy),
            finding => Assert.Equal((finding.Reached, finding.Affected), InsightRules.CountAt(finding.Kind, finding.Place, sums, leaving)));
        Assert.Equal((0, 0), InsightRules.CountAt(FindingKind.Leaving, new("another", -1), sums, leaving));
    }

    private static LessonSums Confusing()
    {
        var sums = new LessonSums { Started = 500, Marks = new() };
        Array.Fill(sums.Reached, 500);
        Array.Fill(sums.Marks.Rewatched, 5);
        Array.Fill(sums.Marks.Paused, 5);
        sums.Marks.Rewatched.AsSpan(40..44).Fill(100);
        sums.Marks.Paused.AsSpan(40..44).Fill(60);
        return sums;
    }

    // Who leaves would have completed with a tenth of a chance, who goes on with four fifths.
    private static LeavingSums Leaving(Func<int, double> hazardOf, Random? random = null, int learners = 150)
    {
        var sums = new LeavingSums();
        for (var i = 0; i < 8; i++)
        {
            sums.Lessons.Add($"lesson-{i}", Lesson(Enumerable.Range(0, 4).Select(stratum => (stratum, learners, hazardOf(i))).ToArray(), random));
        }

        return sums;
    }

    private static LessonLeaving Lesson(params (int Stratum, int Learners, double Hazard)[] strata) => Lesson(strata, null);

    private static LessonLeaving Lesson((int Stratum, int Learners, double Hazard)[] strata, Random? random)
    {
        var lesson = new LessonLeaving();
        foreach (var (stratum, learners, hazard) in strata)
        {
            var left = random is null ? (int)Math.Round(learners * hazard) : Enumerable.Range(0, learners).Count(_ => random.NextDouble() < hazard);
            (lesson.Left[stratum], lesson.Passed[stratum]) = (left, learners - left);
            (lesson.LeftProbability[stratum], lesson.PassedProbability[stratum]) = (left * 0.1, (learners - left) * 0.8);
        }

        return lesson;
    }
}
