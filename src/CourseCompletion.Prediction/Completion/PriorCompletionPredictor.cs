using CourseCompletion.Domain.Completion;

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

    /// <inheritdoc/>
    public string ModelVersion => "prior-1";

    /// <inheritdoc/>
    public int FeatureVersion => CompletionFeatures.Version;

    /// <inheritdoc/>
    public float Score(ReadOnlySpan<float> features)
    {
        var hoursSilent = PortableMath.ExpM1(features[FeatureIndex.HoursSilent]);
        return (float)PortableMath.Logistic(
            Intercept
            + (DaysSilent * PortableMath.Log1P(hoursSilent / 24))
            + (ActiveDays14 * features[FeatureIndex.ActiveDays14])
            + (Progress * features[FeatureIndex.Progress])
            + (Pace * features[FeatureIndex.Pace]));
    }
}
