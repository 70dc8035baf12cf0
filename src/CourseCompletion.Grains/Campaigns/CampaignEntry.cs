using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Gate;

namespace CourseCompletion.Grains.Campaigns;

/// <summary>What a silo knows of a campaign.</summary>
/// <param name="Definition">Its definition.</param>
/// <param name="Learned">What it has learned.</param>
internal sealed record CampaignEntry(CampaignDefinition Definition, CampaignLearned Learned);
