using CourseCompletion.Domain.Completion;
using CourseCompletion.Prediction.Completion.Training;
using Xunit;

namespace CourseCompletion.UnitTests.Completion.Training;

public class FeatureSelectionTests
{
    [Fact]
    public void Parse_NamesAndBeginnings_AreTheirFeatures() =>
        Assert.Equal(["video_6h", "video_1d", "video_3d", "video_7d", "video_28d", "speed", "video_all"], FeatureSelection.Parse(["speed", "video_*", "video_1d"]).Select(i => CompletionFeatures.Names[i]));

    [Theory]
    [InlineData("vide")]
    [InlineData("nothing_*")]
    public void Parse_NoSuchFeature_IsRefused(string name) => Assert.Contains(name, Assert.Throws<ArgumentException>(() => FeatureSelection.Parse([name])).Message);

    [Fact]
    public void Parse_NotPortable_AreFeaturesOfThisRelease() => Assert.NotEmpty(FeatureSelection.Parse(FeatureSelection.NotPortable));

    [Fact]
    public void Train_FeaturesLeftOut_MatterToNoPart()
    {
        var history = HistoryBuilder.Class(200);
        var rows = SnapshotRows.Take(history, [], new InstantPlan(null, 1), CourseViews.All, null, CancellationToken.None).Training;
        var leftOut = FeatureSelection.Parse(["any_*", "active_days_*"]);
        var options = new TrainingOptions { Boosting = new() { Trees = 20, Leaves = 8, LeafRowsMin = 5, Threads = 1 }, LeftOut = leftOut };

        var model = CompletionTrainer.Train(history, rows, options, new Progress<TrainingProgress>(), "", CancellationToken.None);

        Assert.All(leftOut, i => Assert.Equal(0, model.Linear.Scales[i]));
        Assert.DoesNotContain(model.Trees.Trees.SelectMany(tree => tree.Nodes), node => !node.IsLeaf && leftOut.Contains(node.Feature));
        Assert.Contains(model.Trees.Trees.SelectMany(tree => tree.Nodes), node => !node.IsLeaf);
    }
}
