using System.Globalization;
using CourseCompletion.Domain.Completion.Bands;

namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>Predicts with a model whose logits are read by a line that was learned from matured labels.</summary>
/// <remarks>
/// Immutable. The line rises, so that no two learners of a course change places; those who completed are read by the same line, so that bands stay what they were. Its version is the
/// model's with the number of labels behind it (<c>my-model+2000</c>): the same model read otherwise is not the same score.
/// </remarks>
/// <param name="inner">The model.</param>
/// <param name="calibration">How its logits are to be read.</param>
/// <param name="intercept">The calibrated logit at a logit of 0, of the course that is predicted for.</param>
public sealed class CalibratedCompletionPredictor(ICompletionPredictor inner, CalibrationSnapshot calibration, double intercept) : ICompletionPredictor
{
    private readonly double _slope = calibration.Slope;

    /// <inheritdoc/>
    public string ModelVersion { get; } = string.Create(CultureInfo.InvariantCulture, $"{inner.ModelVersion}+{calibration.Labels}");

    /// <inheritdoc/>
    public int FeatureVersion => inner.FeatureVersion;

    /// <inheritdoc/>
    public int HorizonDays => inner.HorizonDays;

    /// <inheritdoc/>
    public CompleterTrajectory Trajectory { get; } = inner.Trajectory.ReadBy(calibration.Slope, intercept);

    /// <inheritdoc/>
    public float Score(ReadOnlySpan<float> features) => (float)PortableMath.Logistic(intercept + (_slope * PortableMath.Logit(inner.Score(features))));

    /// <inheritdoc/>
    public float DeviationOf(ReadOnlySpan<float> features) => (float)(_slope * inner.DeviationOf(features));

    /// <inheritdoc/>
    public StopForecast? StopOf(ReadOnlySpan<float> features) => inner.StopOf(features);

    /// <inheritdoc/>
    public double Explain(ReadOnlySpan<float> features, Span<double> contributions)
    {
        var logit = inner.Explain(features, contributions);
        foreach (ref var contribution in contributions)
        {
            contribution *= _slope;
        }

        return intercept + (_slope * logit);
    }

    /// <inheritdoc/>
    public float TypicalOf(int feature) => inner.TypicalOf(feature);
}
