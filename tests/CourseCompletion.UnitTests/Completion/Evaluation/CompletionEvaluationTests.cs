using CourseCompletion.Prediction.Completion.Evaluation;
using CourseCompletion.Prediction.Completion.Training;
using CourseCompletion.UnitTests.Completion.Training;
using Xunit;

namespace CourseCompletion.UnitTests.Completion.Evaluation;

public class CompletionEvaluationTests
{
    private static readonly EvaluationOptions _options = new([7, 14], new() { Boosting = new() { Trees = 30, Leaves = 6, LeafRowsMin = 10, Threads = 1 } });

    [Fact]
    public void CrossValidate_Class_ScoresEachRowAtRiskOnceAndBetterThanChance()
    {
        var history = HistoryBuilder.Class(300);

        var rows = Evaluation().CrossValidate(history, 5);

        Assert.Equal(rows.Count, rows.Select(row => (row.Outcome.Learner, row.CutoffDay)).Distinct().Count());
        Assert.All(_options.CutoffDays, day => Assert.True(CutoffReport.Of([.. rows.Where(row => row.CutoffDay == day)], [], 50).Auc.Value > 0.6));
    }

    // A label that the scores depended on would be a test label used in training.
    [Fact]
    public void TrainAndTest_TestLabelsTurnedRound_ChangesNoScore()
    {
        var (train, test) = (HistoryBuilder.Class(200), HistoryBuilder.Class(120));
        var turned = test with { Outcomes = [.. test.Outcomes.Select(outcome => outcome with { Completed = !outcome.Completed })] };

        Assert.Equal(Scores(Evaluation().TrainAndTest(train, test)), Scores(Evaluation().TrainAndTest(train, turned)));
    }

    [Fact]
    public void CrossValidate_LabelsOfOneFoldTurnedRound_ChangesNoneOfItsScores()
    {
        var history = HistoryBuilder.Class(200);
        // Sorted as text, course-0 and course-5 are the first fold of five.
        bool IsFirst(EnrolmentOutcome outcome) => outcome.Course.Value is "course-0" or "course-5";
        var turned = history with { Outcomes = [.. history.Outcomes.Select(outcome => IsFirst(outcome) ? outcome with { Completed = !outcome.Completed } : outcome)] };

        var (before, after) = (Evaluation().CrossValidate(history, 5), Evaluation().CrossValidate(turned, 5));

        Assert.Equal(Scores(before.Where(row => IsFirst(row.Outcome))), Scores(after.Where(row => IsFirst(row.Outcome))));
        Assert.NotEqual(Scores(before.Where(row => !IsFirst(row.Outcome))), Scores(after.Where(row => !IsFirst(row.Outcome))));
    }

    [Fact]
    public void TrainAndTest_LearnersInBoth_AreMarkedAsKnown()
    {
        var (train, test) = (HistoryBuilder.Class(60), HistoryBuilder.Class(90));

        var rows = Evaluation().TrainAndTest(train, test);

        Assert.All(rows, row => Assert.Equal(train.Learners.ContainsKey(row.Outcome.Learner), row.IsKnownLearner));
        Assert.Contains(rows, row => !row.IsKnownLearner);
    }

    private static CompletionEvaluation Evaluation() => new(_options, new Progress<TrainingProgress>(), CancellationToken.None);

    private static List<string> Scores(IEnumerable<ScoredRow> rows) =>
        [.. rows.Select(row => $"{row.Outcome.Learner} {row.CutoffDay} {row.Logit:R} {row.Logistic:R} {row.Recency:R}")];
}
