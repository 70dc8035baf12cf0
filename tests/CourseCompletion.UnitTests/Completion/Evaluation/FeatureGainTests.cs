using CourseCompletion.Domain.Completion;
using CourseCompletion.Prediction.Completion;
using CourseCompletion.Prediction.Completion.Evaluation;
using Xunit;

namespace CourseCompletion.UnitTests.Completion.Evaluation;

public class FeatureGainTests
{
    // feature 1 <= 0.5 ? (feature 0 <= -1 ? 1 : 2) : -4, with the steps 2.5, then 0.5 either way, or -3.
    private static readonly Tree _tree = new([new(0.5f, 1, 1, 4), new(-1, 0, 1, 2), default, default, default], [-1, 1.5f, 1, 2, -4]);

    [Fact]
    public void Of_TreeAndLinearPart_AreSharesOfTheSquaredChanges()
    {
        var linear = LinearPart.None(CompletionFeatures.Count);
        (linear.Scales[1], linear.Base[1], linear.Scales[2], linear.Base[2]) = (1, 2, 1, 1);
        var model = new AdditiveModel(linear, new TreeEnsemble(CompletionFeatures.Count, [_tree]));

        var gains = FeatureGain.Of(model, [Row(-2, 0, 3), Row(-2, 1, 0)], CancellationToken.None);

        Assert.Equal(
            [
                (CompletionFeatures.Names[1], (6.25 + 9) / 15.5, 4.0 / 13),
                (CompletionFeatures.Names[2], 0, 9.0 / 13),
                (CompletionFeatures.Names[0], 0.25 / 15.5, 0),
            ],
            gains.Select(gain => (gain.Feature, gain.Trees, gain.Linear)));
    }

    [Fact]
    public void Of_NoRows_HasNoGains() =>
        Assert.Empty(FeatureGain.Of(new(LinearPart.None(CompletionFeatures.Count), new TreeEnsemble(CompletionFeatures.Count, [_tree])), [], CancellationToken.None));

    private static float[] Row(params float[] first)
    {
        var row = new float[CompletionFeatures.Count];
        first.CopyTo(row, 0);
        row[FeatureIndex.ElapsedShare] = -1;
        return row;
    }
}
