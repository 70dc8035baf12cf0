namespace CourseCompletion.Domain.Campaigns.Effects;

/// <summary>The effects of all campaigns on completion, each drawn towards the others as far as they are alike.</summary>
/// <param name="Overall">The mean effect of campaigns.</param>
/// <param name="Spread">How much campaigns' true effects differ: the expected standard deviation, in shares.</param>
/// <param name="Campaigns">Each campaign's effect, in the order given.</param>
public sealed record PooledEffects(PooledEffect Overall, double Spread, IReadOnlyList<PooledEffect> Campaigns);
