using CourseCompletion.Domain.Completion;
using CourseCompletion.Prediction.Completion;
using CourseCompletion.Prediction.Completion.Training;
using Xunit;

namespace CourseCompletion.UnitTests.Completion.Training;

public class CompletionTrainerTests
{
    private static readonly TrainingOptions _options = new() { Boosting = new() { Trees = 60, Leaves = 8, LeafRowsMin = 10, Threads = 1 }, LinearL2 = 3 };

    private static readonly (AdditiveModel Model, SnapshotRow[] Rows) _trained = Train();

    // Over real vectors: of each constrained feature more, all else equal.
    [Fact]
    public void Train_MoreOfAConstrainedFeature_NeverGoesTheWrongWay()
    {
        var violations = 0;
        foreach (var row in _trained.Rows)
        {
            var before = _trained.Model.Sum(row.Vector);
            for (var i = 0; i < CompletionFeatures.Count; i++)
            {
                foreach (var more in new[] { 0.05f, 0.5f, 3 })
                {
                    var changed = (float[])row.Vector.Clone();
                    changed[i] += more;
                    violations += MonotoneFeatures.Signs[i] * (_trained.Model.Sum(changed) - before) < -1e-5 ? 1 : 0;
                }
            }
        }

        Assert.Equal(0, violations);
        Assert.Contains(1, MonotoneFeatures.Signs);
        Assert.Contains(-1, MonotoneFeatures.Signs);
    }

    [Fact]
    public void Attribute_AnyRow_AddsUpToTheLogit() => Assert.All(_trained.Rows, row =>
    {
        var contributions = new double[CompletionFeatures.Count];

        Assert.Equal(_trained.Model.Sum(row.Vector), _trained.Model.Attribute(row.Vector, contributions), 1e-9);
        Assert.Equal(_trained.Model.Sum(row.Vector), _trained.Model.Bias + contributions.Sum(), 1e-9);
    });

    [Fact]
    public void Train_LinearPart_UsesFeaturesAndKeepsTheirSigns()
    {
        var linear = _trained.Model.Linear;

        Assert.Contains(linear.Base, weight => weight != 0);
        Assert.Contains(linear.Changes, change => change != 0);
        for (var i = 0; i < linear.Changes.Length; i++)
        {
            var feature = i % CompletionFeatures.Count;
            Assert.True(MonotoneFeatures.Signs[feature] * (linear.Base[feature] + linear.Changes[i]) >= 0, CompletionFeatures.Names[feature]);
            Assert.True(MonotoneFeatures.Signs[feature] * linear.Base[feature] >= 0, CompletionFeatures.Names[feature]);
        }
    }

    [Fact]
    public void Train_Mean_IsThatOfTheLabels()
    {
        var history = HistoryBuilder.Class(400);
        var rows = CompletionTrainer.ToRows(history, _trained.Rows, []);
        var (predicted, happened) = (0.0, 0.0);
        for (var row = 0; row < rows.Count; row++)
        {
            predicted += rows.Weights[row] * PortableMath.Logistic(_trained.Model.Sum(rows.Row(row)));
            happened += rows.Weights[row] * rows.Labels[row];
        }

        Assert.Equal(1, predicted / happened, 0.03);
    }

    [Fact]
    public void Train_Sum_IsTheMeanOfALinearPartAndTreesOfTheirOwn()
    {
        var (linear, trees) = (Train(_options with { LinearShare = 1 }).Model, Train(_options with { LinearShare = 0 }).Model);

        Assert.All(_trained.Rows, row => Assert.Equal((linear.Sum(row.Vector) + trees.Sum(row.Vector)) / 2, _trained.Model.Sum(row.Vector), 1e-5));
        Assert.NotEqual(linear.Sum(_trained.Rows[0].Vector), trees.Sum(_trained.Rows[0].Vector), 1e-3);
    }

    private static (AdditiveModel Model, SnapshotRow[] Rows) Train() => Train(_options);

    private static (AdditiveModel Model, SnapshotRow[] Rows) Train(TrainingOptions options)
    {
        var history = HistoryBuilder.Class(400);
        var rows = SnapshotRows.Take(history, [], new InstantPlan(null, 1), [CourseView.AsDefined], null, CancellationToken.None).Training;
        return (CompletionTrainer.Train(history, rows, options, new Progress<TrainingProgress>(), "", CancellationToken.None), [.. rows]);
    }
}
