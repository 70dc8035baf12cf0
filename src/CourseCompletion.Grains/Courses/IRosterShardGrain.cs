using CourseCompletion.Domain.Courses;
using Orleans.Concurrency;

namespace CourseCompletion.Grains.Courses;

/// <summary>The side of a roster shard that takes rows.</summary>
/// <remarks>Key: <see cref="RosterKey"/>. Called by silos' collectors, by lower shards that hand rows on, and by the course when it knows nothing of the shard.</remarks>
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
}
