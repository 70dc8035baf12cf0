using CourseCompletion.Domain.Completion.Index;
using Xunit;
using Xunit.Abstractions;

namespace CourseCompletion.UnitTests.Completion.Index;

public class IndexFitTests(ITestOutputHelper output)
{
    private const int Cohorts = 200;

    // Cohorts whose outcome the model has learned, and new ones of which it knows the rates only: the truth lies in nine of ten intervals, in either layer.
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Read_200Cohorts_90PercentIntervalsCover86To94Percent(bool isSlope, bool wasLearned)
    {
        var random = new Random(20_261);
        var fit = new IndexFit();
        var learned = Draw(random, "learned", isSlope);
        learned.ForEach(cohort => cohort.TeachTo(fit));
        fit.LearnCourseVariance();

        var covered = 0;
        var width = 0d;
        foreach (var cohort in wasLearned ? learned : Draw(random, "new", isSlope))
        {
            var reading = fit.Read(cohort.Course, cohort.Looks[3].Rates, cohort.Looks[3].ElapsedShare, isRandomised: false);
            var interval = isSlope ? reading.Slope.Probability : reading.Full.Probability;
            covered += interval.Low <= cohort.Completion && cohort.Completion <= interval.High ? 1 : 0;
            width += (interval.High - interval.Low) / Cohorts;
        }

        output.WriteLine($"{covered / (double)Cohorts:P1} covered, mean width {width:F3}");
        Assert.InRange(covered / (double)Cohorts, 0.86, 0.94);
    }

    [Fact]
    public void Read_CourseWithoutOutcomes_AddsUpAndIsWiderThanALearnedOne()
    {
        var fit = IndexFits.Learned(Cohorts, seed: 3);
        var rates = IndexPriors.Default.Shrink(new(new(300, 1_000), new(200, 1_000), new(50, 1_000)));

        var unknown = fit.Read("unheard of", rates, 0.5, isRandomised: false);
        var known = fit.Read("course-7", rates, 0.5, isRandomised: false);

        foreach (var reading in new[] { unknown.Full, known.Full })
        {
            var logit = Math.Log(reading.Probability.Value / (1 - reading.Probability.Value));
            Assert.Equal(logit, reading.Base + reading.Contributions.Sum(term => term.Logit.Value), 9);
        }

        Assert.True(unknown.Full.Probability.High - unknown.Full.Probability.Low > known.Full.Probability.High - known.Full.Probability.Low);
        Assert.Equal(Cohorts, unknown.Courses);
    }

    [Fact]
    public void Read_NothingLearned_NothingIsIdentified()
    {
        var reading = new IndexFit().Read("a", IndexPriors.Default.Shrink(default), 0.5, isRandomised: true);

        Assert.All(reading.Full.Contributions, term => Assert.Equal(TermLabel.NotIdentified, term.Label));
        Assert.False(reading.Slope.IsIdentified);
        Assert.True(reading.Full.Probability.High - reading.Full.Probability.Low > 0.7);
    }

    [Fact]
    public void Read_RateThatNeverVaries_IsNotIdentifiedHoweverMuchWasLearned()
    {
        var fit = new IndexFit();
        for (var course = 0; course < 100; course++)
        {
            // R is the same everywhere, I is not.
            var rates = IndexPriors.Default.Shrink(new(new(400_000, 1_000_000), new(10_000 * (course % 50), 1_000_000), new(5_000 * (course % 37), 1_000_000)));
            fit.Learn($"course-{course}", [new(rates, 0.5)], new(100 + (4 * (course % 50)), 500));
        }

        var labels = fit.Read("course-1", IndexPriors.Default.Shrink(new(new(1, 2), new(1, 2), new(1, 2))), 0.5, isRandomised: true)
            .Full.Contributions.ToDictionary(term => term.Term, term => term.Label);

        Assert.Equal(TermLabel.NotIdentified, labels[IndexTerm.Recommended]);
        Assert.Equal(TermLabel.NotIdentified, labels[IndexTerm.Elapsed]);
        Assert.Equal(TermLabel.Association, labels[IndexTerm.Interacting]);
        Assert.Equal(TermLabel.Association, labels[IndexTerm.Course]);
    }

    [Fact]
    public void Read_RandomisedPromotions_MakesEffectsOfRAndPOnly()
    {
        var fit = IndexFits.Learned(Cohorts, seed: 5);
        var rates = IndexPriors.Default.Shrink(new(new(300, 1_000), new(200, 1_000), new(50, 1_000)));

        var observed = fit.Read("course-7", rates, 0.5, isRandomised: false).Full.Contributions;
        var drawn = fit.Read("course-7", rates, 0.5, isRandomised: true).Full.Contributions;

        Assert.DoesNotContain(observed, term => term.Label == TermLabel.Effect);
        Assert.Equal(
            [TermLabel.Effect, TermLabel.Association, TermLabel.Effect],
            drawn.Where(term => term.Term is IndexTerm.Recommended or IndexTerm.Interacting or IndexTerm.Promoted).Select(term => term.Label));
    }

    [Fact]
    public void Read_MoreEngagementMeantFewerCompletions_SlopeStaysAt0()
    {
        var fit = new IndexFit();
        for (var course = 0; course < 60; course++)
        {
            var rates = IndexPriors.Default.Shrink(new(new(10 * course, 1_000), new(10 * course, 1_000), new(100, 1_000)));
            fit.Learn($"course-{course}", [new(rates, 0.5)], new(600 - (9 * course), 1_000));
        }

        var slope = fit.Read("course-1", IndexPriors.Default.Shrink(default), 0.5, isRandomised: false).Slope.Slope;

        Assert.InRange(slope.Low, 0, 0.02);
        Assert.InRange(slope.Value, slope.Low, 0.1);
    }

    private static List<IndexFits.Cohort> Draw(Random random, string name, bool isSlope) =>
        [.. Enumerable.Range(0, Cohorts).Select(i => IndexFits.Cohort.Draw(random, $"{name}-{i}", isSlope))];
}
