using CourseCompletion.Domain.Completion;
using CourseCompletion.Prediction.Completion;
using CourseCompletion.Prediction.Completion.Default;
using Xunit;

namespace CourseCompletion.UnitTests.Completion;

public class CompletionModelTests
{
    private static readonly CompletionModel _model = DefaultCompletionModel.Load() with { Spread = new([0.8f, 0.6f, 0.4f, 0.4f, 0.4f, 0.4f, 0.2f], 1) };

    [Theory]
    [InlineData(0, 0.8)]
    [InlineData(3, 0.8)]
    [InlineData(7, 0.6)]
    [InlineData(28, 0.4)]
    [InlineData(500, 0.2)]
    [InlineData(-1, 1)]
    public void IntervalOf_Days_IsAsWideAsTheSpreadThere(int day, double spread)
    {
        var (low, high) = _model.IntervalOf(At(day), 0.3);

        Assert.Equal(PortableMath.Logistic(0.3 - (1.28155 * spread)), low, 1e-4);
        Assert.Equal(PortableMath.Logistic(0.3 + (1.28155 * spread)), high, 1e-4);
    }

    [Fact]
    public void Spread_BetweenKnots_RunsStraight()
    {
        var (before, between, after) = (_model.Spread.Of(At(3)), _model.Spread.Of(At(5)), _model.Spread.Of(At(7)));

        Assert.True(after < between && between < before);
    }

    // A day of -1 is a course without dates.
    private static float[] At(int day)
    {
        var vector = new float[CompletionFeatures.Count];
        (vector[FeatureIndex.ElapsedShare], vector[FeatureIndex.ElapsedDays]) = day < 0 ? (-1, 0) : (0.5f, (float)PortableMath.Log1P(day));
        return vector;
    }
}
