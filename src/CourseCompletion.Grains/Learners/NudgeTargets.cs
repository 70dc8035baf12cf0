using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Grains.Learners;

/// <summary>What the pending marks of a learner name besides courses: campaigns, whose tally needs a row, and deliveries that have not ended.</summary>
internal static class NudgeTargets
{
    /// <summary>Deliveries that have not ended; no course's key is one word.</summary>
    public const string Deliveries = "nudges";

    /// <summary>Whether a target is one of these, or the recommender.</summary>
    public static bool IsOne(string target) => target == Deliveries || CampaignKey.TryOfTarget(target, out _);

    /// <summary>Adds what a frame changed of nudges and has to be told.</summary>
    public static void AddTo(List<string> targets, NudgeLog nudges, TenantId tenant, long sequence)
    {
        foreach (var membership in nudges.Memberships)
        {
            if (membership.ChangedAtSequence == sequence)
            {
                targets.Add(CampaignKey.For(tenant, membership.Campaign).Target);
            }
        }

        if (nudges.HasPendingDelivery)
        {
            targets.Add(Deliveries);
        }
    }
}
