using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Campaigns.Scans;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Abstractions.Campaigns;
using CourseCompletion.Grains.Courses;
using CourseCompletion.Grains.Learners;

namespace CourseCompletion.Grains.Campaigns;

/// <summary>Dry runs: who would get what, when, and why not.</summary>
internal sealed class CampaignPreview(IGrainFactory grains, CourseCatalog courses)
{
    private const long SpanMsMax = 31 * LearnerTime.DayMs;
    private const int LearnersMax = 500;

    /// <summary>A page: learners in the order of course and id, each asked what the gate would decide at each due time.</summary>
    public async Task<DryRunPage> RunAsync(CampaignKey key, CampaignDefinition campaign, DryRunQuery query)
    {
        var limit = Math.Clamp(query.Limit, 1, LearnersMax);
        var throughMs = Math.Min(query.ToMs, query.FromMs + SpanMsMax);
        var entries = new List<DryRunEntry>();
        foreach (var course in campaign.Courses.OrderBy(course => course.Value, StringComparer.Ordinal))
        {
            var order = query.AfterCourse is null ? 1 : string.CompareOrdinal(course.Value, query.AfterCourse);
            if (order < 0)
            {
                continue;
            }

            var due = await DueAsync(key, campaign, course, query.FromMs, throughMs);
            var learners = due.Keys.Where(learner => order > 0 || string.CompareOrdinal(learner, query.AfterLearner) > 0).Order(StringComparer.Ordinal).ToList();
            var page = learners.Take(limit).ToList();
            var previews = await Task.WhenAll(page.Select(learner => PreviewAsync(key, campaign, course, learner, due[learner])));
            entries.AddRange(previews.SelectMany(preview => preview));
            limit -= page.Count;
            if (learners.Count > page.Count)
            {
                return new([.. entries], IsLast: false);
            }
        }

        return new([.. entries], IsLast: true);
    }

    private async Task<Dictionary<string, List<AudienceMember>>> DueAsync(CampaignKey key, CampaignDefinition campaign, CourseId course, long fromMs, long throughMs)
    {
        var rosters = (await courses.GetAsync(key.Tenant, course)).Rosters;
        var due = new Dictionary<string, List<AudienceMember>>(StringComparer.Ordinal);

        // As many days at a time as a shard looks back for what was missed.
        for (var after = fromMs; after < throughMs; after += RosterAudience.LookBackMs)
        {
            var query = new AudienceQuery(campaign, after, Math.Min(throughMs, after + RosterAudience.LookBackMs));
            foreach (var members in await Task.WhenAll(rosters.Select(roster => grains.GetGrain<IRosterShardGrain>(roster.Value).SelectAudienceAsync(query).AsTask())))
            {
                foreach (var member in members.Where(member => member.DueAtMs > 0))
                {
                    if (!due.TryGetValue(member.Learner, out var dues))
                    {
                        due.Add(member.Learner, dues = []);
                    }

                    dues.Add(member);
                }
            }
        }

        return due;
    }

    private async Task<DryRunEntry[]> PreviewAsync(CampaignKey key, CampaignDefinition campaign, CourseId course, string learner, List<AudienceMember> dues) =>
        await grains.GetGrain<ILearnerNudgeGrain>(LearnerKey.For(key.Tenant, new(learner)).Value).PreviewNudgesAsync(
            campaign,
            [.. dues.Select(due => new NudgeOffer(
                campaign.Campaign, campaign.Version, ScanRules.OccurrenceOf(due.Day), course, due.DueAtMs, IsScheduled: true, []))]);
}
