using CourseCompletion.Domain.Campaigns.Effects;
using Xunit;

namespace CourseCompletion.UnitTests.Campaigns.Effects;

public class ConfidenceSequenceTests
{
    // s * sqrt(2 (t rho^2 + 1) / (t^2 rho^2) * ln(sqrt(t rho^2 + 1) / alpha)) with s = 1, as the paper has it.
    [Fact]
    public void Deviations_AnyCount_AreThePapersFormula()
    {
        var rhoSquared = ((-2 * Math.Log(0.05)) + Math.Log(1 - (2 * Math.Log(0.05)))) / 1_000;
        var expected = Math.Sqrt(2 * ((400 * rhoSquared) + 1) / (400.0 * 400 * rhoSquared) * Math.Log(Math.Sqrt((400 * rhoSquared) + 1) / 0.05));

        Assert.Equal(expected, ConfidenceSequence.Deviations(400, 1_000, 0.05) / Math.Sqrt(400), 12);
        Assert.Equal(3.04, ConfidenceSequence.Deviations(1_000, 1_000, 0.05), 2);
    }

    [Fact]
    public void Deviations_AtTheTunedCount_AreNearlyTheLeastOfAllTunings() => Assert.InRange(
        ConfidenceSequence.Deviations(1_000, 1_000, 0.05), 0, 1.001 * Enumerable.Range(1, 100).Min(i => ConfidenceSequence.Deviations(1_000, i * 50, 0.05)));

    // The Bayes factor of the t-test with unknown variance is 1 / alpha at the half-width.
    [Theory]
    [InlineData(8, 6)]
    [InlineData(16, 14)]
    [InlineData(40, 25.5)]
    public void StudentDeviations_AnyDegrees_AreWhereTheBayesFactorReachesOneInAlpha(int count, double degrees)
    {
        var ratio = count / 16.0 * ((-2 * Math.Log(0.05)) + Math.Log(1 - (2 * Math.Log(0.05))));
        var squared = Math.Pow(ConfidenceSequence.StudentDeviations(count, 16, 0.05, degrees), 2);

        Assert.Equal(20, Math.Pow(1 + ratio, -0.5) * Math.Pow((1 + (squared / degrees)) / (1 + (squared / (degrees * (1 + ratio)))), (degrees + 1) / 2), 9);
    }

    [Fact]
    public void StudentDeviations_ManyDegrees_AreThoseOfAKnownVariance()
    {
        Assert.Equal(ConfidenceSequence.Deviations(1_000, 1_000, 0.05), ConfidenceSequence.StudentDeviations(1_000, 1_000, 0.05, 1e9), 6);
        Assert.Equal(double.PositiveInfinity, ConfidenceSequence.StudentDeviations(4, 16, 0.05, 2));
    }

    [Fact]
    public void OneSidedDeviations_SameAlpha_AreFewer() =>
        Assert.InRange(ConfidenceSequence.OneSidedDeviations(1_000, 1_000, 0.05), 2.5, ConfidenceSequence.Deviations(1_000, 1_000, 0.05) - 0.1);
}
