using CourseCompletion.Domain.Campaigns;

namespace CourseCompletion.Grains.Campaigns;

/// <summary>What a silo knows of a campaign.</summary>
/// <param name="Key">The campaign's key.</param>
/// <param name="Definition">Its definition; null when there is none.</param>
/// <param name="FetchedAtMs">When it was fetched.</param>
internal sealed record CampaignEntry(CampaignKey Key, CampaignDefinition? Definition, long FetchedAtMs);
