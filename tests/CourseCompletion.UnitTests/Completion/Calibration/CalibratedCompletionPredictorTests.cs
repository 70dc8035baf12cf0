using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Calibration;
using CourseCompletion.Domain.Courses;
using Xunit;

namespace CourseCompletion.UnitTests.Completion.Calibration;

public class CalibratedCompletionPredictorTests
{
    private static readonly CalibrationSnapshot _calibration = new(0.8, -0.5, [KeyValuePair.Create(new CourseId("algebra"), 0.25)]);

    [Theory]
    [InlineData("algebra", 0.25)]
    [InlineData("elsewhere", -0.5)]
    public void Score_Logit_IsReadByTheCoursesLine(string course, double intercept)
    {
        var predictor = new CalibratedCompletionPredictor(new Stub(), _calibration, new(course));

        foreach (var logit in new[] { -12f, -2f, 0f, 1.5f, 9f })
        {
            Assert.Equal(PortableMath.Logistic(intercept + (0.8 * logit)), predictor.Score([logit]), 2e-5);
        }
    }

    [Fact]
    public void Score_HigherLogit_IsNeverLower()
    {
        var predictor = new CalibratedCompletionPredictor(new Stub(), _calibration, new("algebra"));

        var scores = Enumerable.Range(-2_000, 4_001).Select(i => predictor.Score([i / 100f])).ToList();

        Assert.Equal(scores.Order(), scores);
    }

    [Fact]
    public void Explain_Contributions_AddUpToTheCalibratedLogit()
    {
        var predictor = new CalibratedCompletionPredictor(new Stub(), _calibration, new("algebra"));
        Span<double> contributions = [0];

        var logit = predictor.Explain([2], contributions);

        Assert.Equal(0.25 + (0.8 * 2), logit, 1e-12);
        Assert.Equal(0.8 * 2, contributions[0], 1e-12);
    }

    [Fact]
    public void Score_Twice_AllocatesNothing()
    {
        var predictor = new CalibratedCompletionPredictor(new Stub(), _calibration, new("algebra"));
        ReadOnlySpan<float> vector = [1];
        predictor.Score(vector);

        var before = GC.GetAllocatedBytesForCurrentThread();
        predictor.Score(vector);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    // Its only feature is the logit.
    private sealed class Stub : ICompletionPredictor
    {
        public string ModelVersion => "stub";

        public int FeatureVersion => CompletionFeatures.Version;

        public float Score(ReadOnlySpan<float> features) => (float)PortableMath.Logistic(features[0]);

        public double Explain(ReadOnlySpan<float> features, Span<double> contributions)
        {
            contributions[0] += features[0];
            return features[0];
        }

        public float TypicalOf(int feature) => 0;
    }
}
