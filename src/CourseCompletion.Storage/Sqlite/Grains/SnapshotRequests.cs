using CourseCompletion.Storage.Sqlite.Commits;

namespace CourseCompletion.Storage.Sqlite.Grains;

/// <summary>How a guarded write of a state ended: with its new ETag, or with the ETag that was found instead.</summary>
internal readonly record struct SnapshotOutcome(bool Applied, long? ETag);

/// <summary>Writes a state if nobody else wrote it since it was read.</summary>
internal sealed class WriteSnapshotRequest(string state, string grain, long? expectedETag, ReadOnlyMemory<byte> payload) : WriteRequest<SnapshotOutcome>
{
    public override int Bytes => payload.Length;

    // A snapshot of many kilobytes takes as many pages as that many small rows.
    public override int Rows => 1 + (payload.Length / 1024);

    public override void Apply(CommitTransaction transaction)
    {
        var etag = transaction.NextETag();
        Outcome = SnapshotRows.TryWrite(transaction.Database, state, grain, expectedETag, etag, payload.Span)
            ? new SnapshotOutcome(true, etag)
            : new SnapshotOutcome(false, SnapshotRows.Read(transaction.Database, state, grain)?.ETag);
    }
}

/// <summary>Removes a state if nobody else wrote it since it was read.</summary>
internal sealed class ClearSnapshotRequest(string state, string grain, long? expectedETag) : WriteRequest<SnapshotOutcome>
{
    public override void Apply(CommitTransaction transaction)
    {
        if (expectedETag is { } expected && SnapshotRows.TryDelete(transaction.Database, state, grain, expected))
        {
            transaction.MarkChanged();
            Outcome = new SnapshotOutcome(true, null);
            return;
        }

        var stored = SnapshotRows.Read(transaction.Database, state, grain)?.ETag;
        Outcome = new SnapshotOutcome(stored is null && expectedETag is null, stored);
    }
}
