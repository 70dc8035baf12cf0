using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Storage.Sqlite.Learners;

/// <summary>What memory knew of a learner's tail at one moment.</summary>
/// <param name="Head">The head; 0 when memory does not know the learner.</param>
/// <param name="TrimmedThrough">The trim; 0 when memory does not know the learner.</param>
/// <param name="Frames">The frames asked for that are in memory, copied.</param>
/// <param name="IsWhole">Whether the learner's rows have nothing to add.</param>
internal sealed record WindowTail(long Head, long TrimmedThrough, List<JournalFrame> Frames, bool IsWhole)
{
    public static WindowTail Read(JournalWindow window, LearnerKey learner, long afterSequence)
    {
        lock (window.Gate)
        {
            if (window.Find(learner) is not { HeadKnown: true } entry)
            {
                return new(0, 0, [], IsWhole: false);
            }

            var after = Math.Max(afterSequence, entry.TrimmedThrough);
            return new(entry.Head, entry.TrimmedThrough, CopyFrames(entry, after), after >= entry.Head || after + 1 >= entry.FirstSequence);
        }
    }

    /// <summary>Joins what the learner's rows said, read later than memory.</summary>
    /// <exception cref="StoreCorruptException">A frame is missing between the two.</exception>
    public LearnerTail Join(LearnerKey learner, long afterSequence, LearnerTail rows)
    {
        var trimmed = Math.Max(TrimmedThrough, rows.TrimmedThrough);
        var joined = new List<JournalFrame>(rows.Frames.Count + Frames.Count);
        var next = Math.Max(afterSequence, trimmed) + 1;
        foreach (var frame in rows.Frames)
        {
            Add(frame);
        }

        foreach (var frame in Frames)
        {
            Add(frame);
        }

        var head = Math.Max(Head, rows.HeadSequence);
        return next > head
            ? new LearnerTail(head, trimmed, joined)
            : throw new StoreCorruptException($"Frames {next} to {head} of learner {learner} are missing.");

        void Add(JournalFrame frame)
        {
            if (frame.Sequence == next)
            {
                joined.Add(frame);
                next++;
            }
            else if (frame.Sequence > next)
            {
                throw new StoreCorruptException($"Frames {next} to {frame.Sequence - 1} of learner {learner} are missing.");
            }
        }
    }

    private static List<JournalFrame> CopyFrames(LearnerEntry entry, long after)
    {
        var skipped = (int)Math.Clamp(after + 1 - entry.FirstSequence, 0, entry.FrameCount);
        var wanted = entry.Frames[skipped..];
        var frames = new List<JournalFrame>(wanted.Length);
        var bytes = 0;
        foreach (var frame in wanted)
        {
            bytes += frame.Length;
        }

        // Copied because the memory is written again once the frames were retired.
        var copy = new byte[bytes];
        var position = 0;
        for (var i = 0; i < wanted.Length; i++)
        {
            wanted[i].Span.CopyTo(copy.AsSpan(position));
            frames.Add(new JournalFrame(entry.FirstSequence + skipped + i, copy.AsMemory(position, wanted[i].Length)));
            position += wanted[i].Length;
        }

        return frames;
    }
}
