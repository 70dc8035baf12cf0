using CourseCompletion.Domain.Campaigns.Effects;

namespace CourseCompletion.Domain.Campaigns.Index;

/// <summary>Which campaigns a tenant has, and what each last found about completion. Owned and changed by one grain at a time.</summary>
public sealed class CampaignIndex
{
    /// <summary>How many campaigns a tenant has at most, archived ones among them.</summary>
    public const int CampaignsMax = 10_000;

    /// <summary>How many campaigns' effects are pooled at most: those that know theirs best.</summary>
    public const int PooledMax = 1_000;

    private readonly SortedDictionary<string, CampaignEffect> _campaigns = new(StringComparer.Ordinal);

    /// <summary>The campaigns in the order of their ids; the standard error of one that has found nothing is infinite.</summary>
    public IReadOnlyCollection<CampaignEffect> All => _campaigns.Values;

    /// <summary>Whether a campaign is in it.</summary>
    public bool Contains(string campaign) => _campaigns.ContainsKey(campaign);

    /// <summary>Adds a campaign that has found nothing yet; false when there is no room, and true when it was there.</summary>
    public bool TryAdd(string campaign)
    {
        if (!Contains(campaign) && _campaigns.Count >= CampaignsMax)
        {
            return false;
        }

        _campaigns.TryAdd(campaign, new(campaign, 0, double.PositiveInfinity, 0));
        return true;
    }

    /// <summary>The ids after one, in their order.</summary>
    /// <param name="after">The id; null for the first ones.</param>
    /// <param name="limit">How many at most.</param>
    public string[] After(string? after, int limit) =>
        [.. _campaigns.Keys.SkipWhile(campaign => after is not null && string.CompareOrdinal(campaign, after) <= 0).Take(limit)];

    /// <summary>Takes what a campaign found; tells whether that is news. A campaign that is not in the index is none.</summary>
    public bool Take(CampaignEffect effect)
    {
        if (!_campaigns.TryGetValue(effect.Campaign, out var known) || known == effect)
        {
            return false;
        }

        _campaigns[effect.Campaign] = effect;
        return true;
    }

    /// <summary>A campaign's effect on completion in the light of the others that know theirs.</summary>
    /// <param name="campaign">The campaign; one that has found nothing is expected to be like the others.</param>
    /// <param name="policy">How its own effect is estimated.</param>
    public PooledCompletion PoolFor(string campaign, EffectPolicy policy)
    {
        var own = _campaigns.GetValueOrDefault(campaign, new(campaign, 0, double.PositiveInfinity, 0));
        var others = _campaigns.Values
            .Where(effect => effect.Campaign != campaign && double.IsFinite(effect.StandardError))
            .OrderBy(effect => effect.StandardError)
            .Take(PooledMax - 1);
        CampaignEffect[] pooled = [own, .. others];
        return new(EffectPooling.Pool(pooled, policy).Campaigns[0], pooled.Count(effect => double.IsFinite(effect.StandardError)));
    }
}
