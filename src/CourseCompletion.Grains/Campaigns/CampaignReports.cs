using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Arms;
using CourseCompletion.Domain.Campaigns.Assignment;
using CourseCompletion.Domain.Campaigns.Effects;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Campaigns.Report;
using CourseCompletion.Domain.Campaigns.Uplift;
using CourseCompletion.Grains.Abstractions.Campaigns;

namespace CourseCompletion.Grains.Campaigns;

/// <summary>How a campaign's sums become its report.</summary>
internal static class CampaignReports
{
    private static readonly AssignmentGroup[] _groups = [AssignmentGroup.None, AssignmentGroup.Treatment, AssignmentGroup.Control, AssignmentGroup.Holdout];

    /// <summary>The report as of an instant.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="tally">Its sums.</param>
    /// <param name="uplift">What it knows about whom to leave alone, with what the tally says of gains.</param>
    /// <param name="pool">What it is about completion in the light of other campaigns; of no use without a control group.</param>
    /// <param name="eligible">How many learners it may reach now.</param>
    /// <param name="baseRate">The share of them who were active within 7 days.</param>
    /// <param name="asOfMs">The instant.</param>
    public static CampaignReport Of(CampaignDefinition campaign, CampaignTally tally, UpliftState uplift, CompletionPool pool, long eligible, double baseRate, long asOfMs)
    {
        var policy = PolicyOf(campaign);
        var (treatment, control) = SidesOf(tally, policy);
        long[] drawn = policy.IsByCluster
            ? [tally.ClustersOf(AssignmentGroup.Treatment), tally.ClustersOf(AssignmentGroup.Control)]
            : [treatment.Counts.Learners, control.Counts.Learners];
        var share = campaign.ControlShare;
        return new()
        {
            Campaign = campaign.Campaign.Value,
            Version = campaign.Version,
            Status = campaign.Status,
            AsOfMs = asOfMs,
            Groups = [.. _groups.Select(group => ViewOf(group, tally[group].Counts))],
            Effects = share == 0
                ? []
                : [
                    EffectOf(CampaignMetric.Return7Days, false, treatment.Returned, control.Returned, policy),
                    EffectOf(CampaignMetric.Return7Days, true, treatment.ReturnedTriggered, control.ReturnedTriggered, policy),
                    EffectOf(CampaignMetric.CheckIn7Days, true, treatment.CheckedInTriggered, control.CheckedInTriggered, policy),
                    EffectOf(CampaignMetric.Completion28Days, false, treatment.Completed, control.Completed, policy) with { Pooled = ViewOf(pool) },
                ],
            Arms = [.. tally.Arms.Arms.Select(arm => ViewOf(arm, tally.Arms.SumsOf(arm)))],
            SampleRatioMismatch = share > 0 && SampleRatio.IsMismatch(drawn, [1 - share, share]),
            Uplift = campaign.SendsOnExpectedGain ? ViewOf(UpliftRules.VerdictOf(uplift, UpliftPolicy.Default)) : null,
            ControlShare = share,
            Eligible = eligible,
            DetectableEffect = share == 0 || eligible == 0 ? 1 : Math.Min(1, DetectableEffectOf(campaign, eligible, baseRate, policy)),
        };
    }

    /// <summary>What the campaign's own outcomes say about completion.</summary>
    public static CampaignEffect CompletionOf(CampaignDefinition campaign, CampaignTally tally)
    {
        var policy = PolicyOf(campaign);
        var (treatment, control) = SidesOf(tally, policy);
        return CampaignEffect.Of(campaign.Campaign.Value, EffectRules.Estimate(treatment.Completed, control.Completed, policy));
    }

    private static (GroupTally Treatment, GroupTally Control) SidesOf(CampaignTally tally, EffectPolicy policy) => policy.IsByCluster
        ? (tally.ByCluster(AssignmentGroup.Treatment), tally.ByCluster(AssignmentGroup.Control))
        : (tally[AssignmentGroup.Treatment], tally[AssignmentGroup.Control]);

    private static PooledEffectView ViewOf(in CompletionPool pool)
    {
        var effect = new PooledEffect("", pool.Value, pool.Low, pool.High);
        return new(effect.Value, effect.Low, effect.High, effect.Claim, pool.Campaigns);
    }

    private static EffectPolicy PolicyOf(CampaignDefinition campaign) => campaign.Unit switch
    {
        AssignmentUnit.Course => EffectPolicy.ForClusters(CampaignDefinitionRules.CoursesMax),
        AssignmentUnit.QuestionCluster => EffectPolicy.ForClusters(EffectPolicy.QuestionClusters),
        _ => EffectPolicy.ForAudience(campaign.EligibleAtCreation),
    };

    private static double DetectableEffectOf(CampaignDefinition campaign, long eligible, double baseRate, EffectPolicy policy)
    {
        if (!policy.IsByCluster)
        {
            return DetectableEffect.Of(eligible, baseRate, campaign.ControlShare, policy);
        }

        var clusters = campaign.Unit == AssignmentUnit.Course ? campaign.Courses.Count : EffectPolicy.QuestionClusters;
        return DetectableEffect.OfClusters(clusters, Math.Max(1, (double)eligible / clusters), DetectableEffect.AssumedLikeness, baseRate, campaign.ControlShare, policy);
    }

    private static CampaignArmView ViewOf(ArmId arm, ArmSums sums) => new(arm.Value, sums.EffectiveSends, sums.ChosenMean, sums.OtherMean);

    private static CampaignUpliftView ViewOf(UpliftVerdict verdict) => new(
        verdict.Gate, verdict.Decisions, verdict.OverSilence, verdict.OverSilenceHalfWidth, verdict.OverSending, verdict.OverSendingHalfWidth, verdict.Explanation);

    private static CampaignGroupView ViewOf(AssignmentGroup group, in GroupCounts counts) => new(
        group,
        counts.Learners,
        counts.Triggered,
        counts.Sent,
        counts.WouldSend,
        counts.Withheld,
        counts.Suppressed,
        counts.Displaced,
        counts.Missed,
        counts.Opened,
        counts.Dismissed,
        counts.Acted);

    private static CampaignEffectView EffectOf(CampaignMetric metric, bool isTriggered, GroupSums treatment, GroupSums control, EffectPolicy policy)
    {
        var estimate = EffectRules.Estimate(treatment, control, policy);
        return new(
            metric,
            isTriggered,
            estimate.Value,
            estimate.Low,
            estimate.High,
            estimate.TreatmentMean,
            estimate.ControlMean,
            (long)treatment.Size,
            (long)control.Size,
            estimate.Claim,
            policy.IsByCluster ? estimate.TreatmentUnits : 0,
            policy.IsByCluster ? estimate.ControlUnits : 0);
    }
}
