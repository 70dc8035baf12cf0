using System.Runtime.InteropServices;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Storage.Sqlite.Commits;

namespace CourseCompletion.Storage.Sqlite.Learners;

/// <summary>Some learners' frames on their way from memory to the learners' rows: prepared off the writer thread, archived, then written in parts.</summary>
/// <remarks>One object, cleared and used again within a retirement: its buffers are large.</remarks>
internal sealed class RetirementSlice
{
    // A slice is archived at once; large enough that bringing it to the disk costs little, small enough that few are held in memory.
    private const int BytesMax = 2 * 1024 * 1024;
    private const int LearnersMax = 4096;
    private const int LearnersPerTransactionMax = 512;
    private const int BytesPerTransactionMax = 512 * 1024;

    private readonly List<Part> _learners = [];
    private byte[] _bytes = new byte[64 * 1024];
    private int _length;

    /// <summary>What goes to the archive: every frame, for rows never hold it.</summary>
    public List<ArchivedFrame> Archived { get; } = [];

    public int LearnerCount => _learners.Count;

    public LearnerEntry EntryAt(int index) => _learners[index].Entry;

    public bool IsFull => _length >= BytesMax || _learners.Count >= LearnersMax;

    /// <summary>Adds all frames of a learner that are in memory now.</summary>
    public void Add(LearnerEntry entry, JournalWindow window)
    {
        lock (window.Gate)
        {
            if (!entry.Dirty)
            {
                return;
            }

            var (first, head, start) = (entry.FirstSequence, entry.Head, _length);
            var kept = Math.Clamp(entry.TrimmedThrough + 1, first, head + 1);
            var sequence = first;
            foreach (var frame in entry.Frames)
            {
                if (sequence >= kept)
                {
                    Write(frame.Span);
                }

                // The frame's memory is not used again before this slice was published, so the archive may read it there.
                Archived.Add(new ArchivedFrame(entry.Learner, new JournalFrame(sequence++, frame.Chunk.Bytes.AsMemory(frame.Offset, frame.Length))));
            }

            _learners.Add(new Part(entry, entry.FrameCount, new TailRow(kept, head, entry.TrimmedThrough), start, _length - start));
        }
    }

    /// <summary>Makes the slice empty.</summary>
    public void Clear()
    {
        _learners.Clear();
        Archived.Clear();
        _length = 0;
    }

    /// <summary>The end of a part that is written in one transaction, from a learner on: some ten milliseconds of the writer's time.</summary>
    public int PartEnd(int start)
    {
        var bytes = 0;
        var end = start;
        while (end < _learners.Count && end - start < LearnersPerTransactionMax && bytes < BytesPerTransactionMax)
        {
            bytes += _learners[end++].Length;
        }

        return end;
    }

    /// <summary>Writes the rows of some learners, inside the open transaction.</summary>
    public void Apply(int start, int end, CommitTransaction transaction)
    {
        var database = transaction.Database;
        foreach (var part in CollectionsMarshal.AsSpan(_learners)[start..end])
        {
            if (part.Entry.FromLog)
            {
                // After a crash the rows may hold some of these frames already.
                TailRows.DeleteFrom(database, part.Entry.Learner, part.Row.First);
            }

            if (part.Row.TrimmedThrough > part.Entry.StoredTrim)
            {
                TailRows.DeleteTrimmed(database, part.Entry.Learner, part.Row.TrimmedThrough);
            }

            TailRows.Insert(database, part.Entry.Learner, part.Row, _bytes.AsSpan(part.Start, part.Length));
        }

        transaction.MarkChanged();
    }

    /// <summary>Lets go of the frames in memory; called with the window's gate held.</summary>
    public void Publish(int start, int end, CommitTransaction transaction)
    {
        foreach (var part in CollectionsMarshal.AsSpan(_learners)[start..end])
        {
            transaction.Window.Retired(part.Entry, part.FrameCount, part.Row.TrimmedThrough);
        }
    }

    private void Write(ReadOnlySpan<byte> frame)
    {
        var needed = _length + Varint.BytesMax + frame.Length;
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(needed, _bytes.Length * 2));
        }

        _length += Varint.Write(_bytes.AsSpan(_length), (ulong)frame.Length);
        frame.CopyTo(_bytes.AsSpan(_length));
        _length += frame.Length;
    }

    private readonly record struct Part(LearnerEntry Entry, int FrameCount, TailRow Row, int Start, int Length);
}

/// <summary>Writes a part of a slice.</summary>
internal sealed class RetireRequest(RetirementSlice slice, int start, int end) : WriteRequest<bool>
{
    public override int Rows => end - start;

    public override void Apply(CommitTransaction transaction) => slice.Apply(start, end, transaction);

    public override void Publish(CommitTransaction transaction) => slice.Publish(start, end, transaction);
}
