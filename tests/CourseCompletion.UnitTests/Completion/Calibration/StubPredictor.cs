using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Bands;

namespace CourseCompletion.UnitTests.Completion.Calibration;

/// <summary>A model whose logit is the first feature plus a constant.</summary>
internal sealed class StubPredictor(string name = "stub", float lift = 0) : ICompletionPredictor
{
    public string ModelVersion => name;

    public int FeatureVersion => CompletionFeatures.Version;

    public int HorizonDays => 100;

    public CompleterTrajectory Trajectory { get; } = new(
        [.. Enumerable.Range(0, CompleterTrajectory.PointCount).SelectMany(point => Enumerable.Range(0, 7).Select(level => -4 + level + (0.2f * point)))]);

    public float Score(ReadOnlySpan<float> features) => (float)PortableMath.Logistic(features[0] + lift);

    public float DeviationOf(ReadOnlySpan<float> features) => 0.5f;

    public StopForecast? StopOf(ReadOnlySpan<float> features) => null;

    public double Explain(ReadOnlySpan<float> features, Span<double> contributions)
    {
        contributions[0] += features[0];
        return features[0] + lift;
    }

    public float TypicalOf(int feature) => 0;
}
