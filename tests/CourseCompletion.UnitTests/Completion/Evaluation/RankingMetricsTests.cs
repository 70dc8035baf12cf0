using CourseCompletion.Prediction.Completion.Evaluation;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Completion.Evaluation;

public class RankingMetricsTests
{
    private static readonly Gen<(double Score, bool Label)[]> _rows =
        Gen.Select(Gen.Int[0, 8].Select(i => i / 8.0), Gen.Bool).Array[2, 40].Where(rows => rows.Select(r => r.Item2).Distinct().Count() == 2);

    [Fact]
    public void Auc_AnyRows_IsTheShareOfPairsInOrder() => _rows.Sample(rows =>
    {
        var pairs = (from p in rows where p.Label from n in rows where !n.Label select p.Score > n.Score ? 1 : p.Score == n.Score ? 0.5 : 0).ToList();

        Assert.Equal(pairs.Average(), RankingMetrics.Auc([.. rows.Select(r => r.Score)], [.. rows.Select(r => r.Label)]), 1e-12);
    });

    [Fact]
    public void AveragePrecision_WrittenOutExample_IsTheMeanOfThePrecisions() =>
        Assert.Equal((1 + (2.0 / 3)) / 2, RankingMetrics.AveragePrecision([0.9, 0.8, 0.7, 0.1], [true, false, true, false]), 1e-12);

    [Fact]
    public void AveragePrecision_AllTied_IsTheBaseRate() =>
        Assert.Equal(0.25, RankingMetrics.AveragePrecision([0.5, 0.5, 0.5, 0.5], [false, true, false, false]), 1e-12);

    [Fact]
    public void RecallAtTop_Fifth_CountsItsPositives() =>
        Assert.Equal(0.5, RankingMetrics.RecallAtTop([0.1, 0.2, 0.9, 0.3, 0.4], [true, false, true, false, false], 0.2));

    [Fact]
    public void Bootstrap_AnyRows_HoldsTheAucAndIsTheSameEachTime()
    {
        var scores = Enumerable.Range(0, 200).Select(i => i % 37 / 37.0).ToArray();
        var labels = Enumerable.Range(0, 200).Select(i => (i % 37) + (i % 11 * 3) > 35).ToArray();
        var learners = Enumerable.Range(0, 200).Select(i => $"l{i / 2}").ToArray();

        var estimate = AucBootstrap.Of(scores, labels, learners, 300);

        Assert.True(estimate.Low < estimate.Value && estimate.Value < estimate.High, estimate.ToString());
        Assert.Equal(RankingMetrics.Auc(scores, labels), estimate.Value);
        Assert.Equal(estimate, AucBootstrap.Of(scores, labels, learners, 300));
    }
}
