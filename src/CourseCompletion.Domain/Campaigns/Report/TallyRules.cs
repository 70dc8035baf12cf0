using CourseCompletion.Domain.Campaigns.Effects;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Campaigns.Uplift;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Campaigns.Report;

/// <summary>What a learner's row adds to a campaign's sums.</summary>
/// <remarks>
/// An outcome goes in when its window is over, also for who returned at once: a group's mean would otherwise begin with those who returned. The covariate is the completion
/// probability before the window.
/// </remarks>
public static class TallyRules
{
    /// <summary>How long after the assignment completion counts: 28 days.</summary>
    public const long CompletionWindowMs = 28 * LearnerTime.DayMs;

    /// <summary>Adds a row as of an instant.</summary>
    public static void Add(CampaignTally tally, CampaignRow row, long asOfMs)
    {
        var membership = row.Membership;
        if (membership.Arms is { } arms)
        {
            tally.Arms.Merge(arms);
        }

        if (membership.Uplift is { } uplift)
        {
            tally.Uplift = tally.Uplift.Add(uplift.Gains);
        }

        ref var group = ref tally[membership.Group];
        var (assignedMs, triggeredMs) = (membership.AssignedAtMs, membership.TriggeredAtMs);
        var sums = new GroupTally(
            GroupCounts.Of(membership),
            Outcome(assignedMs, CampaignMembership.ReturnWindowMs, membership.ReturnedAtMs, membership.ProbabilityAtAssignment, asOfMs),
            Outcome(triggeredMs, CampaignMembership.ReturnWindowMs, membership.ReturnedAfterTriggerAtMs, membership.ProbabilityAtTrigger, asOfMs),
            Outcome(triggeredMs, CampaignMembership.ReturnWindowMs, membership.CheckedInAtMs, membership.ProbabilityAtTrigger, asOfMs),
            Outcome(assignedMs, CompletionWindowMs, row.CompletedAtMs, membership.ProbabilityAtAssignment, asOfMs));
        group = group.Add(sums);
        if (membership.IsAssigned && !membership.Cluster.IsNone)
        {
            tally.Add(membership.Cluster, membership.Group, sums);
        }
    }

    /// <summary>Adds what models of whom to leave alone are fitted on: the learner's newest finished decisions.</summary>
    public static void Add(UpliftMoments moments, CampaignRow row)
    {
        foreach (var decision in row.Membership.Uplift?.Sample ?? [])
        {
            moments.Add(decision);
        }
    }

    private static GroupSums Outcome(long fromMs, long windowMs, long happenedAtMs, double covariate, long asOfMs) =>
        fromMs == 0 || asOfMs < fromMs + windowMs
            ? default
            : GroupSums.Of(happenedAtMs >= fromMs && happenedAtMs < fromMs + windowMs ? 1 : 0, covariate);
}
