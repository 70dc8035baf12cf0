using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Campaigns.Gate;

/// <summary>How decisions, deliveries and later events become what a learner's state remembers of nudges.</summary>
public static class NudgeRules
{
    /// <summary>Remembers a decision.</summary>
    public static void Remember(LearnerState state, NudgeDecision decision, long sequence, GatePolicy policy)
    {
        var log = state.Nudges ??= new();
        var entry = log.Find(decision.Id);
        if (entry is null)
        {
            entry = new(decision);
            log.Entries.Add(entry);
            if (log.Entries.Count > policy.EntriesMax)
            {
                log.Entries.RemoveAt(LeastNeeded(log, state.LastActivityAtMs, decision.DecidedAtMs));
            }
        }

        Finish(log, decision.DecidedAtMs, sequence);
        entry.Decision = decision;
        entry.ChangedAtSequence = sequence;
        if (decision.Verdict == NudgeVerdict.Sent)
        {
            // The inbox is this very state: what it shows is delivered when it is durable.
            var isInbox = decision.Channel == Channels.NudgeChannel.InApp;
            entry.Delivery = isInbox ? NudgeDelivery.Delivered : NudgeDelivery.Pending;
            entry.DeliveryEndedAtMs = isInbox ? decision.DecidedAtMs : 0;
        }

        if (!decision.IsTransactional)
        {
            Count(log, decision, sequence, policy);
        }
    }

    /// <summary>Notes how a delivery ended, of a digest for all its parts; one that is not awaited changes nothing.</summary>
    public static bool EndDelivery(LearnerState state, UInt128 nudge, bool isDelivered, long atMs, long sequence) =>
        SetDelivery(state.Nudges, nudge, NudgeDelivery.Pending, isDelivered ? NudgeDelivery.Delivered : NudgeDelivery.Failed, atMs, sequence);

    /// <summary>Lets a failed delivery be tried again; tells whether there was one.</summary>
    public static bool Redeliver(LearnerState state, UInt128 nudge, long sequence) =>
        SetDelivery(state.Nudges, nudge, NudgeDelivery.Failed, NudgeDelivery.Pending, 0, sequence);

    /// <summary>Notes what an event says about nudges: opened, dismissed, come back, checked in.</summary>
    /// <param name="log">What is remembered of nudges.</param>
    /// <param name="e">The event.</param>
    /// <param name="uniqueMs">Milliseconds of video that it watched for the first time.</param>
    /// <param name="sequence">The frame that it is folded with.</param>
    public static void Fold(NudgeLog log, LearnerEvent e, long uniqueMs, long sequence)
    {
        if (e.Kind is EventKind.NudgeOpened or EventKind.NudgeDismissed)
        {
            FoldResponse(log, e, sequence);
        }
        else if (LearnerEventRules.IsActivity(e.Kind))
        {
            Finish(log, e.OccurredAtMs, sequence);
            FoldActivity(log, e, uniqueMs, sequence);
        }
    }

    /// <summary>Notes that a course was completed: campaigns hear of it.</summary>
    public static void NoteCompletion(NudgeLog log, Courses.CourseId course, long sequence)
    {
        foreach (var membership in log.Memberships)
        {
            if (membership.Course == course)
            {
                membership.ChangedAtSequence = sequence;
            }
        }
    }

    // A decision is finished when its window is over, also when the learner came back at once: the first to finish would otherwise be those who came back. It takes the next
    // decision or activity to notice, which comes whether or not there was a reward.
    private static void Finish(NudgeLog log, long atMs, long sequence)
    {
        foreach (var entry in log.Entries)
        {
            var decision = entry.Decision;
            if (entry.IsFinished || decision.Group != AssignmentGroup.Treatment || decision.Verdict is not (NudgeVerdict.Sent or NudgeVerdict.Withheld)
                || atMs < decision.DecidedAtMs + NudgeEntry.RewardWindowMs)
            {
                continue;
            }

            entry.IsFinished = true;
            if (log.Find(decision.Campaign) is { } membership)
            {
                Learn(membership, decision, entry.ActedAtMs > 0);
                membership.ChangedAtSequence = sequence;
            }
        }
    }

