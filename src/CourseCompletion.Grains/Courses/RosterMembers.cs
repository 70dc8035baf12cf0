using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Completion.Calibration;
using CourseCompletion.Domain.Completion.Index;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Insights;
using CourseCompletion.Domain.Interests;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Abstractions.Comments;
using CourseCompletion.Grains.Abstractions.Courses;
using CourseCompletion.Grains.Abstractions.Interests;

namespace CourseCompletion.Grains.Courses;

/// <summary>The rows of one roster shard in memory, with their sums and what is yet to be stored.</summary>
internal sealed class RosterMembers(BandPolicy bands)
{
    private readonly Dictionary<string, RosterMember> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RosterMember> _dirty = new(StringComparer.Ordinal);

    public RosterSums Sums { get; } = new();

    public int Count => _members.Count;

    public int DirtyCount => _dirty.Count;

    public IEnumerable<RosterMember> All => _members.Values;

    /// <summary>The instant of the last evaluation; newer rows hold for a later one.</summary>
    public long EvaluatedAtMs { get; private set; }

    /// <summary>What the last weeks say for the completion index, as of the last evaluation.</summary>
    public WindowSums Window { get; private set; } = WindowSums.None;

    /// <summary>Puts a stored row in place.</summary>
    public void Restore(RosterRow row, PendingPrediction? pending)
    {
        _members[row.Learner.Value] = new(row) { Pending = pending };
        Sums.Add(row, 1);
    }

    /// <summary>Replaces the prediction that waits for a learner's label, to be stored.</summary>
    public void SetPending(RosterMember member, PendingPrediction? pending)
    {
        member.Pending = pending;
        if (_members.GetValueOrDefault(member.Row.Learner.Value) == member)
        {
            _dirty[member.Row.Learner.Value] = member;
        }
    }

    /// <summary>Takes a row from another shard, with the prediction that came along unless one is here.</summary>
    public RowFate Adopt(in KeptRow kept)
    {
        var fate = Apply(kept.Row);
        var member = _members[kept.Row.Learner.Value];
        member.Pending ??= kept.Pending;
        return fate;
    }

    /// <summary>Takes a row unless a newer one is here; tells whether it contradicts one of the same version.</summary>
    public RowFate Apply(RosterRow row)
    {
        if (!_members.TryGetValue(row.Learner.Value, out var member))
        {
            member = new(row);
            _members.Add(row.Learner.Value, member);
            Sums.Add(row, 1);
        }
        else
        {
            if (row.Version <= member.Row.Version)
            {
                // Stored again, so that the mark behind the repeated row is acknowledged.
                _dirty[row.Learner.Value] = member;
                return row.Version == member.Row.Version && (row.Counts != member.Row.Counts || row.Status != member.Row.Status)
                    ? RowFate.Contradicting
                    : RowFate.Known;
            }

            Sums.Replace(member.Row, row);
            (member.Row, member.Probability, member.Band, member.ProbabilityAsOfMs) = (row, row.Probability, row.Band, row.EvaluatedAtMs);
        }

        _dirty[row.Learner.Value] = member;
        return RowFate.Taken;
    }

    /// <summary>The rows to store, at most <paramref name="limit"/>.</summary>
    public List<KeptRow> Dirty(int limit)
    {
        var rows = new List<KeptRow>(Math.Min(limit, _dirty.Count));
        foreach (var member in _dirty.Values)
        {
            if (rows.Count == limit)
            {
                break;
            }

            rows.Add(new(member.Row, member.Pending));
        }

        return rows;
    }

    /// <summary>Notes that rows are stored; one that changed meanwhile stays to be stored.</summary>
    public void MarkStored(List<KeptRow> rows)
    {
        foreach (var (row, pending) in rows)
        {
            if (_dirty.TryGetValue(row.Learner.Value, out var member) && ReferenceEquals(member.Row, row) && ReferenceEquals(member.Pending, pending))
            {
                _dirty.Remove(row.Learner.Value);
            }
        }
    }

    /// <summary>At which lessons learners left, as of an instant.</summary>
    public LeavingSums Leaving(CourseDefinition course, long asOfMs)
    {
        var sums = new LeavingSums();
        foreach (var member in _members.Values)
        {
            sums.Add(member.Row, member.Probability, course, asOfMs, InsightPolicy.Default);
        }

        return sums;
    }

