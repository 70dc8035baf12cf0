using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Storage.Sqlite.Commits;

namespace CourseCompletion.Storage.Sqlite.Learners;

/// <summary>Appends one frame; pooled, because every accepted batch of every learner makes one.</summary>
internal sealed class AppendRequest : WriteRequest, IValueTaskSource<AppendOutcome>
{
    private const int PooledMax = 4096;

    private static readonly ConcurrentQueue<AppendRequest> _pool = new();

    // Continuations run on the caller's scheduler or the thread pool, never on the writer thread.
    private ManualResetValueTaskSourceCore<AppendOutcome> _completion = new() { RunContinuationsAsynchronously = true };
    private LearnerAppend? _append;
    private LearnerEntry? _entry;
    private FrameLocation _frame;
    private Exception? _refusal;
    private int _logBytesMax;

    private AppendRequest()
    {
    }

    public override int LogBytesMax => _logBytesMax;

    public override bool AddsToLog => true;

    public ValueTask<AppendOutcome> Completion => new(this, _completion.Version);

    public static AppendRequest For(LearnerAppend append)
    {
        if (!_pool.TryDequeue(out var request))
        {
            request = new AppendRequest();
        }

        request._append = append;
        request._logBytesMax = LogBuffer.EntryBytesMax(append.Learner.Value, string.Empty, append.Payload.Length);
        for (var i = 0; i < append.Targets.Count; i++)
        {
            request._logBytesMax += LogBuffer.EntryBytesMax(string.Empty, append.Targets[i], 0);
        }

        return request;
    }

    public override void Apply(CommitTransaction transaction)
    {
        var append = _append!;
        _entry = null;
        _refusal = null;
        var entry = transaction.Window.EntryWithHead(append.Learner, transaction.Database);
        if (entry.ProposedHead != append.ExpectedHead)
        {
            return;
        }

        _refusal = RoomForMarks(transaction.Window.Marks, entry, append.Targets);
        if (_refusal is null)
        {
            transaction.Touch(entry);
            entry.ProposedHead++;
            _frame = transaction.Log.Append(append.Learner.Value, entry.ProposedHead, entry.ProposedTrim, append.Targets, append.Payload.Span);
            _entry = entry;
        }
    }

    public override void Publish(CommitTransaction transaction)
    {
        if (_entry is not { } entry)
        {
            return;
        }

        entry.Add(entry.Head + 1, _frame);
        transaction.Window.MarkDirty(entry);
        var targets = _append!.Targets;
        for (var i = 0; i < targets.Count; i++)
        {
            transaction.Window.Marks.Raise(entry, targets[i], entry.Head, transaction.CommittedAt, transaction.Number);
        }
    }

    public override void Complete()
    {
        if (_refusal is { } refusal)
        {
            _completion.SetException(refusal);
            return;
        }

        _completion.SetResult(_entry is null ? AppendOutcome.Fenced : AppendOutcome.Applied);
    }

    public override void Fail(Exception failure) => _completion.SetException(failure);

    AppendOutcome IValueTaskSource<AppendOutcome>.GetResult(short token)
    {
        try
        {
            return _completion.GetResult(token);
        }
        finally
        {
            Recycle();
        }
    }

    ValueTaskSourceStatus IValueTaskSource<AppendOutcome>.GetStatus(short token) => _completion.GetStatus(token);

    void IValueTaskSource<AppendOutcome>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _completion.OnCompleted(continuation, state, token, flags);

    private static StoreUnavailableException? RoomForMarks(PendingMarks marks, LearnerEntry entry, IReadOnlyList<string> targets)
    {
        if (!marks.Full)
        {
            return null;
        }

        for (var i = 0; i < targets.Count; i++)
        {
            if (PendingMarks.Find(entry, targets[i]) is null)
            {
                return new StoreUnavailableException($"{marks.Count} marks of things not yet told are waiting; nothing was written. Are the rosters reachable?");
            }
        }

        return null;
    }

    private void Recycle()
    {
        _completion.Reset();
        _append = null;
        _entry = null;
        _frame = default;
        _refusal = null;
        if (_pool.Count < PooledMax)
        {
            _pool.Enqueue(this);
        }
    }
}