    private static bool SetDelivery(NudgeLog? log, UInt128 nudge, NudgeDelivery from, NudgeDelivery to, long endedAtMs, long sequence)
    {
        if (log?.Find(nudge) is not { } named || named.Delivery != from)
        {
            return false;
        }

        foreach (var part in DigestRules.PartsOf(log, named.Decision))
        {
            if (part.Delivery == from)
            {
                part.Delivery = to;
                part.DeliveryEndedAtMs = endedAtMs;
                part.ChangedAtSequence = sequence;
            }
        }

        return true;
    }

    // An arm that the campaign drew but did not carry out, because it expected no gain, says nothing about arms.
    private static void Learn(CampaignMembership membership, NudgeDecision decision, bool returned)
    {
        var sent = decision.Verdict == NudgeVerdict.Sent;
        if (sent || decision.Reason == NudgeReason.ArmWithoutSend)
        {
            (membership.Arms ??= new()).Record(decision.Awake, new(decision.Arm), returned ? 1 : 0);
        }

        if (decision.Uplift is { } draw)
        {
            (membership.Uplift ??= new()).Finish(draw, sent, returned);
        }
    }

    private static void FoldResponse(NudgeLog log, LearnerEvent e, long sequence)
    {
        if (!NudgeIds.TryParse(e.ObjectId, out var id) || log.Find(id) is not { Decision.Verdict: NudgeVerdict.Sent } entry)
        {
            return;
        }

        var membership = log.Find(entry.Decision.Campaign);
        if (e.Kind == EventKind.NudgeOpened)
        {
            Add(membership, static m => m.Opened += 1, entry.OpenedAtMs == 0, sequence);
            entry.OpenedAtMs = Earlier(entry.OpenedAtMs, e.OccurredAtMs);
        }
        else
        {
            Add(membership, static m => m.Dismissed += 1, entry.DismissedAtMs == 0, sequence);
            entry.DismissedAtMs = Earlier(entry.DismissedAtMs, e.OccurredAtMs);
        }

        entry.ChangedAtSequence = sequence;
    }

    private static void FoldActivity(NudgeLog log, LearnerEvent e, long uniqueMs, long sequence)
    {
        foreach (var entry in log.Entries)
        {
            var decision = entry.Decision;
            var elapsedMs = e.OccurredAtMs - decision.DecidedAtMs;
            if (uniqueMs > 0 && entry.ActedAtMs == 0 && elapsedMs is >= 0 and < NudgeEntry.RewardWindowMs && decision.Course == e.Course
                && decision.Verdict is NudgeVerdict.Sent or NudgeVerdict.WouldSend or NudgeVerdict.Withheld)
            {
                entry.UniqueMs += uniqueMs;
                if (entry.UniqueMs >= NudgeEntry.RewardUniqueMs)
                {
                    entry.ActedAtMs = e.OccurredAtMs;
                    Add(log.Find(decision.Campaign), static m => m.Acted += 1, true, sequence);
                }

                entry.ChangedAtSequence = sequence;
            }
        }

        foreach (var membership in log.Memberships)
        {
            if (membership.Course == e.Course)
            {
                FoldActivity(membership, e, sequence);
            }
        }
    }

