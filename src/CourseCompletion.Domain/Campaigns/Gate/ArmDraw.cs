using CourseCompletion.Domain.Campaigns.Arms;
using CourseCompletion.Domain.Campaigns.Assignment;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Domain.Campaigns.Gate;

/// <summary>Which of a campaign's arms a nudge takes, and on which side of its experiment a learner is: hashes of who and what, the same wherever they are drawn.</summary>
public static class ArmDraw
{
    /// <summary>The arms that the learner's consent leaves: those without a send always; none at all when no arm that sends is left.</summary>
    public static List<CampaignArm> Consented(CampaignDefinition campaign, LearnerPreferences preferences)
    {
        var arms = new List<CampaignArm>(campaign.Arms.Count);
        var sends = false;
        foreach (var arm in campaign.Arms)
        {
            var isOpen = !arm.Sends || Allows(preferences, arm.Channel);
            sends |= isOpen && arm.Sends;
            if (isOpen)
            {
                arms.Add(arm);
            }
        }

        return sends ? arms : [];
    }

    /// <summary>The side of a learner who takes part in experiments.</summary>
    public static AssignmentGroup SideOf(CampaignDefinition campaign, TenantId tenant, LearnerId learner) =>
        CampaignAssignment.GroupOf(campaign.Salt, tenant, learner, campaign.ControlShare) == CampaignGroup.Control ? AssignmentGroup.Control : AssignmentGroup.Treatment;

    /// <summary>Draws an arm by its weight among those that are awake, unless an earlier decision about the same occurrence did.</summary>
    public static NudgeDecision Draw(NudgeDecision decision, CampaignDefinition campaign, IReadOnlyList<CampaignArm> awake, TenantId tenant, LearnerId learner)
    {
        if (awake.Any(arm => arm.Id == decision.Arm))
        {
            return decision;
        }

        var total = awake.Sum(arm => arm.Weight);
        var drawn = ArmChoice.Choose(
            [.. awake.Select(arm => new ArmPropensity(new(arm.Id), arm.Weight / total))],
            CampaignAssignment.UniformOf("arm", campaign.Salt, tenant.Value, learner.Value, decision.Occurrence));
        return decision with { Arm = drawn.Arm.Value, Propensity = (float)drawn.Propensity };
    }

    private static bool Allows(LearnerPreferences preferences, NudgeChannel channel) => channel switch
    {
        NudgeChannel.InApp => preferences.Channels.HasFlag(NudgeChannels.InApp),
        NudgeChannel.Webhook => preferences.Channels.HasFlag(NudgeChannels.Webhook),
        NudgeChannel.Email => preferences.Channels.HasFlag(NudgeChannels.Email) && preferences.Email.Length > 0,
        _ => false,
    };
}
