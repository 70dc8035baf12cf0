using System.Collections.Concurrent;
using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Arms;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Campaigns.Uplift;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CourseCompletion.Grains.Campaigns;

/// <summary>The silo's cache of campaigns, so that an offer costs no call to its campaign.</summary>
/// <remarks>
/// Definitions are immutable versions. An entry is fetched again when an offer names a newer version, and for readers after two seconds. What campaigns learn is renewed each minute,
/// while the entry before stays in use.
/// </remarks>
internal sealed partial class CampaignCatalog(IGrainFactory grains, [FromKeyedServices(EngineTime.Key)] TimeProvider time, ILogger<CampaignCatalog> log)
{
    private const long FreshMs = 2_000;
    private const long LearnedMs = 60_000;
    private const int EntriesMax = 4_096;

    private readonly ConcurrentDictionary<CampaignKey, (CampaignEntry? Entry, long FetchedAtMs)> _entries = new();

    /// <summary>The campaign, at least of a version; null when there is no such campaign.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="version">The version that is needed at least; 0 for whatever is not older than two seconds.</param>
    public ValueTask<CampaignEntry?> GetAsync(CampaignKey campaign, long version)
    {
        var nowMs = NowMs;
        if (!_entries.TryGetValue(campaign, out var known) || !(version > 0 ? known.Entry?.Definition.Version >= version : nowMs - known.FetchedAtMs is >= 0 and <= FreshMs))
        {
            return new(FetchAsync(campaign));
        }

        if (known.Entry?.Definition.Learns == true && nowMs - known.FetchedAtMs > LearnedMs)
        {
            // Only one asks: the others find an entry that was just fetched.
            if (_entries.TryUpdate(campaign, known with { FetchedAtMs = nowMs }, known))
            {
                _ = RefreshAsync(campaign);
            }
        }

        return new(known.Entry);
    }

    /// <summary>Reads what a campaign has learned anew; when it cannot be read, what is in memory stays in use.</summary>
    public async Task RefreshAsync(CampaignKey campaign)
    {
        try
        {
            await FetchAsync(campaign);
        }
        catch (Exception e)
        {
            LogRefreshFailed(log, campaign.Value, e);
        }
    }

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task<CampaignEntry?> FetchAsync(CampaignKey campaign)
    {
        var plan = await grains.GetGrain<ICampaignPlanGrain>(campaign.Value).GetPlanAsync();
        var entry = plan is null ? null : new CampaignEntry(plan.Definition, LearnedOf(plan));
        if (_entries.Count >= EntriesMax)
        {
            _entries.Clear();
        }

        _entries[campaign] = (entry, NowMs);
        return entry;
    }

    private static CampaignLearned LearnedOf(CampaignPlan plan) => new(
        plan.Arms.Length == 0 ? new() : ArmStatisticsCodec.Decode(plan.Arms), plan.Uplift.Length == 0 ? UpliftState.None : UpliftStateCodec.Decode(plan.Uplift));

    [LoggerMessage(2462, LogLevel.Warning, "What campaign {Campaign} has learned could not be read; what is in memory stays in use.")]
    private static partial void LogRefreshFailed(ILogger logger, string campaign, Exception e);
}
