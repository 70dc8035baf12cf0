using CourseCompletion.Cli.Completion;
using CourseCompletion.Cli.Replay.Neutral;
using CourseCompletion.Datasets;
using CourseCompletion.Domain.Completion;
using CourseCompletion.Prediction.Completion;
using CourseCompletion.Prediction.Completion.Evaluation;
using CourseCompletion.Prediction.Completion.Training;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Completion;

public class EvaluationDataTests
{
    // The AUC of recency alone was measured elsewhere, by other code, on the same rows: it pins the population, the cut-offs and the labels.
    [DatasetFact("kddcup2015/events.csv.gz", "kddcup2015/outcomes.csv.gz")]
    public void Take_KddCup2015_HasTheRowsOfTheReference()
    {
        var history = HistoryReader.Read(
            new NeutralLayout(Dataset.PathOf("kddcup2015")), CompletionTarget.Persisted10Days, new(), new Progress<int>(), CancellationToken.None);

        var rows = SnapshotRows.Take(history, [7, 14, 21, 30], new InstantPlan(1, 1), [CourseView.AsDefined], null, CancellationToken.None).Evaluation;

        Assert.Equal(
            ["7 20845 0.6510", "14 28650 0.7118", "21 35059 0.7482", "30 41963 0.7966"],
            rows.GroupBy(row => row.CutoffDay).OrderBy(group => group.Key).Select(group => $"{group.Key} {group.Count()} {Recency(history, group):F4}"));
    }

    private static double Recency(CompletionHistory history, IEnumerable<SnapshotRow> rows) => RankingMetrics.Auc(
        [.. rows.Select(row => -(double)row.Vector[FeatureIndex.HoursSilent])], [.. rows.Select(row => history.Outcomes[row.Outcome].Completed)]);
}
