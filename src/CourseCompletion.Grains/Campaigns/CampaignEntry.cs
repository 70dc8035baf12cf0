using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Arms;

namespace CourseCompletion.Grains.Campaigns;

/// <summary>What a silo knows of a campaign.</summary>
/// <param name="Definition">Its definition.</param>
/// <param name="Arms">What it has learned about its arms.</param>
internal sealed record CampaignEntry(CampaignDefinition Definition, ArmStatistics Arms);
