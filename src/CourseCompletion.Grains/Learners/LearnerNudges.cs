using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Completion.Catalog;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Abstractions.Campaigns;
using CourseCompletion.Grains.Abstractions.Learners;
using CourseCompletion.Grains.Campaigns.Delivery;
using CourseCompletion.Grains.Courses;

namespace CourseCompletion.Grains.Learners;

/// <summary>How a learner's nudges are shown to readers, with the texts that their campaigns have for them.</summary>
internal sealed class LearnerNudges(NudgeTexts texts, BandPolicy bands, ICompletionModels models)
{
    private const int LimitMax = 100;

    /// <summary>The entries that a query asks for, newest first.</summary>
    public static NudgeEntry[] Select(NudgeLog? log, NudgeQuery query)
    {
        var found = new List<NudgeEntry>();
        for (var i = (log?.Entries.Count ?? 0) - 1; i >= 0 && found.Count < Math.Clamp(query.Limit, 1, LimitMax); i--)
        {
            var (entry, decision) = (log!.Entries[i], log.Entries[i].Decision);
            if ((!query.SentOnly || decision.Verdict == NudgeVerdict.Sent)
                && (query.Campaign is null || decision.Campaign.Value == query.Campaign)
                && (query.Nudge is null || NudgeIds.ToText(decision.Id) == query.Nudge))
            {
                found.Add(entry.Copy());
            }
        }

        return [.. found];
    }

    /// <summary>What was sent, opened or dismissed after a sequence, oldest first.</summary>
    public static NudgeEntry[] SentSince(NudgeLog? log, long sequence) => log is null
        ? []
        : [.. log.Entries.Where(entry => entry.Decision.Verdict == NudgeVerdict.Sent && entry.ChangedAtSequence > sequence).Select(entry => entry.Copy())];

    /// <summary>The offers whose deferral is over, in every course: what may go out in one digest is decided together.</summary>
    public static NudgeOffer[] DueAgain(NudgeLog? log, long nowMs) => log is null
        ? []
        : [.. log.Entries.Select(entry => entry.Decision)
            .Where(decision => decision.Verdict == NudgeVerdict.Deferred && decision.RetryAtMs <= nowMs)
            .Select(decision => new NudgeOffer(
                decision.Campaign, decision.CampaignVersion, decision.Occurrence, decision.Course, decision.DueAtMs, IsScheduled: true, decision.Variables)
            {
                IsTransactional = decision.IsTransactional,
                Cluster = decision.Cluster,
            })];

    /// <summary>Entries as readers see them.</summary>
    /// <param name="learner">The learner.</param>
    /// <param name="entries">The entries.</param>
    /// <param name="locale">The learner's language; "" for each template's own.</param>
    public async ValueTask<NudgeView[]> ViewAsync(LearnerKey learner, NudgeEntry[] entries, string locale)
    {
        var views = new NudgeView[entries.Length];
        for (var i = 0; i < views.Length; i++)
        {
            views[i] = await ViewAsync(learner, entries[i], locale);
        }

        return views;
    }

    /// <summary>What would be decided about occurrences, in the course of the offers.</summary>
    public DryRunEntry[] Preview(
        LearnerKey learner, LearnerState state, CampaignDefinition campaign, CampaignLearned? learned, NudgeOffer[] offers, Dictionary<CourseId, CourseEntry> courses)
    {
        if (offers.Length == 0 || !courses.TryGetValue(offers[0].Course, out var course))
        {
            return [];
        }

        var decisions = new NudgeRecorder(GatePolicy.Default, bands).Preview(state, learner, course, campaign, learned ?? CampaignLearned.None, offers, models.Current.ChampionOf(learner.Tenant));
        return [.. decisions.Select(decision => new DryRunEntry(
            decision.Course.Value,
            learner.Learner.Value,
            decision.Occurrence,
            decision.DueAtMs,
            decision.Verdict,
            decision.Reason,
            decision.DecidedAtMs,
            decision.Arm))];
    }

    private async ValueTask<NudgeView> ViewAsync(LearnerKey learner, NudgeEntry entry, string locale)
    {
        var decision = entry.Decision;
        var text = decision.Verdict == NudgeVerdict.Sent ? await texts.RenderAsync(learner, decision, "", locale.Length == 0 ? null : locale) : null;
        return new()
        {
            Nudge = NudgeIds.ToText(decision.Id),
            Campaign = decision.Campaign.Value,
            Occurrence = decision.Occurrence,
            Course = decision.Course.Value,
            Purpose = decision.Purpose,
            DueAtMs = decision.DueAtMs,
            DecidedAtMs = decision.DecidedAtMs,
            Verdict = decision.Verdict,
            Reason = decision.Reason,
            Group = decision.Group,
            Arm = decision.Arm,
            Propensity = decision.Propensity,
            Channel = decision.Channel,
            Subject = text?.Subject ?? "",
            Text = text?.Text ?? "",
            Link = text?.Link ?? "",
            OpenedAtMs = entry.OpenedAtMs,
            DismissedAtMs = entry.DismissedAtMs,
            ActedAtMs = entry.ActedAtMs,
            Delivery = entry.Delivery,
            DeliveryEndedAtMs = entry.DeliveryEndedAtMs,
            RetryAtMs = decision.RetryAtMs,
            Digest = decision.Digest == default ? "" : NudgeIds.ToText(decision.Digest),
            SendPropensity = decision.Uplift?.SendPropensity,
            ExpectedGain = decision.Uplift?.Estimate?.Uplift,
        };
    }
}
