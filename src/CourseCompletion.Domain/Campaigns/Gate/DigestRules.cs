using CourseCompletion.Domain.Campaigns.Channels;

namespace CourseCompletion.Domain.Campaigns.Gate;

/// <summary>Which nudges that waited for the end of quiet hours go out as one message, and what that message is made of.</summary>
/// <remarks>
/// Those that are decided in one frame and go by one channel make one digest. The first that passes the caps opens it and counts against them; the others join it. On whichever
/// sides of experiments its parts are: a part that is only withheld by an experiment is none of the message, and what is left of the digest is one message all the same.
/// </remarks>
public static class DigestRules
{
    /// <summary>Whether a nudge may be a part of a digest: it waited for the end of quiet hours, and its campaign says so.</summary>
    public static bool MayJoin(NudgeLog? log, NudgeDecision decision, CampaignDefinition campaign) =>
        campaign.QuietHours == QuietHoursRule.Digest && log?.Find(decision.Id) is { Decision: { Verdict: NudgeVerdict.Deferred, Reason: NudgeReason.QuietHours } };

    /// <summary>The digest that was opened in a frame for a channel, or for any; 0 when none was.</summary>
    /// <param name="log">What is remembered of nudges.</param>
    /// <param name="sequence">The frame that is being decided.</param>
    /// <param name="channel">The channel; unspecified for any.</param>
    public static UInt128 OpenIn(NudgeLog? log, long sequence, NudgeChannel channel)
    {
        for (var i = 0; i < (log?.Entries.Count ?? 0); i++)
        {
            var (entry, decision) = (log!.Entries[i], log.Entries[i].Decision);
            if (entry.ChangedAtSequence == sequence && decision.Digest == decision.Id && decision.Digest != default
                && (channel == NudgeChannel.Unspecified || decision.Channel == channel))
            {
                return decision.Digest;
            }
        }

        return default;
    }

    /// <summary>What of a digest is sent, in the order in which it fell due: the first names the message. One that goes alone is its own only part.</summary>
    public static List<NudgeEntry> PartsOf(NudgeLog log, NudgeDecision decision)
    {
        var parts = new List<NudgeEntry>();
        foreach (var entry in log.Entries)
        {
            var other = entry.Decision;
            if (other.Verdict == NudgeVerdict.Sent && (other.Id == decision.Id || (decision.Digest != default && other.Digest == decision.Digest)))
            {
                parts.Add(entry);
            }
        }

        return parts;
    }
}
