using CourseCompletion.Domain.Campaigns.Index;
using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace CourseCompletion.Grains.Abstractions.Campaigns;

/// <summary>Which campaigns a tenant has.</summary>
/// <remarks>Key: <see cref="CampaignIndexKey"/>. Called by the gateway and by .NET backends.</remarks>
[Alias("cc.ICampaignIndexGrain")]
[Version(1)]
public interface ICampaignIndexGrain : IGrainWithStringKey
{
    /// <summary>Ids of campaigns, in their order. An id is there before its campaign is: <see cref="ICampaignGrain.GetDefinitionAsync"/> says whether it ever came to be.</summary>
    /// <param name="after">The id after which to begin; null for the first one.</param>
    /// <param name="limit">How many at most, from 1 to 1,000; what lies outside is moved to the nearer end.</param>
    [Alias("ListAsync")]
    [AlwaysInterleave]
    ValueTask<string[]> ListAsync(string? after, int limit);
}
