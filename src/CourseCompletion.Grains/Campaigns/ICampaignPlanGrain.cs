using CourseCompletion.Domain.Campaigns;
using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace CourseCompletion.Grains.Campaigns;

/// <summary>The side of a campaign that silos' catalogues read.</summary>
/// <remarks>Key: <see cref="CampaignKey"/>.</remarks>
[Alias("cc.ICampaignPlanGrain")]
[Version(1)]
internal interface ICampaignPlanGrain : IGrainWithStringKey
{
    /// <summary>The definition, with what the campaign has learned; null when there is no such campaign.</summary>
    [Alias("GetPlanAsync")]
    [AlwaysInterleave]
    ValueTask<CampaignPlan?> GetPlanAsync();
}

/// <summary>What is needed to decide a campaign's nudges.</summary>
/// <param name="Definition">The definition.</param>
/// <param name="Arms">What was learned about its arms, encoded; empty when nothing was.</param>
/// <param name="Uplift">What was learned about whom to leave alone, encoded; empty when nothing was, or is not asked for.</param>
[GenerateSerializer, Alias("cc.campaign-plan"), Immutable]
internal sealed record CampaignPlan([property: Id(0)] CampaignDefinition Definition, [property: Id(1)] byte[] Arms, [property: Id(2)] byte[] Uplift);
