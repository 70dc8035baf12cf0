using CourseCompletion.Domain.Courses;
using CourseCompletion.Storage.Sqlite.Commits;

namespace CourseCompletion.Storage.Sqlite.Courses;

/// <summary>Writes and removes some rows of a roster.</summary>
internal sealed class RosterWriteRequest(RosterKey roster, IReadOnlyList<StoredRosterRow> upserts, IReadOnlyList<RosterRowRemoval> removals) : WriteRequest<bool>
{
    private readonly int _bytes = upserts.Sum(row => 64 + row.Payload.Length) + (removals.Count * 64);

    public override int Bytes => _bytes;

    public override int Rows => upserts.Count + removals.Count;

    public override void Apply(CommitTransaction transaction)
    {
        RosterRows.Write(transaction.Database, roster, upserts);
        RosterRows.Delete(transaction.Database, roster, removals);
        transaction.MarkChanged();
    }
}
