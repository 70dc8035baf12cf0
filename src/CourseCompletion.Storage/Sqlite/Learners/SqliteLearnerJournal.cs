using CourseCompletion.Domain.Learners;
using CourseCompletion.Storage.Sqlite.Commits;

namespace CourseCompletion.Storage.Sqlite.Learners;

/// <summary>The journal on the embedded store: appends go through the writer thread, reads merge memory with the learner's rows.</summary>
internal sealed class SqliteLearnerJournal(JournalWindow window, WriteQueue queue, ReaderPool readers) : ILearnerJournal
{
    // Four of the largest messages that the gateway takes; a frame beyond that is a mistake, and would stall everybody else's commits.
    private const int FrameBytesMax = 64 * 1024 * 1024;

    public ValueTask<LearnerTail> ReadTailAsync(LearnerKey learner, long afterSequence, CancellationToken cancellationToken)
    {
        // Memory first, rows second: what memory has retired by now is in the rows that are read later, so nothing falls between the two.
        var recent = WindowTail.Read(window, learner, afterSequence);
        return recent.IsWhole
            ? new(new LearnerTail(recent.Head, recent.TrimmedThrough, recent.Frames))
            : new(ReadRowsAsync(learner, afterSequence, recent, cancellationToken));
    }

    public ValueTask<AppendOutcome> AppendAsync(LearnerAppend append, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(append.Payload.Length, FrameBytesMax);
        var request = AppendRequest.For(append);
        var completion = request.Completion;
        queue.Add(request);
        return completion;
    }

    public ValueTask<AppendOutcome> SealAsync(DedupeSeal seal, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var request = new SealRequest(seal);
        queue.Add(request);
        return new(request.Completion);
    }

    public async ValueTask<UInt128[]> ReadSegmentAsync(LearnerKey learner, DedupeSegmentId segment, CancellationToken cancellationToken) =>
        await readers.ReadAsync(database => DedupeRows.Read(database, learner, segment), cancellationToken).ConfigureAwait(false);

    public ValueTask<AppendOutcome> TrimAsync(LearnerKey learner, long throughSequence, long expectedHead, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var request = new TrimRequest(learner, throughSequence, expectedHead);
        queue.Add(request);
        return new(request.Completion);
    }

    private async Task<LearnerTail> ReadRowsAsync(LearnerKey learner, long afterSequence, WindowTail recent, CancellationToken cancellationToken)
    {
        var after = Math.Max(afterSequence, recent.TrimmedThrough);
        var frames = new List<JournalFrame>();
        var (head, trimmed) = await readers.ReadAsync(
            database => TailRows.ReadFrames(database, learner, after, frames), cancellationToken).ConfigureAwait(false);
        return recent.Join(learner, afterSequence, new LearnerTail(head, trimmed, frames));
    }
}