    private static void FoldActivity(CampaignMembership membership, LearnerEvent e, long sequence)
    {
        if (e.OccurredAtMs >= membership.AssignedAtMs && (membership.ReturnedAtMs == 0 || e.OccurredAtMs < membership.ReturnedAtMs))
        {
            membership.ReturnedAtMs = e.OccurredAtMs;
            membership.ChangedAtSequence = sequence;
        }

        if (membership.TriggeredAtMs == 0 || e.OccurredAtMs < membership.TriggeredAtMs)
        {
            return;
        }

        if (membership.ReturnedAfterTriggerAtMs == 0 || e.OccurredAtMs < membership.ReturnedAfterTriggerAtMs)
        {
            membership.ReturnedAfterTriggerAtMs = e.OccurredAtMs;
            membership.ChangedAtSequence = sequence;
        }

        if (e.Kind == EventKind.CheckedIn && (membership.CheckedInAtMs == 0 || e.OccurredAtMs < membership.CheckedInAtMs))
        {
            membership.CheckedInAtMs = e.OccurredAtMs;
            membership.ChangedAtSequence = sequence;
        }
    }

    private static void Count(NudgeLog log, NudgeDecision decision, long sequence, GatePolicy policy)
    {
        var membership = log.Find(decision.Campaign);
        if (membership is null)
        {
            if (log.Memberships.Count >= policy.MembershipsMax)
            {
                log.Memberships.RemoveAt(LongestUnused(log));
            }

            membership = new(decision.Campaign, decision.Course);
            log.Memberships.Add(membership);
        }

        membership.ChangedAtSequence = sequence;
        if (membership.AssignedAtMs == 0 || (membership.Group != decision.Group && membership.Group is AssignmentGroup.Holdout or AssignmentGroup.None))
        {
            membership.Group = decision.Group;
            membership.Cluster = decision.Cluster;
            membership.AssignedAtMs = decision.DecidedAtMs;
            membership.ProbabilityAtAssignment = decision.Probability;
        }

        if (decision.Verdict == NudgeVerdict.Deferred)
        {
            return;
        }

        membership.NewestDueAtMs = Math.Max(membership.NewestDueAtMs, decision.DueAtMs);
        if (decision.Verdict is NudgeVerdict.Sent or NudgeVerdict.WouldSend or NudgeVerdict.Withheld && membership.TriggeredAtMs == 0)
        {
            membership.TriggeredAtMs = decision.DecidedAtMs;
            membership.ProbabilityAtTrigger = decision.Probability;
        }

        switch (decision.Verdict)
        {
            case NudgeVerdict.Sent:
                membership.Sent++;
                break;
            case NudgeVerdict.WouldSend:
                membership.WouldSend++;
                break;
            case NudgeVerdict.Withheld:
                membership.Withheld++;
                break;
            case NudgeVerdict.Missed:
                membership.Missed++;
                break;
            default:
                membership.Suppressed++;
                membership.Displaced += decision.Reason is NudgeReason.DayCap or NudgeReason.WeekCap ? 1 : 0;
                break;
        }
    }

    // The oldest that neither caps nor channels still ask for; were there none, the oldest of all.
    private static int LeastNeeded(NudgeLog log, long lastActivityAtMs, long nowMs)
    {
        var neededFromMs = Math.Min(nowMs - CapRules.WeekMs, CapRules.NoticedAtMs(log, lastActivityAtMs));
        for (var i = 0; i < log.Entries.Count - 1; i++)
        {
            var (decision, delivery) = (log.Entries[i].Decision, log.Entries[i].Delivery);
            var isOpen = decision.Verdict == NudgeVerdict.Deferred || delivery == NudgeDelivery.Pending;
            if (!isOpen && !(decision.CountsAgainstCaps && decision.DecidedAtMs > neededFromMs))
            {
                return i;
            }
        }

        return 0;
    }

    private static int LongestUnused(NudgeLog log)
    {
        var longest = 0;
        for (var i = 1; i < log.Memberships.Count; i++)
        {
            longest = log.Memberships[i].ChangedAtSequence < log.Memberships[longest].ChangedAtSequence ? i : longest;
        }

        return longest;
    }

    private static void Add(CampaignMembership? membership, Action<CampaignMembership> count, bool isNew, long sequence)
    {
        if (isNew && membership is not null)
        {
            count(membership);
            membership.ChangedAtSequence = sequence;
        }
    }

    private static long Earlier(long known, long ms) => known == 0 ? ms : Math.Min(known, ms);
}
