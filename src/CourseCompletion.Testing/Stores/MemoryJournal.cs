using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Testing.Stores;

/// <summary>Journals in memory, fenced by their head.</summary>
internal sealed class MemoryJournal(MemoryPendingIndex pending) : ILearnerJournal
{
    private readonly Lock _lock = new();
    private readonly Dictionary<LearnerKey, Log> _logs = [];
    private readonly Dictionary<(LearnerKey, DedupeSegmentId), HashSet<UInt128>> _segments = [];

    public async ValueTask<LearnerTail> ReadTailAsync(LearnerKey learner, long afterSequence, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_lock)
        {
            var log = LogOf(learner);
            return new(log.Head, log.TrimmedThrough, [.. log.Frames.Where(frame => frame.Sequence > afterSequence)]);
        }
    }

    public async ValueTask<AppendOutcome> AppendAsync(LearnerAppend append, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_lock)
        {
            var log = LogOf(append.Learner);
            if (log.Head != append.ExpectedHead)
            {
                return AppendOutcome.Fenced;
            }

            log.Head++;
            log.Frames.Add(new(log.Head, append.Payload.ToArray()));
            foreach (var target in append.Targets)
            {
                pending.Raise(new(append.Learner, target, log.Head));
            }

            return AppendOutcome.Applied;
        }
    }

    public async ValueTask<AppendOutcome> SealAsync(DedupeSeal seal, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_lock)
        {
            if (LogOf(seal.Learner).Head < seal.ThroughSequence)
            {
                return AppendOutcome.Fenced;
            }

            foreach (var (segment, identities) in seal.Segments)
            {
                if (!_segments.TryGetValue((seal.Learner, segment), out var known))
                {
                    _segments.Add((seal.Learner, segment), known = []);
                }

                known.UnionWith(identities);
            }

            foreach (var segment in seal.Dropped)
            {
                _segments.Remove((seal.Learner, segment));
            }

            return AppendOutcome.Applied;
        }
    }

    public async ValueTask<UInt128[]> ReadSegmentAsync(LearnerKey learner, DedupeSegmentId segment, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_lock)
        {
            return _segments.TryGetValue((learner, segment), out var known) ? [.. known] : [];
        }
    }

    public async ValueTask<AppendOutcome> TrimAsync(LearnerKey learner, long throughSequence, long expectedHead, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_lock)
        {
            var log = LogOf(learner);
            if (log.Head != expectedHead)
            {
                return AppendOutcome.Fenced;
            }

            log.TrimmedThrough = Math.Max(log.TrimmedThrough, Math.Min(throughSequence, log.Head - 1));
            log.Frames.RemoveAll(frame => frame.Sequence <= log.TrimmedThrough);
            return AppendOutcome.Applied;
        }
    }

    /// <summary>Loses frames, as no store should.</summary>
    public void Lose(LearnerKey learner, long throughSequence)
    {
        lock (_lock)
        {
            var log = LogOf(learner);
            log.TrimmedThrough = throughSequence;
            log.Frames.RemoveAll(frame => frame.Sequence <= throughSequence);
        }
    }

    private Log LogOf(LearnerKey learner)
    {
        if (!_logs.TryGetValue(learner, out var log))
        {
            _logs.Add(learner, log = new());
        }

        return log;
    }

    private sealed class Log
    {
        public long Head { get; set; }

        public long TrimmedThrough { get; set; }

        public List<JournalFrame> Frames { get; } = [];
    }
}
