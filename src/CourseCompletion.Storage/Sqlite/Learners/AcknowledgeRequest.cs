using CourseCompletion.Domain.Learners;
using CourseCompletion.Storage.Sqlite.Commits;

namespace CourseCompletion.Storage.Sqlite.Learners;

/// <summary>Removes marks of what was told; a mark that is gone already costs nothing.</summary>
internal sealed class AcknowledgeRequest(IReadOnlyList<PendingMark> told) : WriteRequest<bool>
{
    private readonly int _logBytesMax = told.Sum(mark => LogBuffer.EntryBytesMax(mark.Learner.Value, mark.Target, 0));

    public override int LogBytesMax => _logBytesMax;

    public override bool AddsToLog => true;

    public override void Apply(CommitTransaction transaction)
    {
        Outcome = true;
        for (var i = 0; i < told.Count; i++)
        {
            var mark = told[i];
            if (transaction.Window.Find(mark.Learner) is { } entry
                && PendingMarks.Find(entry, mark.Target) is { } pending
                && pending.Version <= mark.Version)
            {
                transaction.MarkChanged();
                transaction.Log.Acknowledge(mark.Learner.Value, mark.Target, mark.Version);
            }
        }
    }

    public override void Publish(CommitTransaction transaction)
    {
        for (var i = 0; i < told.Count; i++)
        {
            var mark = told[i];
            if (transaction.Window.Find(mark.Learner) is { } entry)
            {
                // Whatever else this commit raised stays, whether it was published before or comes after: removal looks at the version.
                transaction.Window.Marks.Remove(entry, mark.Target, mark.Version);
                transaction.Window.KeepIfIdle(entry);
            }
        }
    }
}
