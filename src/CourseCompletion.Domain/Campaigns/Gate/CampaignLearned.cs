using CourseCompletion.Domain.Campaigns.Arms;
using CourseCompletion.Domain.Campaigns.Uplift;

namespace CourseCompletion.Domain.Campaigns.Gate;

/// <summary>What a campaign has learned from what came of its nudges.</summary>
/// <param name="Arms">About its arms.</param>
/// <param name="Uplift">About whom to leave alone.</param>
public sealed record CampaignLearned(ArmStatistics Arms, UpliftState Uplift)
{
    /// <summary>Nothing yet.</summary>
    public static CampaignLearned None { get; } = new(new(), UpliftState.None);
}
