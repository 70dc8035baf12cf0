namespace CourseCompletion.Domain.Learners;

/// <summary>Where frames go when the store lets go of them: compressed files by day, read by training and audit.</summary>
/// <remarks>Delivery is at least once: a reader drops repeats by (learner, sequence).</remarks>
public interface IJournalArchive
{
    /// <summary>Appends frames of a store's incarnation and returns when they are on disk.</summary>
    ValueTask AppendAsync(IReadOnlyList<ArchivedFrame> frames, long incarnation, CancellationToken cancellationToken);

    /// <summary>Reads everything archived, in the order in which it was archived, oldest file first.</summary>
    /// <remarks>After a restore a learner's sequences are given out again: of frames with the same learner and sequence only those of the highest incarnation are read.</remarks>
    IAsyncEnumerable<ArchivedFrame> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Removes whole files whose day is before <paramref name="day"/> (days since 1970-01-01 UTC).</summary>
    ValueTask DeleteBeforeAsync(int day, CancellationToken cancellationToken);
}

/// <summary>A frame that left the store.</summary>
public readonly record struct ArchivedFrame(LearnerKey Learner, JournalFrame Frame);
