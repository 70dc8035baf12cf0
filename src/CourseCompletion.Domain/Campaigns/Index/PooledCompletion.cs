using CourseCompletion.Domain.Campaigns.Effects;

namespace CourseCompletion.Domain.Campaigns.Index;

/// <summary>A campaign's effect on completion in the light of a tenant's other campaigns.</summary>
/// <param name="Effect">The effect.</param>
/// <param name="Campaigns">How many campaigns' effects it rests on, its own among them if there is one.</param>
public readonly record struct PooledCompletion(PooledEffect Effect, int Campaigns);
