using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Grains.Abstractions.Courses;

/// <summary>How an upsert ended.</summary>
/// <param name="Definition">The stored definition, or null when it was refused.</param>
/// <param name="Faults">Every malformed field; empty when it was stored or the version differed.</param>
/// <param name="CurrentVersion">The current version; 0 when the course does not exist.</param>
[GenerateSerializer, Alias("cc.upsert-outcome"), Immutable]
public sealed record UpsertOutcome(
    [property: Id(0)] CourseDefinition? Definition,
    [property: Id(1)] IReadOnlyList<Rejection> Faults,
    [property: Id(2)] long CurrentVersion);

/// <summary>Whether events of a course are taken.</summary>
/// <param name="Definition">The definition to use, or null.</param>
/// <param name="ShardCount">How many roster shards the course has.</param>
/// <param name="Rejection">Why there is none.</param>
[GenerateSerializer, Alias("cc.course-admission"), Immutable]
public sealed record CourseAdmission(
    [property: Id(0)] CourseDefinition? Definition,
    [property: Id(1)] int ShardCount,
    [property: Id(2)] Rejection? Rejection);

/// <summary>A course's live figures.</summary>
/// <param name="Course">The course.</param>
/// <param name="Sums">The merged sums of its roster shards.</param>
/// <param name="Revision">Grows with every change, also across activations of the course's grain; a watcher sends it back.</param>
/// <param name="EvaluatedAtMs">The oldest instant for which a shard's time-dependent figures hold.</param>
/// <param name="ShardCount">How many shards the roster has.</param>
[GenerateSerializer, Alias("cc.course-engagement"), Immutable]
public sealed record CourseEngagement(
    [property: Id(0)] CourseDefinition Course,
    [property: Id(1)] RosterSums Sums,
    [property: Id(2)] long Revision,
    [property: Id(3)] long EvaluatedAtMs,
    [property: Id(4)] int ShardCount);
