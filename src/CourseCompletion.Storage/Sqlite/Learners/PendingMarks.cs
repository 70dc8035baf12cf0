using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Storage.Sqlite.Learners;

/// <summary>All marks of what is not yet told, by learner and, for each partition, by age. Guarded by the window's gate.</summary>
internal sealed class PendingMarks(int partitionCount, int marksMax)
{
    private readonly LinkedList<PendingNode>[] _byAge = [.. Enumerable.Range(0, partitionCount).Select(_ => new LinkedList<PendingNode>())];

    // Where each partition's last sweep stopped, so that marks which cannot be told now never hide those behind them; null is the oldest.
    private readonly LinkedListNode<PendingNode>?[] _resumeAt = new LinkedListNode<PendingNode>?[partitionCount];

    // Rows of marks that were acknowledged since the table was last written.
    private List<PendingNode> _staleRows = [];

    public int PartitionCount => partitionCount;

    public int Count { get; private set; }

    /// <summary>Whether no further mark may be set.</summary>
    public bool Full => Count >= marksMax;

    public static PendingNode? Find(LearnerEntry entry, string target)
    {
        for (var mark = entry.FirstMark; mark is not null; mark = mark.NextOfLearner)
        {
            if (mark.Target == target)
            {
                return mark;
            }
        }

        return null;
    }

    /// <summary>Sets a mark or raises its version; its age stays that of the oldest thing untold.</summary>
    public void Raise(LearnerEntry entry, string target, long version, long since, long commit)
    {
        if (Find(entry, target) is { } mark)
        {
            if (version > mark.Version)
            {
                mark.Version = version;
                mark.Commit = commit;
            }

            return;
        }

        Insert(new PendingNode(entry, target) { Version = version, Since = since, Commit = commit });
    }

    /// <summary>Takes a mark in that was read from the table at start, oldest first.</summary>
    public void Load(LearnerEntry entry, string target, long version, long since) =>
        Insert(new PendingNode(entry, target) { Version = version, StoredVersion = version, Since = since });

    /// <summary>Removes a mark unless it is newer than the version that was told.</summary>
    public void Remove(LearnerEntry entry, string target, long version)
    {
        PendingNode? previous = null;
        for (var mark = entry.FirstMark; mark is not null; previous = mark, mark = mark.NextOfLearner)
        {
            if (mark.Target != target)
            {
                continue;
            }

            if (mark.Version <= version)
            {
                Unlink(entry, previous, mark);
            }

            return;
        }
    }

    /// <summary>
    /// Copies up to <paramref name="limit"/> marks of a partition that were set at or before a time: from where the last call stopped, and then from the oldest.
    /// </summary>
    public List<PendingMark> OlderThan(int partition, long since, int limit)
    {
        var marks = new List<PendingMark>();
        var oldest = _byAge[partition].First;
        var start = _resumeAt[partition] is { } resume && resume.Value.Since <= since ? resume : oldest;
        var node = start;
        while (node is not null && node.Value.Since <= since)
        {
            if (marks.Count == limit)
            {
                _resumeAt[partition] = node;
                return marks;
            }

            marks.Add(new PendingMark(node.Value.Entry.Learner, node.Value.Target, node.Value.Version));
            node = node.Next is { } next && next.Value.Since <= since ? next : oldest;
            if (node == start)
            {
                break;
            }
        }

        _resumeAt[partition] = null;
        return marks;
    }

    /// <summary>The rows to delete and the marks to write before the log may forget the commits up to <paramref name="commit"/>.</summary>
    public (List<PendingNode> Stale, List<PendingRow> Unwritten) TakeUnwritten(long commit)
    {
        var stale = _staleRows;
        _staleRows = [];
        var unwritten = new List<PendingRow>();
        foreach (var partition in _byAge)
        {
            foreach (var mark in partition)
            {
                // A mark raised by a later commit is still in the log.
                if (mark.Commit <= commit && mark.StoredVersion != mark.Version)
                {
                    unwritten.Add(new PendingRow(mark, mark.Version, mark.Since));
                }
            }
        }

        return (stale, unwritten);
    }

    /// <summary>Puts back rows that could not be deleted.</summary>
    public void PutBack(List<PendingNode> stale) => _staleRows.AddRange(stale);

    /// <summary>Notes what the table now says of a mark.</summary>
    public void Wrote(PendingRow row)
    {
        row.Mark.StoredVersion = row.Version;
        if (row.Mark.Removed)
        {
            _staleRows.Add(row.Mark);
        }
    }

    private void Insert(PendingNode mark)
    {
        var ages = _byAge[mark.Entry.Partition];
        for (var earlier = ages.Last; earlier is not null && earlier.Value.Since > mark.Since; earlier = earlier.Previous)
        {
            // The clock went back. What was set before is at least as old; raising the new one instead would hide it until the clock is there again.
            earlier.Value.Since = mark.Since;
        }

        mark.NextOfLearner = mark.Entry.FirstMark;
        mark.Entry.FirstMark = mark;
        ages.AddLast(mark.AgeNode);
        Count++;
    }

    private void Unlink(LearnerEntry entry, PendingNode? previous, PendingNode mark)
    {
        if (previous is null)
        {
            entry.FirstMark = mark.NextOfLearner;
        }
        else
        {
            previous.NextOfLearner = mark.NextOfLearner;
        }

        if (_resumeAt[entry.Partition] == mark.AgeNode)
        {
            _resumeAt[entry.Partition] = mark.AgeNode.Next;
        }

        _byAge[entry.Partition].Remove(mark.AgeNode);
        mark.Removed = true;
        Count--;
        if (mark.StoredVersion != 0)
        {
            _staleRows.Add(mark);
        }
    }
}

/// <summary>One mark in memory.</summary>
internal sealed class PendingNode
{
    public PendingNode(LearnerEntry entry, string target)
    {
        Entry = entry;
        Target = target;
        AgeNode = new LinkedListNode<PendingNode>(this);
    }

    public LearnerEntry Entry { get; }

    public string Target { get; }

    public LinkedListNode<PendingNode> AgeNode { get; }

    public PendingNode? NextOfLearner { get; set; }

    public long Version { get; set; }

    /// <summary>When the mark was first set, in milliseconds since 1970-01-01 UTC.</summary>
    public long Since { get; set; }

    /// <summary>The commit that last raised it.</summary>
    public long Commit { get; set; }

    /// <summary>The version in the table; 0 when the table has no row of this mark.</summary>
    public long StoredVersion { get; set; }

    /// <summary>Whether it was acknowledged.</summary>
    public bool Removed { get; set; }
}

/// <summary>What the table is to say of a mark.</summary>
internal readonly record struct PendingRow(PendingNode Mark, long Version, long Since);
