using CourseCompletion.Domain.Courses;
using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace CourseCompletion.Grains.Courses;

/// <summary>The side of a course that takes its shards' sums.</summary>
/// <remarks>Key: <see cref="CourseKey"/>. Called by roster shards, and by the tenant's completion index when it has heard nothing for a day.</remarks>
[Alias("cc.ICourseRollupGrain")]
[Version(1)]
internal interface ICourseRollupGrain : IGrainWithStringKey
{
    /// <summary>Replaces what is known of a shard; answers with the definition and the number of shards that now hold.</summary>
    /// <param name="shard">The shard's number.</param>
    /// <param name="sums">Its sums.</param>
    /// <param name="rowCount">How many rows it has.</param>
    /// <param name="shardCount">The number of shards by which it last handed rows on.</param>
    [Alias("ReportAsync")]
    [AlwaysInterleave]
    ValueTask<CourseLayout> ReportAsync(int shard, [Immutable] RosterSums sums, int rowCount, int shardCount);

    /// <summary>Asks for a report to the tenant's completion index; nobody waits for it.</summary>
    [Alias("ReportIndexAsync")]
    [OneWay]
    [AlwaysInterleave]
    Task ReportIndexAsync();
}

/// <summary>How a course is laid out now.</summary>
/// <param name="Definition">The definition; null when the course was never defined.</param>
/// <param name="ShardCount">How many roster shards it has.</param>
[GenerateSerializer, Alias("cc.course-layout"), Immutable]
internal sealed record CourseLayout([property: Id(0)] CourseDefinition? Definition, [property: Id(1)] int ShardCount);
