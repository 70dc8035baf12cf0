using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Campaigns.Gate;

/// <summary>What a learner's state remembers of nudges: the newest decisions, and the learner's part in each campaign. Owned and changed by one fold at a time.</summary>
public sealed class NudgeLog
{
    private CompactList<NudgeEntry> _entries;
    private CompactList<CampaignMembership> _memberships;

    /// <summary>The newest decisions, in the order of their first one.</summary>
    public ref CompactList<NudgeEntry> Entries => ref _entries;

    /// <summary>One entry per campaign that reached out to the learner, in the order in which they did.</summary>
    public ref CompactList<CampaignMembership> Memberships => ref _memberships;

    /// <summary>The decision about a nudge, or null.</summary>
    public NudgeEntry? Find(UInt128 id)
    {
        for (var i = Entries.Count - 1; i >= 0; i--)
        {
            if (Entries[i].Decision.Id == id)
            {
                return Entries[i];
            }
        }

        return null;
    }

    /// <summary>The learner's part in a campaign, or null.</summary>
    public CampaignMembership? Find(CampaignId campaign)
    {
        foreach (var membership in Memberships)
        {
            if (membership.Campaign == campaign)
            {
                return membership;
            }
        }

        return null;
    }

    /// <summary>Whether a delivery has not ended.</summary>
    public bool HasPendingDelivery
    {
        get
        {
            foreach (var entry in Entries)
            {
                if (entry.Delivery == NudgeDelivery.Pending)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>When the earliest deferred nudge of a course is to be decided again; 0 without any.</summary>
    public long DeferredUntilMs(Courses.CourseId course)
    {
        var earliest = 0L;
        foreach (var entry in Entries)
        {
            var decision = entry.Decision;
            if (decision.Verdict == NudgeVerdict.Deferred && decision.Course == course && (earliest == 0 || decision.RetryAtMs < earliest))
            {
                earliest = decision.RetryAtMs;
            }
        }

        return earliest;
    }

    /// <summary>A copy that later folds do not change.</summary>
    public NudgeLog Copy()
    {
        var copy = new NudgeLog();
        foreach (var entry in Entries)
        {
            copy.Entries.Add(entry.Copy());
        }

        foreach (var membership in Memberships)
        {
            copy.Memberships.Add(membership.Copy());
        }

        return copy;
    }
}
