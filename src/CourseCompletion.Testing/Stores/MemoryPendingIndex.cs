using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Testing.Stores;

/// <summary>Marks in memory, with their age by the machine's clock.</summary>
internal sealed class MemoryPendingIndex : IPendingIndex
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(LearnerKey Learner, string Target), (long Version, long SetAt)> _marks = [];

    public int PartitionCount => 8;

    /// <summary>How many marks there are.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _marks.Count;
            }
        }
    }

    public async ValueTask AcknowledgeAsync(IReadOnlyList<PendingMark> told, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Task.Yield();
        lock (_lock)
        {
            foreach (var mark in told)
            {
                if (_marks.TryGetValue((mark.Learner, mark.Target), out var known) && known.Version <= mark.Version)
                {
                    _marks.Remove((mark.Learner, mark.Target));
                }
            }
        }
    }

    public async ValueTask<IReadOnlyList<PendingMark>> ReadOlderThanAsync(int partition, TimeSpan age, int limit, CancellationToken cancellationToken)
    {
        await Task.Yield();
        var setBefore = Environment.TickCount64 - (long)age.TotalMilliseconds;
        lock (_lock)
        {
            return
            [
                .. _marks
                    .Where(mark => mark.Key.Learner.Partition(PartitionCount) == partition && mark.Value.SetAt <= setBefore)
                    .OrderBy(mark => mark.Value.SetAt)
                    .Take(limit)
                    .Select(mark => new PendingMark(mark.Key.Learner, mark.Key.Target, mark.Value.Version)),
            ];
        }
    }

    public void Raise(PendingMark mark)
    {
        lock (_lock)
        {
            var setAt = _marks.TryGetValue((mark.Learner, mark.Target), out var known) ? known.SetAt : Environment.TickCount64;
            _marks[(mark.Learner, mark.Target)] = (mark.Version, setAt);
        }
    }
}
