using System.Runtime.ExceptionServices;
using Akka.Actor;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Grains.Abstractions.Learners;
using CourseCompletion.Grains.Learners;

namespace CourseCompletion.Peers.Learners;

/// <summary>One learner as an actor: decides, remembers, tells as the engine's learner does, a message for each step.</summary>
/// <remarks>
/// Key: a learner's key. What comes while a step is under way waits and goes into the next append together. After a failed write it answers RETRY to all that wait and fails; its
/// supervisor starts it again, and it reads itself back. It reads and writes the snapshots of the engine's learner, so either can go on from the other's store.
/// </remarks>
internal sealed class LearnerActor : UntypedActor
{
    private readonly LearnerServices _services;
    private readonly LearnerSnapshots _snapshots = new();
    private readonly LearnerKey _key;
    private readonly LearnerId _id;
    private readonly GrainId _storedAs;
    private LearnerState? _state;
    private WaitingInputs _waiting;
    private WaitingInput? _inputs;
    private LearnerRecorder? _recorder;
    private List<IActorRef> _waitingAskers = [];
    private List<IActorRef> _askers = [];
    private int _tailFrames;
    private int _tailBytes;
    private bool _busy = true;

    public LearnerActor(LearnerKey key, IGrainFactory grains, LearnerServices services)
    {
        (_key, _id, _services) = (key, key.Learner, services);
        _storedAs = grains.GetGrain<ILearnerGrain>(key.Value).GetGrainId();
    }

    private LearnerState State => _state ?? throw new InvalidOperationException("The learner is not read yet.");

    protected override void PreStart() => LoadAsync().PipeTo(Self);

    protected override void OnReceive(object message)
    {
        try
        {
            switch (message)
            {
                case RecordEvents events:
                    Wait(EventBatches.Repaired(events.Batch));
                    break;
                case LearnerState state:
                    _state = state;
                    Rest();
                    break;
                case Prepared:
                    Append();
                    break;
                case Appended(AppendOutcome.Applied):
                    Finish();
                    break;
                case SnapshotTaken(AppendOutcome.Applied):
                    Rest();
                    break;
                case Status.Failure failure:
                    ExceptionDispatchInfo.Throw(failure.Cause);
                    break;
                default:
                    throw new StoreUnavailableException($"Another activation of learner {_key.Value} wrote first.");
            }
        }
        catch
        {
            RefuseAll();
            throw;
        }
    }

    private async Task<LearnerState> LoadAsync()
    {
        var (state, _) = await _snapshots.LoadAsync(_services.Snapshots, _storedAs);
        var tail = await _services.Journal.ReadTailAsync(_key, state.Sequence, CancellationToken.None);
        if (tail.TrimmedThrough > state.Sequence || tail.HeadSequence < state.Sequence)
        {
            throw new StoreCorruptException($"What is stored of learner {_key.Value} does not reach from {state.Sequence} to {tail.HeadSequence}.");
        }

        foreach (var frame in tail.Frames)
        {
            LearnerFrame.Decode(frame.Payload.Span).Replay(state, _services.Policy);
            _tailFrames++;
            _tailBytes += frame.Payload.Length;
        }

        return state;
    }

    private void Wait(EventBatch batch)
    {
        if (!_waiting.TryAdd(new WaitingInput(batch), _services.Options.WaitingEventsMax))
        {
            Sender.Tell(EventBatches.RetryAll(batch));
            return;
        }

        _waitingAskers.Add(Sender);
        if (!_busy)
        {
            TakeNext();
        }
    }

    // Between two appends: the snapshot when due, else what came meanwhile.
    private void Rest()
    {
        _busy = false;
        if (_tailFrames >= _services.Options.SnapshotFramesMax || _tailBytes > Math.Max(_snapshots.NewestBytes, _services.Options.SnapshotBytesMin))
        {
            _busy = true;
            SnapshotAsync().PipeTo(Self, success: outcome => new SnapshotTaken(outcome));
        }
        else
        {
            TakeNext();
        }
    }

