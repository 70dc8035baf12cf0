using CourseCompletion.Domain.Learners;
using CourseCompletion.Storage.Sqlite.Commits;

namespace CourseCompletion.Storage.Sqlite.Learners;

/// <summary>Notes that a learner's frames up to a sequence may go; the rows lose them when the learner is next retired.</summary>
internal sealed class TrimRequest(LearnerKey learner, long throughSequence, long expectedHead) : WriteRequest<AppendOutcome>
{
    private LearnerEntry? _entry;
    private long _through;

    public override int LogBytesMax => LogBuffer.EntryBytesMax(learner.Value, string.Empty, 0);

    public override bool AddsToLog => true;

    public override void Apply(CommitTransaction transaction)
    {
        _entry = null;
        var entry = transaction.Window.EntryWithHead(learner, transaction.Database);
        Outcome = entry.ProposedHead == expectedHead ? AppendOutcome.Applied : AppendOutcome.Fenced;

        // The newest frame stays, for it holds the head.
        _through = Math.Min(throughSequence, expectedHead - 1);
        if (Outcome == AppendOutcome.Applied && _through > entry.ProposedTrim)
        {
            transaction.Touch(entry);
            entry.ProposedTrim = _through;
            transaction.Log.Trim(learner.Value, expectedHead, _through);
            _entry = entry;
        }
    }

    public override void Publish(CommitTransaction transaction)
    {
        if (_entry is not null)
        {
            _entry.TrimTo(_through);
            transaction.Window.MarkDirty(_entry);
        }
    }
}