    /// <summary>The newest comment of each learner since an instant, or the newest reason for withdrawing, the newest first.</summary>
    public CommentView[] ListComments(CommentQuery query, long sinceMs) =>
    [
        .. Written(query.Reasons ? row => row.Comments?.Reason : NewestOf, sinceMs)
            .Where(written => (query.Lesson is null || written.Comment.Lesson == query.Lesson) && (!query.ConfusedOnly || written.Comment.Note.IsConfused))
            .OrderByDescending(written => written.Comment.Order)
            .Take(Math.Clamp(query.Limit, 1, 500))
            .Select(written => new CommentView(
                written.Row.Learner.Value, written.Comment.Order.OccurredAtMs, written.Comment.Excerpt, written.Comment.Lesson, written.Comment.PositionMs, written.Comment.Note)),
    ];

    /// <summary>A sample of the newest comments since an instant, with how many of them there are, and one of the reasons for withdrawing.</summary>
    public CommentSample SampleComments(long recentFromMs, long sinceMs, int limit)
    {
        limit = Math.Clamp(limit, 1, EmergingPolicy.Default.SampleMax);
        var comments = Written(NewestOf, sinceMs).ToArray();
        return new(
            Sample(comments, recentFromMs, limit),
            comments.Count(written => written.Comment.Order.OccurredAtMs >= recentFromMs),
            comments.Count(written => written.Comment.Order.OccurredAtMs < recentFromMs),
            Sample(Written(row => row.Comments?.Reason, sinceMs), recentFromMs, limit));
    }

    /// <summary>The rows that belong to another shard under a layout, at most <paramref name="limit"/>.</summary>
    public List<KeptRow> Foreign(int shard, int shardCount, int limit)
    {
        var rows = new List<KeptRow>();
        foreach (var member in _members.Values)
        {
            if (rows.Count == limit)
            {
                break;
            }

            if (CourseKey.ShardOf(member.Row.Learner, shardCount) != shard)
            {
                rows.Add(new(member.Row, member.Pending));
            }
        }

        return rows;
    }

    /// <summary>Lets go of rows that another shard adopted, unless they changed meanwhile; returns those let go.</summary>
    public List<RosterRow> Remove(List<KeptRow> rows)
    {
        var removed = new List<RosterRow>(rows.Count);
        foreach (var (row, pending) in rows)
        {
            if (_members.TryGetValue(row.Learner.Value, out var member) && ReferenceEquals(member.Row, row) && ReferenceEquals(member.Pending, pending))
            {
                _members.Remove(row.Learner.Value);
                _dirty.Remove(row.Learner.Value);
                Sums.Add(row, -1);
                removed.Add(row);
            }
        }

        return removed;
    }

    /// <summary>Brings every probability up to an instant.</summary>
    public void EvaluateAt(long asOfMs, CourseDefinition course, ICompletionPredictor predictor)
    {
        EvaluatedAtMs = asOfMs;
        foreach (var member in _members.Values)
        {
            member.Probability = member.Row.ProbabilityAt(asOfMs, course, predictor);
            member.ProbabilityAsOfMs = Math.Max(asOfMs, member.Row.EvaluatedAtMs);
            var elapsed = BandRules.ElapsedOf(course, member.Row.EnrolledAtMs, member.ProbabilityAsOfMs, predictor.HorizonDays);
            member.Band = BandRules.Next(member.Band, member.Row.Status, member.Probability, elapsed, predictor.Trajectory, bands);
        }

        Window = WindowSums.Evaluate(_members.Values.Select(member => member.Row), course, asOfMs);
    }

    /// <summary>The sums that depend on time, as of the last evaluation.</summary>
    public TimedSums Timed(CourseDefinition course, ICompletionPredictor predictor) =>
        TimedSums.Evaluate(_members.Values.Select(m => new EvaluatedRow(m.Row, m.Probability, m.Band, m.DeviationBy(predictor))), course, EvaluatedAtMs);

    /// <summary>The learners whose row was made with an older definition, at most <paramref name="limit"/>.</summary>
    public List<LearnerId> OutdatedBefore(long definitionVersion, int limit)
    {
        var learners = new List<LearnerId>();
        foreach (var member in _members.Values)
        {
            if (learners.Count == limit)
            {
                break;
            }

            if (member.Row.Version.DefinitionVersion < definitionVersion)
            {
                learners.Add(member.Row.Learner);
            }
        }

        return learners;
    }

