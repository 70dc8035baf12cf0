using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>Predicts for one course with a model whose logits are read by an online calibration.</summary>
/// <remarks>Immutable; a newer calibration is a new predictor. Its version is the model's: the calibration moves all learners of a course along one rising curve and reorders none.</remarks>
/// <param name="inner">The model.</param>
/// <param name="calibration">How its logits are to be read.</param>
/// <param name="course">The course.</param>
public sealed class CalibratedCompletionPredictor(ICompletionPredictor inner, CalibrationSnapshot calibration, CourseId course) : ICompletionPredictor
{
    // The nearest to 0 and 1 that a probability of single precision is taken for: a logit of 16.
    private const double ProbabilityMin = 1e-7;

    private readonly double _intercept = calibration.InterceptOf(course);
    private readonly double _slope = calibration.Slope;

    /// <inheritdoc/>
    public string ModelVersion => inner.ModelVersion;

    /// <inheritdoc/>
    public int FeatureVersion => inner.FeatureVersion;

    /// <inheritdoc/>
    public float Score(ReadOnlySpan<float> features) => (float)PortableMath.Logistic(_intercept + (_slope * LogitOf(inner.Score(features))));

    /// <inheritdoc/>
    public double Explain(ReadOnlySpan<float> features, Span<double> contributions)
    {
        var logit = inner.Explain(features, contributions);
        foreach (ref var contribution in contributions)
        {
            contribution *= _slope;
        }

        return _intercept + (_slope * logit);
    }

    /// <inheritdoc/>
    public float TypicalOf(int feature) => inner.TypicalOf(feature);

    // ln(p / (1 - p)), by the side on which its argument is 1 or more.
    private static double LogitOf(double p)
    {
        p = Math.Clamp(p, ProbabilityMin, 1 - ProbabilityMin);
        return p >= 0.5 ? PortableMath.Log1P((p / (1 - p)) - 1) : -PortableMath.Log1P(((1 - p) / p) - 1);
    }
}
