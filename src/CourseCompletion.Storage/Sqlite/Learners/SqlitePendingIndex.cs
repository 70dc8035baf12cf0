using CourseCompletion.Domain.Learners;
using CourseCompletion.Storage.Sqlite.Commits;

namespace CourseCompletion.Storage.Sqlite.Learners;

/// <summary>The pending index on the embedded store: all marks are in memory, made durable by the log.</summary>
internal sealed class SqlitePendingIndex(JournalWindow window, WriteQueue queue, TimeProvider time) : IPendingIndex
{
    // A longer list is told in several transactions, so that none of them holds up appends for long.
    private const int MarksPerRequestMax = 1024;

    public int PartitionCount => window.Marks.PartitionCount;

    public async ValueTask AcknowledgeAsync(IReadOnlyList<PendingMark> told, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (told.Count == 0)
        {
            return;
        }

        var completion = Task.CompletedTask;
        for (var start = 0; start < told.Count; start += MarksPerRequestMax)
        {
            var part = told.Count <= MarksPerRequestMax ? told : [.. told.Skip(start).Take(MarksPerRequestMax)];
            var request = new AcknowledgeRequest(part);
            queue.Add(request);
            completion = completion.IsCompletedSuccessfully ? request.Completion : Task.WhenAll(completion, request.Completion);
        }

        await completion.ConfigureAwait(false);
    }

    public ValueTask<IReadOnlyList<PendingMark>> ReadOlderThanAsync(int partition, TimeSpan age, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(partition);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(partition, PartitionCount);
        var since = (time.GetUtcNow() - age).ToUnixTimeMilliseconds();
        lock (window.Gate)
        {
            return new(window.Marks.OlderThan(partition, since, limit));
        }
    }
}
