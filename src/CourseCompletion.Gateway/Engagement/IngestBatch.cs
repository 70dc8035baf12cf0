using System.Threading.Tasks.Sources;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Gateway.Learners;
using CourseCompletion.Grains.Abstractions.Learners;
using Google.Protobuf.Collections;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Engagement;

/// <summary>One batch on its way: read, grouped by learner, recorded by one call a learner, answered.</summary>
/// <remarks>
/// Used again for the next batch, so that an event costs no allocation besides itself and its result. A batch that ran into the deadline is not
/// (<see cref="IsReusable"/>): calls that end later still write into it.
/// </remarks>
internal sealed class IngestBatch : IValueTaskSource, IDisposable
{
    private readonly ILearnerDirectory _learners;
    private readonly GatewayOptions _options;
    private readonly TimeProvider _time;
    private readonly IngestFaultLog _faults;
    private readonly Dictionary<string, int> _callOfLearner = new(StringComparer.Ordinal);
    private readonly List<LearnerCall> _calls = [];
    private readonly OutcomeTally _tally = new();
    private Planned[] _planned = [];
    private int _callCount;
    private ITimer? _deadline;
    private long _startedAt;
    private int _pending;
    private int _signaled = 1;
    private ManualResetValueTaskSourceCore<bool> _done;

    public IngestBatch(ILearnerDirectory learners, GatewayOptions options, TimeProvider time, IngestFaultLog faults)
    {
        _learners = learners;
        _options = options;
        _time = time;
        _faults = faults;
    }

    /// <summary>Whether every call of the last batch has ended.</summary>
    public bool IsReusable { get; private set; } = true;

    /// <summary>Records the events and adds one result for each, in their order.</summary>
    public async ValueTask RecordAsync(
        RepeatedField<Wire.Event> events, long sentAtMs, RepeatedField<Wire.EventResult> results, RepeatedField<Wire.CompletionUpdate> completions)
    {
        Plan(events);
        if (_callCount > 0)
        {
            Start(sentAtMs);
            await new ValueTask(this, _done.Version).ConfigureAwait(false);
        }

        Answer(events.Count, results, completions);
        if (IsReusable)
        {
            Clear(events.Count);
        }
    }

    /// <summary>Called by each call at its end, on whatever thread that happens.</summary>
    public void CallFinished()
    {
        if (Interlocked.Decrement(ref _pending) == 0)
        {
            Signal();
        }
    }

    public void Dispose() => _deadline?.Dispose();

    void IValueTaskSource.GetResult(short token) => _done.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _done.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _done.OnCompleted(continuation, state, token, flags);

    private void Plan(RepeatedField<Wire.Event> events)
    {
        if (_planned.Length < events.Count)
        {
            _planned = new Planned[events.Count];
        }

        for (var i = 0; i < events.Count; i++)
        {
            _planned[i] = Plan(events[i]);
        }

        for (var i = 0; i < events.Count; i++)
        {
            if (_planned[i].Event is { } learnerEvent)
            {
                _calls[_planned[i].Call].Add(learnerEvent);
            }
        }
    }

    private Planned Plan(Wire.Event from)
    {
        LearnerEvent? read = null;
        if ((LearnerEventRules.CheckId(from.LearnerId, "learner_id", required: true) ?? EventMapping.TryRead(from, out read)) is { } rejection)
        {
            return new(null, rejection, -1);
        }

        if (!_callOfLearner.TryGetValue(from.LearnerId, out var call))
        {
            call = _callCount++;
            _callOfLearner.Add(from.LearnerId, call);
            if (call == _calls.Count)
            {
                _calls.Add(new(this));
            }

            _calls[call].Open(from.LearnerId);
        }

        _calls[call].EventCount++;
        return new(read, null, call);
    }

    private void Start(long sentAtMs)
    {
        _done.Reset();
        _startedAt = _time.GetTimestamp();

        // One more than there are calls, so that nothing is signalled before all have started.
        _pending = _callCount + 1;
        Volatile.Write(ref _signaled, 0);
        for (var i = 0; i < _callCount; i++)
        {
            Start(_calls[i], sentAtMs);
        }

        if (Volatile.Read(ref _pending) > 1)
        {
            SetDeadline(_options.LearnerCallTimeout);
        }

        CallFinished();
    }

