using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Report;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Grains.Abstractions.Learners;
using CourseCompletion.Grains.Courses;
using CourseCompletion.Grains.Watches;

namespace CourseCompletion.Grains.Learners;

/// <summary>The one writer of a learner's state: decides what waits, remembers it, tells what follows.</summary>
/// <remarks>
/// Used by the learner's grain alone, on its scheduler. The invariant that survives each await is: the state changes only in <see cref="DrainAsync"/>, of which one runs at a time, and is read only
/// between two of its appends. What comes meanwhile waits and goes into the next append together. After a failed write nothing is served any more: the activation goes away.
/// </remarks>
/// <param name="grain">The learner's grain, which goes away when what is in memory may not be what is stored.</param>
/// <param name="key">The learner.</param>
/// <param name="services">What it works with.</param>
internal sealed partial class LearnerWriter(IGrainBase grain, LearnerKey key, LearnerServices services)
{
    // What few learners need at a time is made when it is needed: there may be a hundred thousand of them in memory.
    private readonly LearnerSnapshots _snapshots = new();
    private readonly LearnerId _id = key.Learner;
    private WaitingInputs _waiting;
    private WaitingReads? _readers;
    private Watchers? _watchers;
    private UnknownLearner? _unknown;
    private Task _draining = Task.CompletedTask;
    private int _tailFrames;
    private int _tailBytes;
    private bool _busy;
    private bool _poisoned;

    /// <summary>The state, to be read where no append is under way: in <see cref="ReadAsync"/> and <see cref="ReadStoredAsync"/>.</summary>
    public LearnerState State { get; private set; } = null!;

    /// <summary>Reads the learner back from the store.</summary>
    /// <exception cref="StoreCorruptException">What is stored is damaged, or some of it is missing.</exception>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var began = services.Time.GetTimestamp();
        var (state, damage) = await _snapshots.LoadAsync(services.Snapshots, grain.GrainContext.GrainId);
        if (damage is not null)
        {
            LogSnapshotDamaged(services.Log, key.Value, state.Sequence, damage);
        }

        var tail = await services.Journal.ReadTailAsync(key, state.Sequence, cancellationToken);
        if (tail.TrimmedThrough > state.Sequence || tail.HeadSequence < state.Sequence)
        {
            LogStateLost(services.Log, key.Value, state.Sequence, tail.TrimmedThrough, tail.HeadSequence);
            throw new StoreCorruptException(
                $"Learner {key.Value} is known up to {tail.HeadSequence}, but what is stored reaches from {tail.TrimmedThrough} to {state.Sequence}: restore the store.");
        }

        foreach (var frame in tail.Frames)
        {
            LearnerFrame.Decode(frame.Payload.Span).Replay(state, services.Policy);
            _tailFrames++;
            _tailBytes += frame.Payload.Length;
        }

