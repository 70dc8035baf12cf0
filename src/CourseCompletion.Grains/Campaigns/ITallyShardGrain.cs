using CourseCompletion.Domain.Campaigns.Report;
using CourseCompletion.Domain.Campaigns.Uplift;
using Orleans.CodeGeneration;

namespace CourseCompletion.Grains.Campaigns;

/// <summary>One shard of a campaign's tally: one row a learner.</summary>
/// <remarks>Key: <see cref="Domain.Courses.RosterKey"/> of a campaign. Called by silos' collectors (rows) and by the campaign (sums).</remarks>
[Alias("cc.ITallyShardGrain")]
[Version(1)]
internal interface ITallyShardGrain : IGrainWithStringKey
{
    /// <summary>Takes rows; each replaces an older one of the same learner. Safe to repeat and to reorder.</summary>
    [Alias("ApplyAsync")]
    ValueTask ApplyAsync([Immutable] CampaignRow[] rows);

    /// <summary>The sums of the rows as of an instant.</summary>
    [Alias("SumAsync")]
    ValueTask<CampaignTally> SumAsync(long asOfMs);

    /// <summary>What the rows say for models of whom to leave alone to be fitted on.</summary>
    [Alias("SumUpliftAsync")]
    ValueTask<UpliftMoments> SumUpliftAsync();
}
