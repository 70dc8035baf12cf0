using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Grains.Courses;

/// <summary>What a silo knows of a course: its definition, or why it has none, and where its rows go.</summary>
internal sealed class CourseEntry(CourseKey key, CourseDefinition? definition, int shardCount, Rejection? rejection, long fetchedAtMs)
{
    private readonly RosterKey[] _rosters = [.. Enumerable.Range(0, shardCount).Select(shard => RosterKey.For(key, shard))];

    /// <summary>The course's key.</summary>
    public CourseKey Key { get; } = key;

    /// <summary>The definition, or null.</summary>
    public CourseDefinition? Definition { get; } = definition;

    /// <summary>Why there is none.</summary>
    public Rejection? Rejection { get; } = rejection;

    /// <summary>When it was fetched.</summary>
    public long FetchedAtMs { get; } = fetchedAtMs;

    /// <summary>The course's key, as the one target of a frame that touches only this course.</summary>
    public string[] Target { get; } = [key.Value];

    /// <summary>The roster's shards.</summary>
    public IReadOnlyList<RosterKey> Rosters => _rosters;

    /// <summary>The roster shard for a learner's row.</summary>
    public RosterKey RosterFor(LearnerId learner) =>
        _rosters[CourseKey.ShardOf(learner, _rosters.Length)];
}