        State = state;
        GrainMetrics.ActivationDuration.Record(services.Time.GetElapsedTime(began).TotalSeconds);
    }

    /// <summary>Returns when nothing is under way: snapshots run on after the call that caused them, and the next activation is to find them whole.</summary>
    public Task DrainedAsync(CancellationToken cancellationToken) => _draining.WaitAsync(cancellationToken);

    /// <summary>Waits for the next change that is stored; false when none comes.</summary>
    public async Task<bool> WaitForChangeAsync(TimeSpan patience)
    {
        _watchers ??= new(services.Time, services.Options.WatchersMax, services.WatchEnd);
        var isChanged = await _watchers.WaitAsync(patience);
        LeaveIfUnknown();
        return isChanged;
    }

    /// <summary>Takes an input into an append at once when none is under way, else into the next.</summary>
    public ValueTask<RecordOutcome> SubmitAsync(WaitingInput input)
    {
        var isIn = TryWait(input);
        Drain();
        return isIn ? input.Outcome : new(EventBatches.RetryAll(input.Batch));
    }

    // Every input passes here.
    private bool TryWait(WaitingInput input)
    {
        if (_poisoned)
        {
            return false;
        }

        // While one is under way the learner was admitted with it.
        if (IsUnknown && !services.Newcomers.TryTake())
        {
            return false;
        }

        if (!_waiting.TryAdd(input, services.Options.WaitingEventsMax))
        {
            GrainMetrics.Retried.Add(input.Batch?.Events.Length ?? 0);
            return false;
        }

        return true;
    }

    private void Drain()
    {
        if (!_busy)
        {
            _busy = true;
            _draining = DrainAsync();
        }
    }

    /// <summary>Takes inputs into one append, and returns when they are stored.</summary>
    /// <exception cref="StoreUnavailableException">They may not be stored.</exception>
    /// <exception cref="LearnerBusyException">Too much waits.</exception>
    public async ValueTask SubmitOrThrowAsync(List<WaitingInput> inputs)
    {
        var taken = inputs.TakeWhile(TryWait).ToList();
        Drain();
        var stored = taken.Count == inputs.Count;
        foreach (var input in taken)
        {
            stored &= ReferenceEquals(await input.Outcome, input.Result);
        }

        ThrowUnless(stored);
    }

    /// <summary>Takes an input into an append, and returns when it is stored.</summary>
    /// <exception cref="StoreUnavailableException">It may not be stored.</exception>
    /// <exception cref="LearnerBusyException">Too much waits.</exception>
    public async ValueTask SubmitOrThrowAsync(WaitingInput input)
    {
        ThrowUnless(ReferenceEquals(await SubmitAsync(input), input.Result));
    }

    private void ThrowUnless(bool stored)
    {
        if (!stored)
        {
            throw _poisoned
                ? new StoreUnavailableException($"Learner {key.Value} could not be stored just now; try again.")
                : new LearnerBusyException(
                    IsUnknown ? "Too many new learners come at once; try again in some seconds." : $"Too much waits for learner {key.Value}; try again.");
        }
    }

    // Runs until nobody waits: readers between appends, snapshots when due, then everything that came meanwhile in one append: decide, remember, tell.
    private async Task DrainAsync()
    {
        while (true)
        {
            _readers?.Serve(Refusal);
            if (IsSnapshotDue && !_poisoned)
            {
                await SnapshotAsync();
            }

            if (_waiting.TakeNext() is not { } inputs)
            {
                if (_readers is { Count: > 0 })
                {
                    continue;
                }

                (_readers, _busy, _draining) = (null, false, Task.CompletedTask);
                return;
            }

            var stored = false;
            var recorder = services.Recorders.Rent(State, key.Tenant);
            try
            {
                if (!_poisoned)
                {
                    await services.Courses.PrepareAsync(key, inputs, State, recorder);
                    var append = Decide(inputs, recorder);
                    if (append is null || await services.Journal.AppendAsync(append, CancellationToken.None) == AppendOutcome.Applied)
                    {
                        Tell(recorder, inputs, append is not null);
                        services.Hot.Add(key, recorder.Accepted.Count);
                        services.Opinions.Offer(key, recorder.Accepted);
                        stored = true;
                    }
                    else
                    {
                        LogFenced(services.Log, key.Value, append.ExpectedHead);
                        Poison();
                    }
                }
            }
            catch (Exception e)
            {
                // Not known to be durable, and what is in memory is ahead of what is stored.
                LogAppendFailed(services.Log, key.Value, e);
                Poison();
            }

            services.Recorders.Return(recorder);
            Answer(inputs, stored);
        }
    }

    // Folds the inputs and makes all that follows from them, to be given out once it is durable; null when nothing has to be remembered.
    private LearnerAppend? Decide(WaitingInput inputs, LearnerRecorder recorder)
    {
        var nowMs = services.NowMs;
        for (var input = inputs; input is not null; input = input.Next)
        {
            if (input.Batch is not null)
            {
                input.Results = new EventOutcome[input.Batch.Events.Length];
                recorder.Record(input.Batch, nowMs, input.Results);
            }
            else if (input.Watermark is not null)
            {
                recorder.ResetWatermark(input.Watermark, nowMs);
            }
            else if (input.Nudge is OfferInput offer)
            {
                offer.Course = recorder.TakeCourse();
            }
            else if (input.Opinion is { } opinion)
            {
                opinion.Course = recorder.TakeCourse();
            }
            else if (input.Dismissal is { } dismissal)
            {
                input.Rejection = recorder.Dismiss(dismissal);
            }
            else
            {
                recorder.TellAgain(input.CourseCount);
            }
        }

        NudgeInputs.Decide(inputs, key, recorder, services.Identity.Incarnation, nowMs);
        recorder.TakeInterests(inputs);
        recorder.Hear(inputs);
        recorder.Conclude(nowMs);
        for (var input = inputs; input is not null; input = input.Next)
        {
            input.Result = new(input.Results, input.Batch is null ? [] : recorder.ScoresFor(input.Batch));
        }

        var append = recorder.Seal(key, nowMs);
        recorder.MakeRows(_id, services.Identity.Incarnation);
        if (append is not null)
        {
            _tailFrames++;
            _tailBytes += append.Payload.Length;
        }

        return append;
    }

    private void Tell(LearnerRecorder recorder, WaitingInput inputs, bool changed)
    {
        var trace = WaitingInputs.TraceOf(inputs);
        for (var i = 0; i < recorder.Rows.Length; i++)
        {
            services.Collector.Offer(recorder.CourseOf(i).RosterFor(_id), recorder.Rows[i], trace);
        }

        foreach (var row in recorder.TallyRows)
        {
            services.Tallies.Offer(RosterKey.For(CampaignKey.For(key.Tenant, row.Membership.Campaign), CampaignRow.ShardOf(_id)), row);
        }

        if (recorder.TasteRow is { } taste)
        {
            services.Tastes.Offer(RosterKey.For(RecommenderKey.For(key.Tenant)), taste, trace);
        }

        if (State.Nudges is { } nudges)
        {
            NudgeInputs.NoteLateness(inputs);
            services.Outbox.Offer(key, State.Preferences, nudges, State.Sequence, changed, NudgeInputs.AsksForDeliveries(inputs));
        }

        if (changed)
        {
            _watchers?.Wake();
        }
    }

    private static void Answer(WaitingInput inputs, bool stored)
    {
        for (var input = inputs; input is not null;)
        {
            // Whoever is answered may submit again.
            var next = input.Next;
            input.Complete(stored ? input.Result! : EventBatches.RetryAll(input.Batch));
            input = next;
        }
    }

    // Nobody has stored anything of this learner, and nobody is about to.
    private bool IsUnknown => State.Sequence == 0 && !_busy;

    private bool IsSnapshotDue =>
        _tailFrames >= services.Options.SnapshotFramesMax || _tailBytes > Math.Max(_snapshots.NewestBytes, services.Options.SnapshotBytesMin);

    private async Task SnapshotAsync()
    {
        try
        {
            if (DedupeRules.SealFor(key, State) is { } seal)
            {
                if (await services.Journal.SealAsync(seal, CancellationToken.None) == AppendOutcome.Fenced)
                {
                    Poison();
                    return;
                }

                DedupeRules.MarkSealed(State);
            }

            var trimThrough = await _snapshots.SaveAsync(services.Snapshots, grain.GrainContext.GrainId, State);
            _tailFrames = 0;
            _tailBytes = 0;
            if (trimThrough > 0 && await services.Journal.TrimAsync(key, trimThrough, State.Sequence, CancellationToken.None) == AppendOutcome.Fenced)
            {
                Poison();
            }
        }
        catch (Exception e)
        {
            LogSnapshotFailed(services.Log, key.Value, e);
            Poison();
        }
    }

    // What is in memory may not be what is stored: nothing is served from it again.
    private void Poison()
    {
        _poisoned = true;
        GrainMetrics.Poisoned.Add(1);
        _watchers?.Wake();
        grain.DeactivateOnIdle();
    }

    /// <summary>Gathers the definitions of the enrolments' courses, then reads; again when an append in between began another enrolment.</summary>
    public async ValueTask<T> ReadAsync<T>(Func<Dictionary<CourseId, CourseEntry>, T> read)
    {
        while (true)
        {
            var courses = await services.Courses.OfEnrolmentsAsync(key, State);
            var (isWhole, value) = await ReadStoredAsync(
                () => State.Enrolments.All(enrolment => courses.ContainsKey(enrolment.Course)) ? (true, read(courses)) : (false, default!));
            if (isWhole)
            {
                return value;
            }
        }
    }

    /// <summary>Reads at once when nothing is under way, else between two appends.</summary>
    /// <exception cref="StoreUnavailableException">The learner is being read back from the store.</exception>
    /// <exception cref="LearnerBusyException">Too many reads wait.</exception>
    public ValueTask<T> ReadStoredAsync<T>(Func<T> read)
    {
        if (!_busy)
        {
            LeaveIfUnknown();
            return Refusal is { } refusal ? throw refusal : new(read());
        }

        _readers ??= new();
        return _readers.Count < services.Options.WaitingReadsMax
            ? new(_readers.Add(read))
            : throw new LearnerBusyException($"Too many reads of learner {key.Value} wait; try again.");
    }

    private bool IsNobodys => IsUnknown && _watchers is not { IsWaitedFor: true };

    private void LeaveIfUnknown()
    {
        if (IsNobodys)
        {
            (_unknown ??= new(grain, () => IsNobodys)).LeaveSoon();
        }
    }

    private StoreUnavailableException? Refusal => _poisoned ? new($"Learner {key.Value} is being read back from the store; try again.") : null;
}
