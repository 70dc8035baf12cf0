using CourseCompletion.Domain.Completion;
using CourseCompletion.Prediction.Completion.Evaluation;
using Xunit;

namespace CourseCompletion.UnitTests.Completion.Evaluation;

public class CalibrationMetricsTests
{
    [Fact]
    public void DebiasedEce_CalibratedProbabilities_IsAboutZero()
    {
        var (logits, probabilities, labels) = Sample(3_000, shift: 0);

        var estimate = CalibrationMetrics.DebiasedEce(probabilities, labels, 200);

        Assert.True(Math.Abs(estimate.Value) < 0.01 && estimate.Low < 0 && estimate.High > 0, estimate.ToString());
        Assert.True(CalibrationMetrics.Ece(probabilities, labels) > estimate.Value);
        Assert.InRange(CalibrationMetrics.Line(logits, labels).Slope, 0.9, 1.1);
    }

    [Fact]
    public void DebiasedEce_ProbabilitiesShiftedByOneLogit_IsLarge()
    {
        var (logits, probabilities, labels) = Sample(3_000, shift: 1);

        Assert.True(CalibrationMetrics.DebiasedEce(probabilities, labels, 200).Low > 0.1);
        Assert.InRange(CalibrationMetrics.Line(logits, labels).Intercept, -1.2, -0.8);
    }

    [Fact]
    public void Ece_WrittenOutExample_IsTheMeanDistance() =>
        Assert.Equal(0.5, CalibrationMetrics.Ece([.. Enumerable.Repeat(0.5, 30)], [.. Enumerable.Range(0, 30).Select(i => i % 4 < 2)]), 1e-12);

    [Fact]
    public void Brier_WrittenOutExample_IsTheMeanSquare() => Assert.Equal((0.04 + 0.25) / 2, CalibrationMetrics.Brier([0.8, 0.5], [true, false]), 1e-12);

    private static (double[] Logits, double[] Probabilities, bool[] Labels) Sample(int count, double shift)
    {
        var chance = new Random(3);
        var truth = Enumerable.Range(0, count).Select(_ => (chance.NextDouble() * 4) - 2).ToArray();
        var labels = truth.Select(logit => chance.NextDouble() < PortableMath.Logistic(logit)).ToArray();
        var logits = truth.Select(logit => logit + shift).ToArray();
        return (logits, [.. logits.Select(PortableMath.Logistic)], labels);
    }
}
