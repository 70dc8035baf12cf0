using CourseCompletion.Domain.Campaigns;
using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace CourseCompletion.Grains.Abstractions.Campaigns;

/// <summary>One campaign: its definition and its report.</summary>
/// <remarks>Key: <see cref="CampaignKey"/>. Called by the gateway and by .NET backends.</remarks>
[Alias("cc.ICampaignGrain")]
[Version(1)]
public interface ICampaignGrain : IGrainWithStringKey
{
    /// <summary>Creates the campaign, or replaces its definition: the next version.</summary>
    /// <param name="definition">The definition; its version, salt and times are the grain's to set.</param>
    /// <param name="expectedVersion">The version that it replaces, 0 for none; null for any.</param>
    [Alias("UpsertAsync")]
    ValueTask<CampaignUpsertOutcome> UpsertAsync([Immutable] CampaignDefinition definition, long? expectedVersion);

    /// <summary>Lets it run, stand still or end for good; null when there is no such campaign. An archived one stays so.</summary>
    [Alias("SetStatusAsync")]
    ValueTask<CampaignDefinition?> SetStatusAsync(CampaignStatus status);

    /// <summary>The definition; null when there is none.</summary>
    [Alias("GetDefinitionAsync")]
    [AlwaysInterleave]
    ValueTask<CampaignDefinition?> GetDefinitionAsync();

    /// <summary>What came of it so far; null when there is no such campaign.</summary>
    [Alias("GetReportAsync")]
    [AlwaysInterleave]
    ValueTask<CampaignReport?> GetReportAsync();

    /// <summary>Whom it would reach when in a span of time, without sending anything; null when there is no such campaign.</summary>
    [Alias("DryRunAsync")]
    [AlwaysInterleave]
    ValueTask<DryRunPage?> DryRunAsync(DryRunQuery query);
}
