namespace CourseCompletion.Domain.Learners;

/// <summary>Everything that ever changed a learner, in order: the truth from which the learner's state is folded.</summary>
/// <remarks>
/// Implemented by Storage (embedded SQLite, Redis); called by the learner's grain only. Every write is fenced by the learner's head sequence, so that a
/// stale activation can never write behind a newer one. A failed task is no proof that nothing was applied.
/// </remarks>
public interface ILearnerJournal
{
    /// <summary>Reads the retained frames after a sequence, oldest first, with the learner's head.</summary>
    /// <exception cref="Stores.StoreUnavailableException">The store cannot be read now.</exception>
    /// <exception cref="Stores.StoreCorruptException">The frames are damaged or not contiguous.</exception>
    ValueTask<LearnerTail> ReadTailAsync(LearnerKey learner, long afterSequence, CancellationToken cancellationToken);

    /// <summary>Appends one frame if the learner's head is still the expected one; completes when it is durable.</summary>
    /// <exception cref="Stores.StoreUnavailableException">It is not known whether the frame is durable.</exception>
    ValueTask<AppendOutcome> AppendAsync(LearnerAppend append, CancellationToken cancellationToken);

    /// <summary>
    /// Stores the identities of the frames up to <see cref="DedupeSeal.ThroughSequence"/> in their day segments and drops segments behind their source's floor,
    /// in one transaction. Sealing the same frames again is harmless.
    /// </summary>
    ValueTask<AppendOutcome> SealAsync(DedupeSeal seal, CancellationToken cancellationToken);

    /// <summary>Reads the sealed identities of one source and day; empty when there are none.</summary>
    ValueTask<UInt128[]> ReadSegmentAsync(LearnerKey learner, DedupeSegmentId segment, CancellationToken cancellationToken);

    /// <summary>Lets go of the frames up to a sequence (they go to the archive). The newest frame always stays, for it holds the head.</summary>
    /// <remarks>Fenced: nothing happens when <paramref name="expectedHead"/> is not the head.</remarks>
    ValueTask<AppendOutcome> TrimAsync(LearnerKey learner, long throughSequence, long expectedHead, CancellationToken cancellationToken);
}

/// <summary>How a fenced write ended.</summary>
public enum AppendOutcome
{
    /// <summary>It is durable.</summary>
    Applied,

    /// <summary>Another activation wrote first: the caller's state is stale and must be re-read.</summary>
    Fenced,
}

/// <summary>One journal frame as stored: its place in the learner's sequence (from 1, no gaps) and its bytes.</summary>
public readonly record struct JournalFrame(long Sequence, ReadOnlyMemory<byte> Payload);

/// <summary>The retained end of a learner's journal.</summary>
/// <param name="HeadSequence">The newest frame's sequence; 0 for a learner never seen.</param>
/// <param name="TrimmedThrough">Frames up to here were let go; 0 when all are retained.</param>
/// <param name="Frames">The frames asked for, contiguous, oldest first.</param>
public sealed record LearnerTail(long HeadSequence, long TrimmedThrough, IReadOnlyList<JournalFrame> Frames);

/// <summary>A frame to append, with what must be told because of it.</summary>
/// <param name="Learner">Whose journal.</param>
/// <param name="ExpectedHead">The head that the frame follows; the frame's sequence is one more.</param>
/// <param name="Payload">The encoded frame, not to be changed afterwards.</param>
/// <param name="Targets">What is to be told (a course key for a roster row); each gets a pending mark with the frame's sequence as its version.</param>
public sealed record LearnerAppend(LearnerKey Learner, long ExpectedHead, ReadOnlyMemory<byte> Payload, IReadOnlyList<string> Targets);

/// <summary>Names the identities of one source on one day.</summary>
/// <param name="Source">The producer's source name.</param>
/// <param name="Day">Days since 1970-01-01 UTC of the events' own <c>occurred_at</c>, before any clock correction.</param>
public readonly record struct DedupeSegmentId(string Source, int Day);

/// <summary>Identities to move into their day segments.</summary>
/// <param name="Learner">Whose.</param>
/// <param name="ThroughSequence">The newest frame whose identities are in <paramref name="Segments"/>; also the fence: the learner's head must be at least this.</param>
/// <param name="Segments">The identities to add, by segment.</param>
/// <param name="Dropped">Segments to forget, because their source's floor has passed them.</param>
public sealed record DedupeSeal(
    LearnerKey Learner,
    long ThroughSequence,
    IReadOnlyList<KeyValuePair<DedupeSegmentId, UInt128[]>> Segments,
    IReadOnlyList<DedupeSegmentId> Dropped);
