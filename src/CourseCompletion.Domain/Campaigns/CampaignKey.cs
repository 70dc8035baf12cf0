using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Domain.Campaigns;

/// <summary>The key of a campaign's grain: <c>{tenant}/{campaign}</c>, percent-encoded.</summary>
public readonly record struct CampaignKey
{
    // Percent-encoded ids have no colon: no course's key begins so.
    private const string TargetPrefix = "campaign:";

    private CampaignKey(string value) => Value = value;

    /// <summary>The key's text.</summary>
    public string Value { get; }

    /// <summary>What a learner's pending mark names when there is something to tell the campaign.</summary>
    public string Target => TargetPrefix + Value;

    /// <summary>The tenant that owns the campaign.</summary>
    public TenantId Tenant => KeyText.TenantOf(Value);

    /// <summary>The campaign.</summary>
    public CampaignId Campaign => new(KeyText.Decode(Value.AsSpan(Value.IndexOf('/', StringComparison.Ordinal) + 1)));

    /// <summary>Builds the key of a campaign.</summary>
    public static CampaignKey For(TenantId tenant, CampaignId campaign) =>
        new(string.Concat(KeyText.Encode(tenant.Value), "/", KeyText.Encode(campaign.Value)));

    /// <summary>The campaign that a pending mark's target names; false when it names something else.</summary>
    public static bool TryOfTarget(string target, out CampaignKey campaign)
    {
        var names = target.StartsWith(TargetPrefix, StringComparison.Ordinal);
        campaign = names ? Parse(target[TargetPrefix.Length..]) : default;
        return names;
    }

    /// <summary>Reads a key's text back.</summary>
    /// <exception cref="FormatException">The text is not <c>{tenant}/{campaign}</c>.</exception>
    public static CampaignKey Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash == text.LastIndexOf('/') && slash < text.Length - 1
            ? new(text)
            : throw new FormatException($"'{text}' is not a campaign key ({{tenant}}/{{campaign}}).");
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
