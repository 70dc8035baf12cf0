using System.Collections.Concurrent;
using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.ClusterTests.Stores;

/// <summary>The journal as one silo reaches it.</summary>
internal sealed class LinkedJournal(ILearnerJournal journal, SiloLink link) : ILearnerJournal
{
    public ValueTask<LearnerTail> ReadTailAsync(LearnerKey learner, long afterSequence, CancellationToken cancellationToken)
    {
        link.Check();
        return journal.ReadTailAsync(learner, afterSequence, cancellationToken);
    }

    public ValueTask<AppendOutcome> AppendAsync(LearnerAppend append, CancellationToken cancellationToken)
    {
        link.Check();
        return journal.AppendAsync(append, cancellationToken);
    }

    public ValueTask<AppendOutcome> SealAsync(DedupeSeal seal, CancellationToken cancellationToken)
    {
        link.Check();
        return journal.SealAsync(seal, cancellationToken);
    }

    public ValueTask<UInt128[]> ReadSegmentAsync(LearnerKey learner, DedupeSegmentId segment, CancellationToken cancellationToken)
    {
        link.Check();
        return journal.ReadSegmentAsync(learner, segment, cancellationToken);
    }

    public ValueTask<AppendOutcome> TrimAsync(LearnerKey learner, long throughSequence, long expectedHead, CancellationToken cancellationToken)
    {
        link.Check();
        return journal.TrimAsync(learner, throughSequence, expectedHead, cancellationToken);
    }
}

/// <summary>The pending index as one silo reaches it.</summary>
internal sealed class LinkedPendingIndex(IPendingIndex pending, SiloLink link, JournalFaults faults) : IPendingIndex
{
    public int PartitionCount => pending.PartitionCount;

    public ValueTask AcknowledgeAsync(IReadOnlyList<PendingMark> told, CancellationToken cancellationToken)
    {
        link.Check();
        faults.CheckAcknowledgement();
        return pending.AcknowledgeAsync(told, cancellationToken);
    }

    public ValueTask<IReadOnlyList<PendingMark>> ReadOlderThanAsync(int partition, TimeSpan age, int limit, CancellationToken cancellationToken)
    {
        link.Check();
        return pending.ReadOlderThanAsync(partition, age, limit, cancellationToken);
    }
}

/// <summary>The roster rows as one silo reaches them.</summary>
/// <param name="rosters">The rows.</param>
/// <param name="link">The silo.</param>
/// <param name="owners">Which silo took which shard over last; the silos of a cluster share it.</param>
internal sealed class LinkedRosterStore(IRosterStore rosters, SiloLink link, ConcurrentDictionary<RosterKey, SiloLink> owners) : IRosterStore
{
    public ValueTask TakeOverAsync(RosterKey roster, CancellationToken cancellationToken)
    {
        link.Check();
        owners[roster] = link;
        return rosters.TakeOverAsync(roster, cancellationToken);
    }

    public IAsyncEnumerable<StoredRosterRow> ReadAsync(RosterKey roster, CancellationToken cancellationToken)
    {
        link.Check();
        return rosters.ReadAsync(roster, cancellationToken);
    }

    public ValueTask WriteAsync(
        RosterKey roster, IReadOnlyList<StoredRosterRow> upserts, IReadOnlyList<RosterRowRemoval> removals, CancellationToken cancellationToken)
    {
        link.Check();
        return owners.GetValueOrDefault(roster, link) == link
            ? rosters.WriteAsync(roster, upserts, removals, cancellationToken)
            : throw new RosterTakenOverException($"Another silo has taken over '{roster}'.");
    }
}
