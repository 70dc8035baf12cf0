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
    /// <param name="campaign">The campaign.</param>
    /// <param name="tenant">The learner's tenant.</param>
    /// <param name="learner">The learner.</param>
    /// <param name="cluster">With whom the learner is drawn.</param>
    public static AssignmentGroup SideOf(CampaignDefinition campaign, TenantId tenant, LearnerId learner, AssignmentCluster cluster)
    {
        var group = cluster.IsNone
            ? CampaignAssignment.GroupOf(campaign.Salt, tenant, learner, campaign.ControlShare)
            : CampaignAssignment.GroupOfCluster(campaign.Salt, tenant, cluster, campaign.ControlShare);
        return group == CampaignGroup.Control ? AssignmentGroup.Control : AssignmentGroup.Treatment;
    }

    /// <summary>The arm of a nudge that the learner waits for, and with which nothing is tried out: the heaviest that sends, the first of as heavy ones. Its delay is not waited for.</summary>
    public static CampaignArm Strongest(IEnumerable<CampaignArm> consented) => consented.Where(arm => arm.Sends).MaxBy(arm => arm.Weight)!;

    /// <summary>Draws one of the arms that are awake, unless an earlier decision about the same occurrence did.</summary>
    public static NudgeDecision Draw(NudgeDecision decision, GateQuestion question, IReadOnlyList<CampaignArm> awake, NudgeLog? log)
    {
        if (awake.Any(arm => arm.Id == decision.Arm))
        {
            return decision;
        }

        var propensities = question.Campaign.LearnsArms
            ? ArmRules.PropensitiesOf(question.Learned.Arms, [.. awake.Select(arm => AwakeOf(arm, decision, log))], ArmPolicy.Default)
            : ByWeight(awake);
        var drawn = ArmChoice.Choose(
            propensities, CampaignAssignment.UniformOf("arm", question.Campaign.Salt, question.Tenant.Value, question.Learner.Value, decision.Occurrence));
        return decision with { Arm = drawn.Arm.Value, Propensity = (float)drawn.Propensity, Awake = propensities };
    }

    private static ArmPropensity[] ByWeight(IReadOnlyList<CampaignArm> awake)
    {
        var total = awake.Sum(arm => arm.Weight);
        return [.. awake.Select(arm => new ArmPropensity(new(arm.Id), arm.Weight / total))];
    }

    // What was sent to the learner lately wears off, but for sending nothing.
    private static AwakeArm AwakeOf(CampaignArm arm, NudgeDecision decision, NudgeLog? log)
    {
        for (var i = (log?.Entries.Count ?? 0) - 1; arm.Sends && i >= 0; i--)
        {
            var sent = log!.Entries[i].Decision;
            if (sent.Verdict == NudgeVerdict.Sent && sent.Campaign == decision.Campaign && sent.Arm == arm.Id)
            {
                return new(new(arm.Id), (decision.DecidedAtMs - sent.DecidedAtMs) / (double)LearnerTime.DayMs);
            }
        }

        return new(new(arm.Id));
    }

    private static bool Allows(LearnerPreferences preferences, NudgeChannel channel) => channel switch
    {
        NudgeChannel.InApp => preferences.Channels.HasFlag(NudgeChannels.InApp),
        NudgeChannel.Webhook => preferences.Channels.HasFlag(NudgeChannels.Webhook),
        NudgeChannel.Email => preferences.Channels.HasFlag(NudgeChannels.Email) && preferences.Email.Length > 0,
        _ => false,
    };
}
