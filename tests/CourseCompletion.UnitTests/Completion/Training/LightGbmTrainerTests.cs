using System.Text;
using CourseCompletion.Domain.Completion;
using CourseCompletion.Prediction.Completion.Training;
using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace CourseCompletion.UnitTests.Completion.Training;

public class LightGbmTrainerTests
{
    private const int Width = 12;

    private static readonly BoostingOptions _options = new() { Trees = 200, Leaves = 31, LeafRowsMin = 20, Threads = 1 };

    [Fact]
    public void Train_ModelReadByMlNetToo_ScoresAgreeWithin1e6()
    {
        var rows = Rows(3_000);
        var text = LightGbmTrainer.TrainToText(rows, _options, [], null, CancellationToken.None);
        var own = LightGbmModelText.Parse(text);
        var context = new MLContext(seed: 1);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var theirs = context.BinaryClassification.Trainers.LightGbm(stream, nameof(Row.Features))
            .Fit(context.Data.LoadFromEnumerable([new Row { Features = rows.Row(0).ToArray() }]));
        var engine = context.Model.CreatePredictionEngine<Row, Scored>(theirs);

        Assert.Equal(200, own.Trees.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            var features = rows.Row(i).ToArray();
            var expected = PortableMath.Logistic(engine.Predict(new() { Features = features }).Score);
            Assert.True(Math.Abs(expected - PortableMath.Logistic(own.Sum(features))) <= 1e-6, $"Row {i}: {PortableMath.Logistic(own.Sum(features))} is not {expected}.");
        }
    }

    [Fact]
    public void Train_SameRowsTwice_GivesTheSameTrees()
    {
        var rows = Rows(1_000);

        Assert.Equal(
            LightGbmTrainer.TrainToText(rows, _options, [], null, CancellationToken.None),
            LightGbmTrainer.TrainToText(rows, _options, [], null, CancellationToken.None));
    }

    [Fact]
    public void Train_MonotoneFeature_NeverGoesTheOtherWay()
    {
        var rows = Rows(2_000);
        int[] signs = [1, -1, .. new int[Width - 2]];
        var ensemble = LightGbmTrainer.Train(rows, _options with { Monotone = signs }, [], null, CancellationToken.None);
        for (var i = 0; i < 300; i++)
        {
            var vector = rows.Row(i).ToArray();
            var (before, raised, lowered) = (ensemble.Sum(vector), ensemble.Sum(With(vector, 0, 0.3f)), ensemble.Sum(With(vector, 1, 0.3f)));

            Assert.True(raised >= before - 1e-6 && lowered <= before + 1e-6, $"Row {i}: {before}, with more of feature 0 {raised}, of feature 1 {lowered}.");
        }
    }

    [Fact]
    public void Train_WithoutConstraint_DoesGoTheOtherWay()
    {
        var rows = Rows(2_000);
        var ensemble = LightGbmTrainer.Train(rows, _options, [], null, CancellationToken.None);

        Assert.Contains(Enumerable.Range(0, 300), i => ensemble.Sum(With(rows.Row(i).ToArray(), 0, 0.3f)) < ensemble.Sum(rows.Row(i)) - 1e-6);
    }

    [Fact]
    public void Train_Cancelled_Stops()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => LightGbmTrainer.Train(Rows(200), _options, [], null, cancelled.Token));
    }

    [Fact]
    public void Train_OptionsThatLightGbmRefuses_SaysItsWords()
    {
        var error = Assert.Throws<InvalidOperationException>(() => LightGbmTrainer.Train(Rows(200), _options with { Leaves = 1 }, [], null, CancellationToken.None));

        Assert.StartsWith("LightGBM: ", error.Message);
    }

    private static float[] With(float[] vector, int feature, float more)
    {
        var changed = (float[])vector.Clone();
        changed[feature] += more;
        return changed;
    }

    // The label follows the first three features, with noise.
    private static FeatureRows Rows(int count)
    {
        var chance = new Random(7);
        var rows = new FeatureRows(Width);
        var vector = new float[Width];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < Width; j++)
            {
                vector[j] = (float)((chance.NextDouble() * 4) - 2);
            }

            var logit = vector[0] - vector[1] + (vector[2] * vector[3]);
            rows.Add(vector, chance.NextDouble() < PortableMath.Logistic(logit), 1);
        }

        return rows;
    }

    private sealed class Row
    {
        [VectorType(Width)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }

    private sealed class Scored
    {
        public float Score { get; set; }
    }
}
