using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Grains.Abstractions.Campaigns;

namespace CourseCompletion.Gateway.Campaigns;

/// <summary>Finds the grain that keeps a campaign.</summary>
public interface ICampaignDirectory
{
    /// <summary>The campaign's grain.</summary>
    ICampaignGrain Find(CampaignKey key);
}

/// <summary>The directory of a cluster.</summary>
internal sealed class ClusterCampaignDirectory(IGrainFactory grains) : ICampaignDirectory
{
    public ICampaignGrain Find(CampaignKey key) => grains.GetGrain<ICampaignGrain>(key.Value);
}
