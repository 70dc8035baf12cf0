using CourseCompletion.Domain.Learners;
using CourseCompletion.Storage.Sqlite.Commits;

namespace CourseCompletion.Storage.Sqlite.Learners;

/// <summary>Writes a learner's sealed identities and deletes the segments behind their source's floor.</summary>
internal sealed class SealRequest(DedupeSeal seal) : WriteRequest<AppendOutcome>
{
    public override int Bytes => seal.Segments.Sum(segment => 64 + (segment.Value.Length * 16));

    public override int Rows => seal.Segments.Count + seal.Dropped.Count;

    public override void Apply(CommitTransaction transaction)
    {
        if (transaction.Window.EntryWithHead(seal.Learner, transaction.Database).ProposedHead < seal.ThroughSequence)
        {
            Outcome = AppendOutcome.Fenced;
            return;
        }

        foreach (var (segment, ids) in seal.Segments)
        {
            DedupeRows.Write(transaction.Database, seal.Learner, segment, seal.ThroughSequence, ids);
        }

        foreach (var segment in seal.Dropped)
        {
            DedupeRows.Delete(transaction.Database, seal.Learner, segment);
        }

        transaction.MarkChanged();
    }
}
