using System.Collections.Concurrent;
using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Grains.Abstractions.Campaigns;
using Microsoft.Extensions.DependencyInjection;

namespace CourseCompletion.Grains.Campaigns;

/// <summary>The silo's cache of campaign definitions, so that an offer costs no call to its campaign.</summary>
/// <remarks>Definitions are immutable versions. An entry is fetched again when an offer names a newer version, and for readers after <see cref="FreshMs"/>.</remarks>
internal sealed class CampaignCatalog(IGrainFactory grains, [FromKeyedServices(EngineTime.Key)] TimeProvider time)
{
    private const long FreshMs = 2_000;
    private const int EntriesMax = 4_096;

    private readonly ConcurrentDictionary<CampaignKey, CampaignEntry> _entries = new();

    /// <summary>The definition, at least of a version; null when there is no such campaign.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="version">The version that is needed at least; 0 for whatever is not older than two seconds.</param>
    public async ValueTask<CampaignDefinition?> GetAsync(CampaignKey campaign, long version)
    {
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (_entries.TryGetValue(campaign, out var known)
            && (version > 0 ? known.Definition?.Version >= version : nowMs - known.FetchedAtMs is >= 0 and <= FreshMs))
        {
            return known.Definition;
        }

        var definition = await grains.GetGrain<ICampaignGrain>(campaign.Value).GetDefinitionAsync();
        if (_entries.Count >= EntriesMax)
        {
            _entries.Clear();
        }

        _entries[campaign] = new(campaign, definition, nowMs);
        return definition;
    }
}
