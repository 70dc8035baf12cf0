using System.Runtime.CompilerServices;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Abstractions.Learners;

namespace CourseCompletion.Gateway.Engagement;

/// <summary>One learner's share of a batch, and the call that records it. Belongs to an <see cref="IngestBatch"/> and is used again with it.</summary>
/// <remarks>It waits through the awaiter itself: an async method a learner would cost an allocation and a state machine for each.</remarks>
internal sealed class LearnerCall
{
    private readonly IngestBatch _batch;
    private readonly Action _finish;
    private LearnerEvent[] _events = [];
    private int _filled;
    private ConfiguredValueTaskAwaitable<RecordOutcome>.ConfiguredValueTaskAwaiter _awaiter;
    private RecordOutcome? _outcome;
    private Exception? _fault;

    public LearnerCall(IngestBatch batch)
    {
        _batch = batch;
        _finish = Finish;
    }

    public string LearnerId { get; private set; } = "";

    /// <summary>How many events the learner has in the batch, counted before the call is filled.</summary>
    public int EventCount { get; set; }

    /// <summary>The outcome as it was when <see cref="Settle"/> was called; null when there was none by then.</summary>
    public RecordOutcome? Settled { get; private set; }

    /// <summary>Which result of the outcome belongs to the learner's next event.</summary>
    public int NextResult { get; set; }

    /// <summary>Which of the first 64 scores belong to a course with an accepted event.</summary>
    public ulong AcceptedScores { get; set; }

    public void Open(string learnerId)
    {
        LearnerId = learnerId;
        EventCount = 0;
    }

    public void Add(LearnerEvent learnerEvent)
    {
        if (_filled == 0)
        {
            _events = new LearnerEvent[EventCount];
        }

        _events[_filled++] = learnerEvent;
    }

    public void Start(ILearnerGrain grain, long sentAtMs)
    {
        try
        {
#pragma warning disable CA2012 // The awaiter is used exactly once, in Finish.
            _awaiter = grain.RecordAsync(new EventBatch(_events, sentAtMs)).ConfigureAwait(false).GetAwaiter();
#pragma warning restore CA2012
        }
        catch (Exception exception)
        {
            Fail(exception);
            return;
        }

        if (_awaiter.IsCompleted)
        {
            Finish();
        }
        else
        {
            _awaiter.UnsafeOnCompleted(_finish);
        }
    }

    /// <summary>Ends a call that could not even start.</summary>
    public void Fail(Exception exception)
    {
        _fault = exception;
        _batch.CallFinished();
    }

    /// <summary>Fixes what is known now; a call that ends later changes it no more. Returns why there is no outcome.</summary>
    public Exception? Settle()
    {
        Settled = Volatile.Read(ref _outcome);
        if (Settled is not null && Settled.Results.Length != EventCount)
        {
            Settled = null;
            return new InvalidOperationException("A learner's grain answered with another number of results than it got events.");
        }

        return Settled is null ? Volatile.Read(ref _fault) : null;
    }

    public void Clear()
    {
        LearnerId = "";
        _events = [];
        _filled = 0;
        _awaiter = default;
        _outcome = null;
        _fault = null;
        Settled = null;
        NextResult = 0;
        AcceptedScores = 0;
    }

    private void Finish()
    {
        try
        {
            Volatile.Write(ref _outcome, _awaiter.GetResult());
        }
        catch (Exception exception)
        {
            Volatile.Write(ref _fault, exception);
        }

        _batch.CallFinished();
    }
}
