using CourseCompletion.Domain.Courses;
using CourseCompletion.Grains.Campaigns;
using Orleans.Concurrency;

namespace CourseCompletion.Grains.Courses;

/// <summary>The side of a roster shard that takes rows.</summary>
/// <remarks>Key: <see cref="RosterKey"/>. Called by silos' collectors, by lower shards that hand rows on, by the course when it knows nothing of the shard, and by campaigns' shards.</remarks>
[Alias("cc.IRosterShardGrain")]
internal interface IRosterShardGrain : IGrainWithStringKey
{
    /// <summary>Takes rows; each replaces an older one of the same learner. Safe to repeat and to reorder.</summary>
    [Alias("ApplyAsync")]
    ValueTask ApplyAsync([Immutable] RosterRow[] rows);

    /// <summary>Takes rows that belonged to another shard and returns when they are durable here.</summary>
    [Alias("AdoptAsync")]
    ValueTask AdoptAsync([Immutable] KeptRow[] rows);

    /// <summary>Asks for a report to the course; nobody waits for it.</summary>
    [Alias("ReportAsync")]
    [OneWay]
    Task ReportAsync();

    /// <summary>For whom of this shard a campaign falls due in a span of time; changes nothing.</summary>
    [Alias("SelectAudienceAsync")]
    [ReadOnly]
    ValueTask<AudienceMember[]> SelectAudienceAsync([Immutable] AudienceQuery query);
}
