namespace CourseCompletion.Domain.Campaigns.Effects;

/// <summary>What one campaign's own outcomes say, before other campaigns are asked.</summary>
/// <param name="Campaign">The campaign's id.</param>
/// <param name="Value">The estimated effect, a difference in shares.</param>
/// <param name="StandardError">Its standard error, above 0; infinite while nothing is known.</param>
/// <param name="Units">How many units it rests on.</param>
public readonly record struct CampaignEffect(string Campaign, double Value, double StandardError, long Units)
{
    /// <summary>The effect that an estimate found.</summary>
    public static CampaignEffect Of(string campaign, EffectEstimate estimate) =>
        new(campaign, estimate.Value, estimate.StandardError, estimate.TreatmentUnits + estimate.ControlUnits);
}
