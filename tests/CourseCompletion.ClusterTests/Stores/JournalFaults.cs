using System.Collections.Concurrent;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.ClusterTests.Stores;

/// <summary>What goes wrong with a learner's next appends, and how many there were.</summary>
internal sealed class JournalFaults
{
    private int _failingAcknowledgements;

    private readonly ConcurrentDictionary<LearnerKey, Func<Func<ValueTask<AppendOutcome>>, ValueTask<AppendOutcome>>> _next = new();
    private readonly ConcurrentDictionary<LearnerKey, int> _appends = new();

    /// <summary>How many appends of a learner reached the journal.</summary>
    public int AppendsOf(LearnerKey learner) => _appends.GetValueOrDefault(learner);

    /// <summary>The next append fails and nothing is stored.</summary>
    public void FailNext(LearnerKey learner) => _next[learner] = static _ => throw new StoreUnavailableException("Injected: not applied.");

    /// <summary>The next append is stored, and reported as failed.</summary>
    public void FailNextThoughApplied(LearnerKey learner) => _next[learner] = static async append =>
    {
        await append();
        throw new StoreUnavailableException("Injected: applied.");
    };

    /// <summary>The next append waits before it is stored.</summary>
    public Stall StallNext(LearnerKey learner)
    {
        var stall = new Stall();
        _next[learner] = async append =>
        {
            await stall.WaitAsync();
            return await append();
        };
        return stall;
    }

    /// <summary>The next acknowledgements of marks fail.</summary>
    public void FailAcknowledgements(int count) => Volatile.Write(ref _failingAcknowledgements, count);

    public void CheckAcknowledgement()
    {
        if (Interlocked.Decrement(ref _failingAcknowledgements) >= 0)
        {
            throw new StoreUnavailableException("Injected: the marks stay.");
        }
    }

    public ValueTask<AppendOutcome> AppendAsync(LearnerKey learner, Func<ValueTask<AppendOutcome>> append)
    {
        _appends.AddOrUpdate(learner, 1, static (_, count) => count + 1);
        return _next.TryRemove(learner, out var fault) ? fault(append) : append();
    }
}

/// <summary>Something that waits until a test lets it go on.</summary>
internal sealed class Stall
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when something waits here.</summary>
    public Task Reached => _reached.Task.WaitAsync(TimeSpan.FromSeconds(10));

    public bool IsReached => _reached.Task.IsCompleted;

    public void Release() => _released.TrySetResult();

    public Task WaitAsync()
    {
        _reached.TrySetResult();
        return _released.Task;
    }
}

/// <summary>A journal whose appends fail when a test says so.</summary>
internal sealed class FaultyJournal(ILearnerJournal journal, JournalFaults faults) : ILearnerJournal
{
    public ValueTask<LearnerTail> ReadTailAsync(LearnerKey learner, long afterSequence, CancellationToken cancellationToken) =>
        journal.ReadTailAsync(learner, afterSequence, cancellationToken);

    public ValueTask<AppendOutcome> AppendAsync(LearnerAppend append, CancellationToken cancellationToken) =>
        faults.AppendAsync(append.Learner, () => journal.AppendAsync(append, cancellationToken));

    public ValueTask<AppendOutcome> SealAsync(DedupeSeal seal, CancellationToken cancellationToken) => journal.SealAsync(seal, cancellationToken);

    public ValueTask<UInt128[]> ReadSegmentAsync(LearnerKey learner, DedupeSegmentId segment, CancellationToken cancellationToken) =>
        journal.ReadSegmentAsync(learner, segment, cancellationToken);

    public ValueTask<AppendOutcome> TrimAsync(LearnerKey learner, long throughSequence, long expectedHead, CancellationToken cancellationToken) =>
        journal.TrimAsync(learner, throughSequence, expectedHead, cancellationToken);
}