    /// <summary>A page of learners in order.</summary>
    public RosterEntry[] List(RosterQuery query, CourseDefinition course, ICompletionPredictor predictor)
    {
        var descending = query.Order.IsDescending();
        var entries = new List<RosterEntry>();
        foreach (var member in _members.Values)
        {
            if (member.Row.Status != EnrolmentStatus.Prospect && member.Probability >= query.ProbabilityMin && member.Probability <= query.ProbabilityMax)
            {
                var entry = EntryOf(member, query.Order, query.Order == RosterOrder.GainDescending ? ReachableOf(member) : member.Probability);
                if (query.AfterLearner is null || Compare(entry.OrderValue, entry.Learner, query.AfterValue, query.AfterLearner, descending) > 0)
                {
                    entries.Add(entry);
                }
            }
        }

        entries.Sort((a, b) => Compare(a.OrderValue, a.Learner, b.OrderValue, b.Learner, descending));
        return [.. entries.Take(Math.Clamp(query.Limit, 1, 500)).Select(entry => entry with { Reachable = ReachableOf(_members[entry.Learner]) })];

        // Twice a score: worth it for those who are listed, and for the others only where the order asks for it.
        float ReachableOf(RosterMember member) => Math.Max(member.Probability, member.Row.ReachableAt(member.ProbabilityAsOfMs, course, predictor));
    }

    private static LatestComment? NewestOf(RosterRow row) => row.Comments?.Latest;

    private IEnumerable<(RosterRow Row, LatestComment Comment)> Written(Func<RosterRow, LatestComment?> which, long sinceMs)
    {
        foreach (var member in _members.Values)
        {
            if (which(member.Row) is { } comment && comment.Order.OccurredAtMs >= sinceMs)
            {
                yield return (member.Row, comment);
            }
        }
    }

    private static CommentExample[] Sample(IEnumerable<(RosterRow Row, LatestComment Comment)> written, long recentFromMs, int limit)
    {
        var byLearner = written.ToDictionary(text => text.Row.Learner);
        var sample = EmergingTopics.Sample(
            byLearner.Values.Select(text => new WrittenComment(text.Row.Learner, text.Comment.Order.OccurredAtMs, text.Comment.Excerpt, text.Comment.Lesson)), recentFromMs, limit);
        return
        [
            .. sample.Select(comment => byLearner[comment.Learner]).Select(text => new CommentExample(
                text.Row.Learner.Value,
                text.Comment.Order.OccurredAtMs,
                text.Comment.Excerpt,
                text.Comment.Lesson,
                text.Comment.Note,
                text.Row.Ratings?.CourseMilli,
                text.Row.Ratings?.RecommendMilli)),
        ];
    }

    private static RosterEntry EntryOf(RosterMember member, RosterOrder order, float reachable) => new(
        member.Row.Learner.Value,
        member.Row.Status,
        member.Probability,
        member.Row.Progress,
        member.Row.LastActivityAtMs,
        member.ProbabilityAsOfMs,
        order switch
        {
            // As a double: next to single-precision arms a long would silently become one, and round to a minute.
            RosterOrder.LastActivityAscending or RosterOrder.LastActivityDescending => (double)member.Row.LastActivityAtMs,
            RosterOrder.ProgressAscending or RosterOrder.ProgressDescending => member.Row.Progress,
            RosterOrder.GainDescending => reachable - member.Probability,
            _ => member.Probability,
        },
        member.Band,
        reachable);

    private static int Compare(double value, string learner, double otherValue, string otherLearner, bool descending)
    {
        var byValue = descending ? otherValue.CompareTo(value) : value.CompareTo(otherValue);
        return byValue != 0 ? byValue : string.CompareOrdinal(learner, otherLearner);
    }
}

/// <summary>What became of a row.</summary>
internal enum RowFate
{
    /// <summary>It is the newest now.</summary>
    Taken,

    /// <summary>It or a newer one was here before.</summary>
    Known,

    /// <summary>It has the version of the one here and other facts.</summary>
    Contradicting,
}
