using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Prediction.Completion.Evaluation;
using CourseCompletion.Prediction.Completion.Training;
using Xunit;

namespace CourseCompletion.UnitTests.Completion.Evaluation;

public class GroupReportTests
{
    private static readonly GroupColumn _region = new("region", outcome => outcome.Learner.Value.Split('-')[0]);

    [Fact]
    public void Of_Groups_TheLargestComesFirstAndSmallOnesStandTogether()
    {
        var rows = Rows("south", 30, 10, 0).Concat(Rows("north", 40, 20, 0)).Concat(Rows("east", 12, 3, 0)).Concat(Rows("west", 19, 4, 0)).ToList();

        var reports = GroupReport.Of(rows, [_region], 20);

        Assert.Equal(["north", "south", GroupReport.SmallGroups], reports.Select(report => report.Value));
        Assert.Equal([(40, 20), (30, 10), (31, 7)], reports.Select(report => (report.Count, report.Positives)));
    }

    [Fact]
    public void Of_OneGroupIsUnderrated_ItsIntervalLiesAboveZeroAndTheOthersHoldsIt()
    {
        var rows = Rows("fair", 400, 200, 0).Concat(Rows("underrated", 400, 300, 0)).ToList();

        var reports = GroupReport.Of(rows, [_region], 200).ToDictionary(report => report.Value);

        Assert.Equal(0.25, reports["underrated"].InTheLarge.Value, 9);
        Assert.Equal(1.959964 * Math.Sqrt(0.25 * 0.75 / 400), reports["underrated"].InTheLarge.High - 0.25, 6);
        Assert.True(reports["fair"].InTheLarge is { Low: < 0, High: > 0 });
        Assert.True(reports["underrated"].Ece.Low > 0.1 && reports["fair"].Ece.Low < 0.05);
        Assert.Equal((0.75, 0.5), (reports["underrated"].BaseRate, reports["underrated"].MeanProbability));
    }

    [Fact]
    public void Of_RowsOfOneLearner_CountAsOneObservation()
    {
        var rows = Rows("all", 200, 100, 0).ToList();
        var twice = rows.Concat(rows).ToList();

        var (once, doubled) = (GroupReport.Of(rows, [_region], 5)[0].InTheLarge, GroupReport.Of(twice, [_region], 5)[0].InTheLarge);

        Assert.Equal(once.High - once.Low, doubled.High - doubled.Low, 9);
    }

    [Fact]
    public void Of_AllEndedAlike_HasNoAuc() => Assert.True(double.IsNaN(GroupReport.Of([.. Rows("all", 25, 25, 0)], [_region], 5)[0].Auc));

    // Positives are spread evenly over the rows, so that bins of equal probabilities are alike.
    private static IEnumerable<ScoredRow> Rows(string region, int count, int positives, double logit) => Enumerable.Range(0, count)
        .Select(i => new ScoredRow(7, new EnrolmentOutcome(new LearnerId($"{region}-{i}"), new CourseId("c"), 0, i * positives % count < positives), logit, 0, 0, false));
}
