using CourseCompletion.Storage.Sqlite.Commits;

namespace CourseCompletion.Storage.Sqlite.Learners;

/// <summary>Writes a learner's frames to the log once more, so that the log can forget their old commits although the learner's rows cannot take them.</summary>
/// <remarks>Make it with the window's gate held. It does nothing when frames have come since, or come in its own transaction: then another is made.</remarks>
internal sealed class CarryRequest(LearnerEntry entry) : WriteRequest<bool>
{
    private readonly FrameLocation[] _moved = new FrameLocation[entry.FrameCount];
    private readonly int _logBytesMax = BytesMax(entry);

    public override int LogBytesMax => _logBytesMax;

    public override void Apply(CommitTransaction transaction)
    {
        Outcome = entry.FrameCount == _moved.Length && entry.ProposedHead == entry.Head;
        if (!Outcome)
        {
            return;
        }

        transaction.Log.Carry(entry.Learner.Value, entry.FirstSequence - 1, entry.TrimmedThrough);
        for (var i = 0; i < _moved.Length; i++)
        {
            _moved[i] = transaction.Log.Append(entry.Learner.Value, entry.FirstSequence + i, entry.TrimmedThrough, [], entry.Frames[i].Span);
        }

        transaction.MarkChanged();
    }

    public override void Publish(CommitTransaction transaction)
    {
        if (Outcome)
        {
            transaction.Window.Carried(entry, _moved);
        }
    }

    private static int BytesMax(LearnerEntry entry)
    {
        var bytes = LogBuffer.EntryBytesMax(entry.Learner.Value, string.Empty, 0);
        foreach (var frame in entry.Frames)
        {
            bytes += LogBuffer.EntryBytesMax(entry.Learner.Value, string.Empty, frame.Length);
        }

        return bytes;
    }
}
