using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Courses;

/// <summary>Where a roster shard keeps its rows, each singly.</summary>
public interface IRosterStore
{
    /// <summary>Makes this silo the one that writes a shard, until another one takes it over.</summary>
    /// <remarks>
    /// To be called before the rows are read. What a silo that hung and was given up by the others stored after that would be in nobody's sums, and acknowledged all the same. A
    /// store that serves one process has nobody to tell apart, and does nothing.
    /// </remarks>
    ValueTask TakeOverAsync(RosterKey roster, CancellationToken cancellationToken);

    /// <summary>Reads all rows of a shard; damaged ones too, so that the caller can have them told again.</summary>
    IAsyncEnumerable<StoredRosterRow> ReadAsync(RosterKey roster, CancellationToken cancellationToken);

    /// <summary>Writes rows of one shard, then removes some; completes when it is durable. Whatever is stored in a newer version stays as it is.</summary>
    /// <exception cref="RosterTakenOverException">Another silo has taken the shard over. Of a long list the first rows may be written.</exception>
    ValueTask WriteAsync(
        RosterKey roster, IReadOnlyList<StoredRosterRow> upserts, IReadOnlyList<RosterRowRemoval> removals, CancellationToken cancellationToken);
}

/// <summary>A learner's encoded contribution to a course (at most 1 KB), and which state of the learner it stems from.</summary>
public readonly record struct StoredRosterRow(LearnerId Learner, RowVersion Version, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Whether the stored bytes fail their checksum: then only <see cref="Learner"/> is of use, to ask for the row again, since rows are derived.</summary>
    public bool IsDamaged { get; private init; }

    /// <summary>A row whose stored bytes cannot be trusted.</summary>
    public static StoredRosterRow Damaged(LearnerId learner) => new(learner, default, default) { IsDamaged = true };
}

/// <summary>A row to remove, unless the stored one is newer than <paramref name="Version"/>.</summary>
public readonly record struct RosterRowRemoval(LearnerId Learner, RowVersion Version);
