using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Campaigns.Report;

/// <summary>How often what happened on one side of a campaign's experiment.</summary>
/// <param name="Learners">Learners on the side.</param>
/// <param name="Triggered">Learners for whom an offer passed every check.</param>
/// <param name="Sent">Nudges sent.</param>
/// <param name="WouldSend">Nudges that would have been.</param>
/// <param name="Withheld">Nudges that the campaign chose not to send.</param>
/// <param name="Suppressed">Nudges that a check stopped.</param>
/// <param name="Displaced">Of these, those stopped by a frequency cap.</param>
/// <param name="Missed">Nudges that came too late.</param>
/// <param name="Opened">Sent nudges that were opened.</param>
/// <param name="Dismissed">Sent nudges that were dismissed.</param>
/// <param name="Acted">Nudges, sent or not, after which the learner came back within 24 h and watched a minute.</param>
public readonly record struct GroupCounts(
    long Learners, long Triggered, long Sent, long WouldSend, long Withheld, long Suppressed, long Displaced, long Missed, long Opened, long Dismissed, long Acted)
{
    /// <summary>Those of one learner.</summary>
    public static GroupCounts Of(CampaignMembership membership) => new(
        1,
        membership.TriggeredAtMs > 0 ? 1 : 0,
        membership.Sent,
        membership.WouldSend,
        membership.Withheld,
        membership.Suppressed,
        membership.Displaced,
        membership.Missed,
        membership.Opened,
        membership.Dismissed,
        membership.Acted);

    /// <summary>The counts of two parts.</summary>
    public GroupCounts Add(in GroupCounts other) => new(
        Learners + other.Learners,
        Triggered + other.Triggered,
        Sent + other.Sent,
        WouldSend + other.WouldSend,
        Withheld + other.Withheld,
        Suppressed + other.Suppressed,
        Displaced + other.Displaced,
        Missed + other.Missed,
        Opened + other.Opened,
        Dismissed + other.Dismissed,
        Acted + other.Acted);

    internal void Write(PayloadWriter to)
    {
        foreach (var count in (ReadOnlySpan<long>)[Learners, Triggered, Sent, WouldSend, Withheld, Suppressed, Displaced, Missed, Opened, Dismissed, Acted])
        {
            to.Int(count);
        }
    }

    internal static GroupCounts Read(ref PayloadReader from) => new(
        from.Int(), from.Int(), from.Int(), from.Int(), from.Int(), from.Int(), from.Int(), from.Int(), from.Int(), from.Int(), from.Int());
}
