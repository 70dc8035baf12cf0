using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Courses;

/// <summary>Where a roster shard keeps its rows, each singly.</summary>
public interface IRosterStore
{
    /// <summary>Reads all rows of a shard.</summary>
    IAsyncEnumerable<StoredRosterRow> ReadAsync(RosterKey roster, CancellationToken cancellationToken);

    /// <summary>Writes and removes rows of one shard; completes when it is durable.</summary>
    ValueTask WriteAsync(RosterKey roster, IReadOnlyList<StoredRosterRow> upserts, IReadOnlyList<LearnerId> deletes, CancellationToken cancellationToken);
}

/// <summary>A learner's encoded contribution to a course (at most 1 KB).</summary>
public readonly record struct StoredRosterRow(LearnerId Learner, ReadOnlyMemory<byte> Payload);
