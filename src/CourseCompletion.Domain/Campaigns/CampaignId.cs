namespace CourseCompletion.Domain.Campaigns;

/// <summary>Names a campaign within its tenant, 1 to 128 bytes.</summary>
public readonly record struct CampaignId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
