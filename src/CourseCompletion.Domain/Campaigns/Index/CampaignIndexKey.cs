using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Domain.Campaigns.Index;

/// <summary>The key of a tenant's index of campaigns: <c>{tenant}</c>, percent-encoded.</summary>
public readonly record struct CampaignIndexKey
{
    private CampaignIndexKey(string value) => Value = value;

    /// <summary>The key's text.</summary>
    public string Value { get; }

    /// <summary>Builds a key.</summary>
    public static CampaignIndexKey For(TenantId tenant) => new(KeyText.Encode(tenant.Value));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
