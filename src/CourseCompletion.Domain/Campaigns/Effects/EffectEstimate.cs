namespace CourseCompletion.Domain.Campaigns.Effects;

/// <summary>A difference between treatment and control with its interval.</summary>
/// <param name="Value">The adjusted difference of means, in shares of learners from -1 to 1.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="Low">The interval's lower bound, at least -1.</param>
/// <param name="High">The interval's upper bound, at most 1.</param>
/// <param name="TreatmentMean">The mean outcome of the treatment group, unadjusted.</param>
/// <param name="ControlMean">The mean outcome of the control group, unadjusted.</param>
/// <param name="TreatmentUnits">How many units were treated.</param>
/// <param name="ControlUnits">How many were not.</param>
/// <param name="VarianceExplained">The share of variance that the covariate took away, from 0 to 1.</param>
public readonly record struct EffectEstimate(
    double Value,
    double StandardError,
    double Low,
    double High,
    double TreatmentMean,
    double ControlMean,
    long TreatmentUnits,
    long ControlUnits,
    double VarianceExplained)
{
    /// <summary>What may be said.</summary>
    public EffectClaim Claim => Low > 0 ? EffectClaim.Helps : High < 0 ? EffectClaim.Harms : EffectClaim.NotShown;
}
