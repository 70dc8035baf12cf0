using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Completion.Calibration;
using CourseCompletion.Domain.Learners;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Completion.Calibration;

public class CalibratedCompletionPredictorTests
{
    private static readonly CalibratedCompletionPredictor _predictor = new(new StubPredictor(), new(1_234, 0.8, -0.5, []), 0.25);

    [Fact]
    public void Score_Logit_IsReadByTheLine() =>
        Assert.All([-12f, -2f, 0f, 1.5f, 9f], logit => Assert.Equal(PortableMath.Logistic(0.25 + (0.8 * logit)), _predictor.Score([logit]), 2e-5));

    [Fact]
    public void Score_HigherLogit_IsNeverLower()
    {
        var scores = Enumerable.Range(-2_000, 4_001).Select(i => _predictor.Score([i / 100f])).ToList();

        Assert.Equal(scores.Order(), scores);
    }

    [Fact]
    public void ModelVersion_SaysAfterHowManyLabels() => Assert.Equal("stub+1234", _predictor.ModelVersion);

    // Those who completed are read by the same line, so nobody's standing among them changes.
    [Fact]
    public void Trajectory_AnyLearner_StandsInTheSameBandAsBefore() => Gen.Select(Gen.Float[-7, 7], Gen.Double[0, 1]).Sample((logit, elapsed) =>
        Assert.Equal(BandOf(new StubPredictor(), logit, elapsed), BandOf(_predictor, logit, elapsed)));

    [Fact]
    public void Explain_Contributions_AddUpToTheCalibratedLogit()
    {
        Span<double> contributions = [0];

        var logit = _predictor.Explain([2], contributions);

        Assert.Equal(0.25 + (0.8 * 2), logit, 1e-12);
        Assert.Equal(0.8 * 2, contributions[0], 1e-12);
        Assert.Equal(0.4f, _predictor.DeviationOf([2]), 1e-6f);
    }

    [Fact]
    public void Score_Twice_AllocatesNothing()
    {
        ReadOnlySpan<float> vector = [1];
        _predictor.Score(vector);

        var before = GC.GetAllocatedBytesForCurrentThread();
        _predictor.Score(vector);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    // Half-way between borders, so that the rounding of a probability does not decide.
    private static CompletionBand BandOf(ICompletionPredictor predictor, float logit, double elapsed) => BandRules.Next(
        CompletionBand.None, EnrolmentStatus.Active, predictor.Score([MathF.Round(logit) + 0.5f]), Math.Round(elapsed * 10) / 10 is var tenth && tenth > 0.55 ? 0 : 1, predictor.Trajectory, BandPolicy.Default);
}
