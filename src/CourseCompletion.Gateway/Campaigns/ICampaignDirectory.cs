using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Delivery;
using CourseCompletion.Domain.Campaigns.Index;
using CourseCompletion.Grains.Abstractions.Campaigns;

namespace CourseCompletion.Gateway.Campaigns;

/// <summary>Finds the grains that keep campaigns and what they could not deliver.</summary>
public interface ICampaignDirectory
{
    /// <summary>The campaign's grain.</summary>
    ICampaignGrain Find(CampaignKey key);

    /// <summary>The index of the tenant's campaigns.</summary>
    ICampaignIndexGrain FindIndex(CampaignIndexKey key);

    /// <summary>The tenant's nudges that did not reach their learners.</summary>
    IDeadLetterGrain FindDeadLetters(DeadLetterKey key);
}

/// <summary>The directory of a cluster.</summary>
internal sealed class ClusterCampaignDirectory(IGrainFactory grains) : ICampaignDirectory
{
    public ICampaignGrain Find(CampaignKey key) => grains.GetGrain<ICampaignGrain>(key.Value);

    public ICampaignIndexGrain FindIndex(CampaignIndexKey key) => grains.GetGrain<ICampaignIndexGrain>(key.Value);

    public IDeadLetterGrain FindDeadLetters(DeadLetterKey key) => grains.GetGrain<IDeadLetterGrain>(key.Value);
}
