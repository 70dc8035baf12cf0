using System.Diagnostics;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Storage.Sqlite.Commits;

namespace CourseCompletion.Storage.Sqlite.Learners;

/// <summary>What memory knows about one learner: head, trim, the frames that are not yet in the learner's rows, and the marks of what is not yet told.</summary>
/// <remarks>
/// The writer thread alone changes an entry, with the window's gate held, so that readers who hold the gate see whole commits. What a transaction that is still
/// open proposes is seen by the writer thread only.
/// </remarks>
internal sealed class LearnerEntry(LearnerKey learner, int partition)
{
    private FrameLocation[] _frames = [];

    public LearnerKey Learner { get; } = learner;

    public int Partition { get; } = partition;

    /// <summary>Whether <see cref="Head"/> and <see cref="TrimmedThrough"/> are known; an entry made for a mark alone does not know them.</summary>
    public bool HeadKnown { get; private set; }

    public long Head { get; private set; }

    public long TrimmedThrough { get; private set; }

    /// <summary>The head including the frames of the open transaction.</summary>
    public long ProposedHead { get; set; }

    /// <summary>The trim including that of the open transaction.</summary>
    public long ProposedTrim { get; set; }

    /// <summary>How far the learner's rows were trimmed as far as this process knows.</summary>
    public long StoredTrim { get; set; }

    /// <summary>Whether the entry was read from the log at start, so that the learner's rows may already hold some of its frames.</summary>
    public bool FromLog { get; set; }

    /// <summary>Whether the entry is on the list of those to be retired next.</summary>
    public bool OnDirtyList { get; set; }

    /// <summary>Its place among the idle entries, when it is one.</summary>
    public LinkedListNode<LearnerEntry>? IdleNode { get; set; }

    /// <summary>The first of the learner's marks.</summary>
    public PendingNode? FirstMark { get; set; }

    public int FrameCount { get; private set; }

    /// <summary>The sequence of the oldest frame in memory; one more than the head when there is none.</summary>
    public long FirstSequence => Head - FrameCount + 1;

    /// <summary>Whether the learner's rows lack something.</summary>
    public bool Dirty => FrameCount > 0 || TrimmedThrough > StoredTrim;

    public ReadOnlySpan<FrameLocation> Frames => _frames.AsSpan(0, FrameCount);

    /// <summary>Takes over what the learner's rows or the log say.</summary>
    public void SetHead(long head, long trimmedThrough)
    {
        Head = ProposedHead = head;
        TrimmedThrough = ProposedTrim = trimmedThrough;
        HeadKnown = true;
    }

    public void Add(long sequence, FrameLocation frame)
    {
        Debug.Assert(sequence == Head + 1, "The fence lets only the next frame pass.");
        if (FrameCount == _frames.Length)
        {
            Array.Resize(ref _frames, Math.Max(1, FrameCount * 2));
        }

        _frames[FrameCount++] = frame;
        Head = sequence;
    }

    public void TrimTo(long throughSequence) => TrimmedThrough = throughSequence;

    /// <summary>Takes over where all frames are now.</summary>
    public void MoveFrames(FrameLocation[] moved, LogBuffer log)
    {
        for (var i = 0; i < moved.Length; i++)
        {
            log.Release(_frames[i]);
            _frames[i] = moved[i];
        }
    }

    /// <summary>Lets go of the oldest frames, which the learner's rows now hold.</summary>
    public void RemoveOldest(int count, LogBuffer log)
    {
        for (var i = 0; i < count; i++)
        {
            log.Release(_frames[i]);
        }

        FrameCount -= count;
        if (FrameCount == 0)
        {
            _frames = [];
            return;
        }

        Array.Copy(_frames, count, _frames, 0, FrameCount);
        Array.Clear(_frames, FrameCount, _frames.Length - FrameCount);
    }

    public void TakeBackProposals()
    {
        ProposedHead = Head;
        ProposedTrim = TrimmedThrough;
    }
}
