using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.UnitTests.Learners;

/// <summary>What survives a crash of one learner: journal, sealed identities, two snapshots and pending marks, as plain collections.</summary>
internal sealed class LearnerStore
{
    private readonly SortedDictionary<long, byte[]> _frames = [];
    private readonly Dictionary<DedupeSegmentId, HashSet<UInt128>> _segments = [];
    private readonly byte[]?[] _snapshots = new byte[]?[2];

    /// <summary>The newest frame's sequence.</summary>
    public long Head { get; private set; }

    /// <summary>Every frame ever appended, those trimmed included.</summary>
    public List<byte[]> Archive { get; } = [];

    /// <summary>What is still to be told, and since which frame.</summary>
    public Dictionary<CourseId, long> Marks { get; } = [];

    /// <summary>How many frames the journal still holds.</summary>
    public int FrameCount => _frames.Count;

    /// <summary>How many segments of sealed identities there are.</summary>
    public int SegmentCount => _segments.Count;

    /// <summary>Makes a frame and its marks durable, in one step.</summary>
    public void Append(LearnerFrame frame)
    {
        if (frame.Sequence != Head + 1)
        {
            throw new InvalidOperationException($"Frame {frame.Sequence} does not follow {Head}.");
        }

        var payload = frame.Encode(new PayloadWriter());
        _frames.Add(frame.Sequence, payload);
        Archive.Add(payload);
        Head = frame.Sequence;
        foreach (var conclusion in frame.Conclusions)
        {
            Marks[conclusion.Course] = frame.Sequence;
        }
    }

    /// <summary>Takes marks away that are no newer than what was told.</summary>
    public void Acknowledge(CourseId course, long sequence)
    {
        if (Marks.TryGetValue(course, out var marked) && marked <= sequence)
        {
            Marks.Remove(course);
        }
    }

    public void Seal(DedupeSeal seal)
    {
        foreach (var (id, identities) in seal.Segments)
        {
            if (!_segments.TryGetValue(id, out var segment))
            {
                _segments.Add(id, segment = []);
            }

            segment.UnionWith(identities);
        }

        foreach (var id in seal.Dropped)
        {
            _segments.Remove(id);
        }
    }

    public UInt128[] ReadSegment(DedupeSegmentId id) => _segments.TryGetValue(id, out var segment) ? [.. segment] : [];

    /// <summary>Writes a snapshot over the older of the two.</summary>
    public void Save(byte[] snapshot) => _snapshots[SequenceAt(0) <= SequenceAt(1) ? 0 : 1] = snapshot;

    /// <summary>Lets go of the frames that the older snapshot contains, but never of the newest frame.</summary>
    public void Trim()
    {
        var through = Math.Min(SequenceAt(0), SequenceAt(1));
        foreach (var sequence in _frames.Keys.Where(s => s <= through && s < Head).ToArray())
        {
            _frames.Remove(sequence);
        }
    }

    /// <summary>The newest state that can be read: a snapshot and the frames after it.</summary>
    public LearnerState Read(LearnerPolicy policy)
    {
        var newest = SequenceAt(0) >= SequenceAt(1) ? _snapshots[0] : _snapshots[1];
        var state = newest is null ? new LearnerState() : LearnerSnapshotCodec.Decode(newest);
        foreach (var (sequence, payload) in _frames)
        {
            if (sequence > state.Sequence)
            {
                LearnerFrame.Decode(payload).Replay(state, policy);
            }
        }

        return state;
    }

    /// <summary>A copy of everything, as a backup makes it.</summary>
    public LearnerStore Copy()
    {
        var copy = new LearnerStore { Head = Head };
        copy.Archive.AddRange(Archive);
        foreach (var (sequence, payload) in _frames)
        {
            copy._frames.Add(sequence, payload);
        }

        foreach (var (id, segment) in _segments)
        {
            copy._segments.Add(id, [.. segment]);
        }

        foreach (var (course, sequence) in Marks)
        {
            copy.Marks.Add(course, sequence);
        }

        _snapshots.CopyTo(copy._snapshots, 0);
        return copy;
    }

    private long SequenceAt(int slot) => _snapshots[slot] is { } payload ? LearnerSnapshotCodec.SequenceOf(payload) : 0;
}
