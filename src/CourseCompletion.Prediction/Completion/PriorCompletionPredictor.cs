using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Bands;

namespace CourseCompletion.Prediction.Completion;

/// <summary>The first completion model, <c>prior-1</c>: a logistic function of recency, active days, progress and pace with coefficients set by hand.</summary>
/// <remarks>
/// <para>logit p = -2.0 - 0.75 ln(1 + days silent) + 0.22 active days of the last 14 + 3.5 progress + 2.0 pace.</para>
/// <para>
/// It is a prior, not a fit: the intercept puts a learner who just enrolled and did nothing at 12 %, twice the usual completion rate of open courses, because who sends a
/// first event is past the largest drop; a week of silence halves the odds and more (factor 0.21); ten active days of fourteen multiply them by nine; being half through adds
/// 1.75; being a quarter of the course behind its calendar takes 0.5 away. The signs and their order follow published dropout studies (time since last activity first, then
/// progress and active days). A learned model replaces it.
/// </para>
/// </remarks>
public sealed class PriorCompletionPredictor : ICompletionPredictor
{
    private const double Intercept = -2.0;
    private const double DaysSilent = -0.75;
    private const double ActiveDays14 = 0.22;
    private const double Progress = 3.5;
    private const double Pace = 2.0;

    // Around the middle of those who complete, for each of the trajectory's levels.
    private static readonly float[] _spread = [-2.5f, -2, -1.6f, -1.2f, -0.7f, 0, 0.7f];

    /// <inheritdoc/>
    public string ModelVersion => "prior-1";

    /// <inheritdoc/>
    public int FeatureVersion => CompletionFeatures.Version;

    /// <inheritdoc/>
    public int HorizonDays => 0;

    /// <inheritdoc/>
    /// <remarks>Set by hand like the weights: half of those who complete go evenly from 12 % to 85 %, and around them lies a spread of about one logit.</remarks>
    public CompleterTrajectory Trajectory { get; } = new(
        [.. Enumerable.Range(0, CompleterTrajectory.PointCount).SelectMany(point => _spread.Select(spread => -2 + (0.375f * point) + spread))]);

    /// <inheritdoc/>
    public float Score(ReadOnlySpan<float> features) => (float)PortableMath.Logistic(
        Intercept
        + SilenceTerm(features)
        + (ActiveDays14 * features[FeatureIndex.ActiveDays14])
        + (Progress * features[FeatureIndex.Progress])
        + (Pace * features[FeatureIndex.Pace]));

    /// <inheritdoc/>
    /// <remarks>Twice what courses differ by where a model was learned: nothing of any course went into this one.</remarks>
    public float DeviationOf(ReadOnlySpan<float> features) => 2 * LogitSpread.PriorDeviation;

    /// <inheritdoc/>
    public StopForecast? StopOf(ReadOnlySpan<float> features) => null;

    /// <inheritdoc/>
    public double Explain(ReadOnlySpan<float> features, Span<double> contributions)
    {
        contributions[FeatureIndex.HoursSilent] += SilenceTerm(features);
        contributions[FeatureIndex.ActiveDays14] += ActiveDays14 * features[FeatureIndex.ActiveDays14];
        contributions[FeatureIndex.Progress] += Progress * features[FeatureIndex.Progress];
        contributions[FeatureIndex.Pace] += Pace * features[FeatureIndex.Pace];
        return Intercept + contributions[FeatureIndex.HoursSilent] + contributions[FeatureIndex.ActiveDays14] + contributions[FeatureIndex.Progress] + contributions[FeatureIndex.Pace];
    }

    /// <inheritdoc/>
    /// <remarks>This model compares with a learner who was active just now and did nothing yet.</remarks>
    public float TypicalOf(int feature) => 0;

    private static double SilenceTerm(ReadOnlySpan<float> features) => DaysSilent * PortableMath.Log1P(PortableMath.ExpM1(features[FeatureIndex.HoursSilent]) / 24);
}