    private void TakeNext()
    {
        if (_waiting.TakeNext() is not { } inputs)
        {
            return;
        }

        (_busy, _inputs) = (true, inputs);
        (_askers, _waitingAskers) = (_waitingAskers, _askers);
        _recorder = _services.Recorders.Rent(State, _key.Tenant);
        var preparation = _services.Courses.PrepareAsync(_key, inputs, State, _recorder);
        if (preparation.IsCompletedSuccessfully)
        {
            Append();
        }
        else
        {
            preparation.AsTask().PipeTo(Self, success: static () => Prepared.Instance);
        }
    }

    private void Append()
    {
        if (Decide(_inputs!, _recorder!) is not { } append)
        {
            Finish();
            return;
        }

        _tailFrames++;
        _tailBytes += append.Payload.Length;
        _services.Journal.AppendAsync(append, CancellationToken.None).AsTask().PipeTo(Self, success: static outcome => Appended.As(outcome));
    }

    private LearnerAppend? Decide(WaitingInput inputs, LearnerRecorder recorder)
    {
        var nowMs = _services.NowMs;
        for (var input = inputs; input is not null; input = input.Next)
        {
            input.Results = new EventOutcome[input.Batch!.Events.Length];
            recorder.Record(input.Batch, nowMs, input.Results);
        }

        NudgeInputs.Decide(inputs, _key, recorder, _services.Identity.Incarnation, nowMs);
        recorder.Conclude(nowMs);
        for (var input = inputs; input is not null; input = input.Next)
        {
            input.Result = new(input.Results, recorder.ScoresFor(input.Batch!));
        }

        var append = recorder.Seal(_key, nowMs);
        recorder.MakeRows(_id, _services.Identity.Incarnation);
        return append;
    }

    private void Finish()
    {
        for (var i = 0; i < _recorder!.Rows.Length; i++)
        {
            _services.Collector.Offer(_recorder.CourseOf(i).RosterFor(_id), _recorder.Rows[i]);
        }

        _services.Recorders.Return(_recorder);
        _recorder = null;
        Answer(_inputs, _askers, static input => input.Result!);
        _inputs = null;
        Rest();
    }

    private void RefuseAll()
    {
        Answer(_inputs, _askers, static input => EventBatches.RetryAll(input.Batch));
        Answer(_waiting.TakeNext(), _waitingAskers, static input => EventBatches.RetryAll(input.Batch));
    }

    private static void Answer(WaitingInput? inputs, List<IActorRef> askers, Func<WaitingInput, RecordOutcome> outcomeOf)
    {
        var asker = 0;
        for (var input = inputs; input is not null; input = input.Next)
        {
            askers[asker++].Tell(outcomeOf(input));
        }

        askers.Clear();
    }

    private async Task<AppendOutcome> SnapshotAsync()
    {
        if (DedupeRules.SealFor(_key, State) is { } seal)
        {
            if (await _services.Journal.SealAsync(seal, CancellationToken.None) == AppendOutcome.Fenced)
            {
                return AppendOutcome.Fenced;
            }

            DedupeRules.MarkSealed(State);
        }

        var trimThrough = await _snapshots.SaveAsync(_services.Snapshots, _storedAs, State);
        _tailFrames = 0;
        _tailBytes = 0;
        return trimThrough > 0
            ? await _services.Journal.TrimAsync(_key, trimThrough, State.Sequence, CancellationToken.None)
            : AppendOutcome.Applied;
    }

    private sealed record Prepared
    {
        public static Prepared Instance { get; } = new();
    }

    private sealed record Appended(AppendOutcome Outcome)
    {
        private static readonly Appended _applied = new(AppendOutcome.Applied);

        public static Appended As(AppendOutcome outcome) => outcome == AppendOutcome.Applied ? _applied : new(outcome);
    }

    private sealed record SnapshotTaken(AppendOutcome Outcome);
}
