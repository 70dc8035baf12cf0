using CourseCompletion.Domain.Courses;
using CourseCompletion.Grains.Campaigns;
using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace CourseCompletion.Grains.Courses;

/// <summary>The side of a roster shard that takes rows.</summary>
/// <remarks>Key: <see cref="RosterKey"/>. Called by silos' collectors, by lower shards that hand rows on, by the course when it knows nothing of the shard, by campaigns' shards, and by question boards.</remarks>
[Alias("cc.IRosterShardGrain")]
[Version(1)]
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

    /// <summary>Who of this shard finished a lesson and was active since an instant, the most recently active first; changes nothing.</summary>
    /// <param name="lesson">The lesson.</param>
    /// <param name="activeFromMs">The instant.</param>
    /// <param name="limit">At most so many.</param>
    [Alias("SelectFinishersAsync")]
    [ReadOnly]
    ValueTask<LessonFinisher[]> SelectFinishersAsync(string lesson, long activeFromMs, int limit);
}

/// <summary>A learner who finished a lesson.</summary>
/// <param name="Learner">The learner.</param>
/// <param name="ActiveAtMs">The newest activity in the course.</param>
[GenerateSerializer, Alias("cc.lesson-finisher"), Immutable]
internal readonly record struct LessonFinisher([property: Id(0)] string Learner, [property: Id(1)] long ActiveAtMs);
