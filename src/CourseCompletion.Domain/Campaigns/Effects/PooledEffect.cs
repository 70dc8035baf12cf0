namespace CourseCompletion.Domain.Campaigns.Effects;

/// <summary>An effect in the light of all campaigns.</summary>
/// <param name="Campaign">The campaign's id; empty for the mean of all campaigns.</param>
/// <param name="Value">The effect, a difference in shares.</param>
/// <param name="Low">The interval's lower bound.</param>
/// <param name="High">The interval's upper bound.</param>
public readonly record struct PooledEffect(string Campaign, double Value, double Low, double High)
{
    /// <summary>What may be said.</summary>
    public EffectClaim Claim => Low > 0 ? EffectClaim.Helps : High < 0 ? EffectClaim.Harms : EffectClaim.NotShown;
}
