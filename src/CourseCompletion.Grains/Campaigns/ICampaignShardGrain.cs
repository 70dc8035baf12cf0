using CourseCompletion.Domain.Campaigns;
using Orleans.CodeGeneration;

namespace CourseCompletion.Grains.Campaigns;

/// <summary>The part of a campaign that reaches the learners of one roster shard.</summary>
/// <remarks>Key: <see cref="CampaignShardKey"/>. Called by its campaign; calls the roster shard and its learners.</remarks>
[Alias("cc.ICampaignShardGrain")]
[Version(1)]
internal interface ICampaignShardGrain : IGrainWithStringKey
{
    /// <summary>Offers a nudge to every learner for whom the campaign fell due since the last time; returns when all of them are decided.</summary>
    /// <param name="campaign">The campaign as it is now.</param>
    /// <param name="throughMs">The instant up to which it is looked.</param>
    /// <returns>How many offers were decided anew.</returns>
    [Alias("ScanAsync")]
    ValueTask<int> ScanAsync([Immutable] CampaignDefinition campaign, long throughMs);
}
