namespace CourseCompletion.Domain.Learners;

/// <summary>What learners have remembered but not yet told, so that no crash between the two loses the telling.</summary>
/// <remarks>
/// Marks are written by <see cref="ILearnerJournal.AppendAsync"/> in the append's own transaction. A mark is named by learner and target; a newer append raises its
/// version and keeps its age. Rosters acknowledge; scheduler shards sweep what stays unacknowledged.
/// </remarks>
public interface IPendingIndex
{
    /// <summary>How many partitions the marks are spread over; fixed when the store is created.</summary>
    int PartitionCount { get; }

    /// <summary>Removes each mark whose version is no newer than the one acknowledged.</summary>
    ValueTask AcknowledgeAsync(IReadOnlyList<PendingMark> told, CancellationToken cancellationToken);

    /// <summary>Reads up to <paramref name="limit"/> marks of a partition that were first set at least <paramref name="age"/> ago.</summary>
    ValueTask<IReadOnlyList<PendingMark>> ReadOlderThanAsync(int partition, TimeSpan age, int limit, CancellationToken cancellationToken);
}

/// <summary>Something a learner still has to tell.</summary>
/// <param name="Learner">Who has to tell.</param>
/// <param name="Target">Whom: a course key.</param>
/// <param name="Version">The sequence of the newest frame that is to be told.</param>
public readonly record struct PendingMark(LearnerKey Learner, string Target, long Version);
