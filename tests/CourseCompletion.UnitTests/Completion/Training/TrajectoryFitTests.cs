using CourseCompletion.Domain.Completion;
using CourseCompletion.Prediction.Completion;
using CourseCompletion.Prediction.Completion.Training;
using Xunit;

namespace CourseCompletion.UnitTests.Completion.Training;

public class TrajectoryFitTests
{
    // The logit is the elapsed share in tenths.
    private static readonly AdditiveModel _model = ModelOfTheElapsedShare();

    [Fact]
    public void Of_SnapshotsAllOverTheCourse_HasTheQuantilesOfThoseWhoCompletedThen()
    {
        var history = HistoryBuilder.Class(60);
        var completed = history.Outcomes.Select((outcome, index) => (outcome, index)).Where(pair => pair.outcome.Completed).Select(pair => pair.index).ToList();
        var others = Enumerable.Range(0, history.Outcomes.Count).Except(completed);
        var rows = Enumerable.Range(0, 101).SelectMany(percent => completed.Select(outcome => Row(outcome, percent / 100f)).Concat(others.Select(outcome => Row(outcome, 0.5f))));

        var trajectory = TrajectoryFit.Of(history, rows, _model);

        Assert.Equal(5, trajectory.LogitAt(0.5, 0.5), 0.15);
        Assert.Equal(9.75, trajectory.LogitAt(0.5, 1), 0.15);
        Assert.InRange(trajectory.LogitAt(0.02, 0.5), 4.49, 4.6);
    }

    [Fact]
    public void Of_TimesWithoutEnoughSnapshots_TakesTheNearestThatHas()
    {
        var history = HistoryBuilder.Class(60);
        var completed = history.Outcomes.Select((outcome, index) => (outcome, index)).First(pair => pair.outcome.Completed).index;
        var rows = Enumerable.Repeat(0, 60).Select(_ => Row(completed, 0.3f)).Append(Row(completed, 0.9f));

        var trajectory = TrajectoryFit.Of(history, rows, _model);

        Assert.Equal((3, 3), (trajectory.LogitAt(0.25, 0), trajectory.LogitAt(0.25, 1)));
    }

    [Fact]
    public void Of_NobodyCompleted_PutsEverybodyOnTrackAboveEvenOdds() =>
        Assert.All(TrajectoryFit.Of(HistoryBuilder.Class(1), [], _model).Logits.ToArray(), logit => Assert.Equal(0, logit));

    private static SnapshotRow Row(int outcome, float elapsed)
    {
        var vector = new float[CompletionFeatures.Count];
        vector[FeatureIndex.ElapsedShare] = elapsed;
        return new(outcome, 0, -1, CourseView.AsDefined, vector);
    }

    private static AdditiveModel ModelOfTheElapsedShare()
    {
        var part = LinearPart.None(CompletionFeatures.Count);
        (part.Scales[FeatureIndex.ElapsedShare], part.Base[FeatureIndex.ElapsedShare]) = (1, 10);
        return new(part, new(CompletionFeatures.Count, []));
    }
}