    private void Start(LearnerCall call, long sentAtMs)
    {
        ILearnerGrain grain;
        try
        {
            grain = _learners.Find(LearnerKey.For(TenantId.Default, new LearnerId(call.LearnerId)));
        }
        catch (Exception exception)
        {
            call.Fail(exception);
            return;
        }

        call.Start(grain, sentAtMs);
    }

    private void SetDeadline(TimeSpan after)
    {
        if (_deadline is null)
        {
            _deadline = _time.CreateTimer(static batch => ((IngestBatch)batch!).DeadlineReached(), this, after, Timeout.InfiniteTimeSpan);
        }
        else
        {
            _deadline.Change(after, Timeout.InfiniteTimeSpan);
        }
    }

    private void DeadlineReached()
    {
        // The timer may be late for the batch before this one, or a little early.
        var left = _options.LearnerCallTimeout - _time.GetElapsedTime(_startedAt);
        if (left > TimeSpan.Zero)
        {
            SetDeadline(left);
        }
        else
        {
            Signal();
        }
    }

    private void Signal()
    {
        if (Interlocked.Exchange(ref _signaled, 1) == 0)
        {
            _done.SetResult(true);
        }
    }

    private void Answer(int eventCount, RepeatedField<Wire.EventResult> results, RepeatedField<Wire.CompletionUpdate> completions)
    {
        // Read before the outcomes: whatever ended until here is in them.
        IsReusable = Volatile.Read(ref _pending) == 0;
        _deadline?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        for (var i = 0; i < _callCount; i++)
        {
            var call = _calls[i];
            if (call.Settle() is { } fault)
            {
                _faults.Report(fault, call.EventCount);
            }
            else if (call.Settled is null)
            {
                _faults.ReportLate(call.EventCount);
            }
        }

        results.Capacity = eventCount;
        Wire.EventResult? retry = null;
        for (var i = 0; i < eventCount; i++)
        {
            var result = _planned[i].Rejection is { } rejection ? ResultMapping.Rejected(rejection, clockCorrected: false)
                : Result(_calls[_planned[i].Call], _planned[i].Event!) ?? (retry ??= ResultMapping.Retry(_options.RetryAfter()));
            _tally.Count(result);
            results.Add(result);
        }

        _tally.Publish();
        for (var i = 0; i < _callCount; i++)
        {
            AddCompletions(_calls[i], completions);
        }
    }

    private static Wire.EventResult? Result(LearnerCall call, LearnerEvent learnerEvent)
    {
        if (call.Settled is not { } settled)
        {
            return null;
        }

        var outcome = settled.Results[call.NextResult++];
        switch (outcome.Status)
        {
            case EventStatus.Accepted or EventStatus.Duplicate:
                var accepted = outcome.Status == EventStatus.Accepted;
                for (var i = 0; i < settled.Scores.Length; i++)
                {
                    if (settled.Scores[i].Course == learnerEvent.Course)
                    {
                        call.AcceptedScores |= accepted && i < 64 ? 1UL << i : 0;
                        return ResultMapping.Recorded(!accepted, outcome.ClockCorrected, settled.Scores[i].Probability);
                    }
                }

                return ResultMapping.Recorded(!accepted, outcome.ClockCorrected, null);
            case EventStatus.Rejected:
                return ResultMapping.Rejected(outcome.Rejection, outcome.ClockCorrected);
            default:
                return null;
        }
    }

    private static void AddCompletions(LearnerCall call, RepeatedField<Wire.CompletionUpdate> completions)
    {
        if (call.Settled is not { } settled)
        {
            return;
        }

        for (var i = 0; i < settled.Scores.Length; i++)
        {
            // More courses than bits: say more rather than less.
            if (i >= 64 || (call.AcceptedScores & (1UL << i)) != 0)
            {
                completions.Add(ResultMapping.Completion(call.LearnerId, settled.Scores[i]));
            }
        }
    }

    private void Clear(int eventCount)
    {
        Array.Clear(_planned, 0, eventCount);
        for (var i = 0; i < _callCount; i++)
        {
            _calls[i].Clear();
        }

        _callOfLearner.Clear();
        _callCount = 0;
    }

    private readonly record struct Planned(LearnerEvent? Event, Rejection? Rejection, int Call);
}
