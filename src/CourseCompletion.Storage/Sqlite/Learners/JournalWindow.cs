using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Storage.Sqlite.Commits;

namespace CourseCompletion.Storage.Sqlite.Learners;

/// <summary>The newest part of every learner's journal, held in memory until it is retired to the learners' rows.</summary>
/// <remarks>
/// The writer thread alone changes entries, with <see cref="Gate"/> held; whoever holds the gate sees whole commits. The lists of dirty and idle entries change under the
/// gate only.
/// </remarks>
internal sealed class JournalWindow(PendingMarks marks, LogBuffer log, int idleLearnersMax)
{
    private readonly Dictionary<string, LearnerEntry> _entries = new(StringComparer.Ordinal);
    private readonly LinkedList<LearnerEntry> _idle = new();
    private List<LearnerEntry> _dirty = [];

    public Lock Gate { get; } = new();

    public PendingMarks Marks => marks;

    public LogExtent Log { get; } = new();

    /// <summary>Whether any learner's rows lack something. Gate held.</summary>
    public bool HasDirty => _dirty.Count > 0;

    /// <summary>Finds a learner's entry; hold the gate, or be the writer thread.</summary>
    public LearnerEntry? Find(LearnerKey learner) => _entries.GetValueOrDefault(learner.Value);

    /// <summary>Finds or makes a learner's entry. Writer thread only.</summary>
    public LearnerEntry EntryOf(LearnerKey learner)
    {
        if (_entries.TryGetValue(learner.Value, out var entry))
        {
            return entry;
        }

        entry = new LearnerEntry(learner, learner.Partition(marks.PartitionCount));
        lock (Gate)
        {
            _entries.Add(learner.Value, entry);
            KeepIfIdle(entry);
        }

        return entry;
    }

    /// <summary>Finds or makes a learner's entry and makes sure that its head is known. Writer thread only.</summary>
    /// <exception cref="StoreCorruptException">The learner's rows cannot be read.</exception>
    public LearnerEntry EntryWithHead(LearnerKey learner, SqliteDatabase database)
    {
        var entry = EntryOf(learner);
        if (!entry.HeadKnown)
        {
            var (head, trimmed) = TailRows.ReadHead(database, learner);
            lock (Gate)
            {
                entry.SetHead(head, trimmed);
                entry.StoredTrim = trimmed;
            }
        }

        return entry;
    }

    /// <summary>Notes that the learner's rows lack something. Writer thread, gate held.</summary>
    public void MarkDirty(LearnerEntry entry)
    {
        if (!entry.OnDirtyList)
        {
            entry.OnDirtyList = true;
            _dirty.Add(entry);
            if (entry.IdleNode is { } node)
            {
                _idle.Remove(node);
                entry.IdleNode = null;
            }
        }
    }

    /// <summary>Gives out the learners whose rows lack something, and starts a new list. Gate held.</summary>
    public List<LearnerEntry> TakeDirty()
    {
        var dirty = _dirty;
        _dirty = [];
        foreach (var entry in dirty)
        {
            entry.OnDirtyList = false;

            // A frame that came while the last retirement ran may have gone with it: then nothing is left that would ever make the entry idle.
            KeepIfIdle(entry);
        }

        return dirty;
    }

    /// <summary>Takes learners back whose rows could not be written. Gate held.</summary>
    public void PutBackDirty(IEnumerable<LearnerEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (entry.Dirty)
            {
                MarkDirty(entry);
            }
        }
    }

    /// <summary>Takes over where a learner's frames are after they were carried to a new commit. Writer thread, gate held.</summary>
    public void Carried(LearnerEntry entry, FrameLocation[] frames) => entry.MoveFrames(frames, log);

    /// <summary>Forgets a learner's frames, because the log has them again behind this point. At start, gate held.</summary>
    public void StartAgain(LearnerEntry entry, long head, long trimmedThrough)
    {
        entry.RemoveOldest(entry.FrameCount, log);
        entry.SetHead(head, trimmedThrough);
        entry.FromLog = true;
    }

    /// <summary>Lets go of frames that the learner's rows now hold. Writer thread, gate held.</summary>
    public void Retired(LearnerEntry entry, int frames, long storedTrim)
    {
        entry.RemoveOldest(frames, log);
        entry.StoredTrim = Math.Max(entry.StoredTrim, storedTrim);
        entry.FromLog = false;
        KeepIfIdle(entry);
    }

    /// <summary>Puts the entry among the idle ones if nothing keeps it. Gate held.</summary>
    public void KeepIfIdle(LearnerEntry entry)
    {
        if (entry is { IdleNode: null, Dirty: false, FirstMark: null, OnDirtyList: false })
        {
            entry.IdleNode = _idle.AddLast(entry);
        }
    }

    /// <summary>Forgets the learners idle longest. Writer thread, gate held, after everything else of a commit was published.</summary>
    public void ForgetIdle()
    {
        while (_idle.Count > idleLearnersMax)
        {
            var entry = _idle.First!.Value;
            _idle.RemoveFirst();
            entry.IdleNode = null;
            if (entry is { Dirty: false, FirstMark: null })
            {
                _entries.Remove(entry.Learner.Value);
            }
        }
    }
}
