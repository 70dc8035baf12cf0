using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Grains.Abstractions.Learners;
using CourseCompletion.Grains.Courses;
using CourseCompletion.Grains.Watches;

namespace CourseCompletion.Grains.Learners;

/// <summary>One learner: decides, remembers, tells.</summary>
/// <remarks>
/// Key: <see cref="LearnerKey"/>. Called by the gateway, backends, scheduler shards and roster refreshes; calls its course (definition) and hands rows to the silo's collector.
/// Every method interleaves, and the invariant that survives each await is: the state changes only in <see cref="AppendAsync"/>, of which one runs at a time, and is read only
/// between two of them. What comes meanwhile waits and goes into the next append together. After a failed write nothing is served any more: the activation goes away.
/// </remarks>
internal sealed partial class LearnerGrain : Grain, ILearnerGrain, ILearnerTellingGrain
{
    private static readonly Rejection _tooManyEvents = new(
        RejectionReason.LimitExceeded, "events", $"Send at most {EventBatch.EventsMax} events in one batch.");

    private readonly LearnerServices _services;
    private readonly LearnerSnapshots _snapshots;
    private readonly WaitingInputs _waiting = new();
    private readonly WaitingReads _readers = new();
    private readonly Watchers _watchers;
    private readonly LearnerKey _key;
    private readonly LearnerId _id;
    private readonly LearnerCourses _courses;
    private LearnerState _state = new();
    private LearnerRecorder _recorder = null!;
    private Task _draining = Task.CompletedTask;
    private int _tailFrames;
    private int _tailBytes;
    private bool _busy;
    private bool _poisoned;

    public LearnerGrain(
        LearnerServices services,
        [PersistentState("even", StorageNames.GrainStorageName)] IPersistentState<StoredPayload> even,
        [PersistentState("odd", StorageNames.GrainStorageName)] IPersistentState<StoredPayload> odd)
    {
        _services = services;
        _snapshots = new(even, odd);
        _key = LearnerKey.Parse(this.GetPrimaryKeyString());
        _id = _key.Learner;
        _courses = new(_key, services);
        _watchers = new(services.Time, services.Options.WatchersMax);
        if (LearnerKey.For(_key.Tenant, _id) != _key || LearnerEventRules.CheckId(_id.Value, "learner_id", required: true) is not null)
        {
            throw new FormatException($"'{_key.Value}' is not how the key of a learner is written: build it with {nameof(LearnerKey)}.{nameof(LearnerKey.For)}.");
        }
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var (state, damage) = await _snapshots.LoadAsync();
        if (damage is not null)
        {
            LogSnapshotDamaged(_services.Log, _key.Value, state.Sequence, damage);
        }

        var tail = await _services.Journal.ReadTailAsync(_key, state.Sequence, cancellationToken);
        if (tail.TrimmedThrough > state.Sequence || tail.HeadSequence < state.Sequence)
        {
            LogStateLost(_services.Log, _key.Value, state.Sequence, tail.TrimmedThrough, tail.HeadSequence);
            throw new StoreCorruptException(
                $"Learner {_key.Value} is known up to {tail.HeadSequence}, but what is stored reaches from {tail.TrimmedThrough} to {state.Sequence}: restore the store.");
        }

        foreach (var frame in tail.Frames)
        {
            LearnerFrame.Decode(frame.Payload.Span).Replay(state, _services.Policy);
            _tailFrames++;
            _tailBytes += frame.Payload.Length;
        }

        _state = state;
        _recorder = new(state, _services.Policy, _services.Predictor);
    }

    // Snapshots run on after the call that caused them; the next activation is to find them whole.
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _draining.WaitAsync(cancellationToken);

    public ValueTask<RecordOutcome> RecordAsync(EventBatch batch)
    {
        batch = EventBatches.Repaired(batch);
        return batch.Events.Length > EventBatch.EventsMax ? new(EventBatches.RejectAll(batch, _tooManyEvents)) : SubmitAsync(new WaitingInput(batch));
    }

    public async ValueTask<LearnerProfile?> ResetWatermarkAsync(string? source)
    {
        if (LearnerEventRules.CheckId(source, "source", required: false) is { } malformed)
        {
            throw new ArgumentException(malformed.Message, nameof(source));
        }

        await SubmitOrThrowAsync(new WaitingInput(source ?? ""));
        return (await GetProfileAsync(null)).Value;
    }

    public async ValueTask TellAsync(string[] courses) => await SubmitOrThrowAsync(new WaitingInput(courses));

    public async ValueTask<LearnerAnswer<LearnerProfile>> GetProfileAsync(long? asOfMs)
    {
        return await ReadAsync(courses => Answer(asOfMs, () => _state.Sequence == 0 ? null : Views.Profile(asOfMs, courses)));
    }

    public async ValueTask<LearnerAnswer<EnrolmentView>> GetEnrolmentAsync(CourseId course, long? asOfMs)
    {
        return await ReadAsync(courses => Answer(
            asOfMs,
            () => _state.FindEnrolment(course) is { } enrolment ? Views.Enrolment(enrolment, asOfMs, courses) : null));
    }

    public async ValueTask<LearnerChange?> WatchAsync(LearnerVersion seen, TimeSpan patience)
    {
        var incarnation = _services.Identity.Incarnation;
        if (seen.Incarnation == incarnation && seen.Sequence == _state.Sequence && !await _watchers.WaitAsync(patience))
        {
            return null;
        }

        var since = seen.Incarnation == incarnation && seen.Sequence <= _state.Sequence ? seen.Sequence : 0;
        return await ReadAsync(courses => Views.Change(since, courses));
    }

    private LearnerViews Views => new(_id, _state, _services);

    // Every input passes here: at once when nothing is under way, else with the next append.
    private async ValueTask<RecordOutcome> SubmitAsync(WaitingInput input)
    {
        if (_poisoned)
        {
            return EventBatches.RetryAll(input.Batch);
        }

        if (_busy)
        {
            if (!_waiting.HasRoomFor(input, _services.Options.WaitingEventsMax))
            {
                GrainMetrics.Retried.Add(input.Batch?.Events.Length ?? 0);
                return EventBatches.RetryAll(input.Batch);
            }

            _waiting.Add(input);
            return await input.Outcome;
        }

        _busy = true;
        var outcome = await AppendAsync([input]) ? input.Result! : EventBatches.RetryAll(input.Batch);
        if (_waiting.Count > 0 || _readers.Count > 0 || IsSnapshotDue)
        {
            _draining = DrainAsync();
        }
        else
        {
            _busy = false;
        }

        return outcome;
    }

    private async ValueTask SubmitOrThrowAsync(WaitingInput input)
    {
        if (_busy && !_waiting.HasRoomFor(input, _services.Options.WaitingEventsMax))
        {
            throw new LearnerBusyException($"Too much waits for learner {_key.Value}; try again.");
        }

        if (!ReferenceEquals(await SubmitAsync(input), input.Result))
        {
            throw new StoreUnavailableException($"Learner {_key.Value} could not be stored just now; try again.");
        }
    }

    // Runs until nobody waits: readers between appends, snapshots when due, then everything that came meanwhile in one append.
    private async Task DrainAsync()
    {
        while (true)
        {
            _readers.Serve(Refusal);
            if (IsSnapshotDue && !_poisoned)
            {
                await SnapshotAsync();
            }

            if (_waiting.Count == 0 && _readers.Count == 0)
            {
                _busy = false;
                return;
            }

            var inputs = _waiting.TakeNext();
            var stored = inputs.Length == 0 || (!_poisoned && await AppendAsync(inputs));
            foreach (var input in inputs)
            {
                input.Complete(stored ? input.Result! : EventBatches.RetryAll(input.Batch));
            }
        }
    }

    // One decide, remember, tell. False when it is not known to be durable; the activation is poisoned then.
    private async Task<bool> AppendAsync(WaitingInput[] inputs)
    {
        try
        {
            var courses = new CourseEntry?[inputs.Length][];
            for (var i = 0; i < inputs.Length; i++)
            {
                courses[i] = await _courses.PrepareAsync(inputs[i], _state, _recorder);
            }

            var nowMs = _services.NowMs;
            Decide(inputs, courses, nowMs);
            if (_recorder.HasFrame)
            {
                var append = _recorder.Seal(_key, nowMs);
                if (await _services.Journal.AppendAsync(append, CancellationToken.None) == AppendOutcome.Fenced)
                {
                    LogFenced(_services.Log, _key.Value, append.ExpectedHead);
                    Poison();
                    return false;
                }

                _tailFrames++;
                _tailBytes += append.Payload.Length;
                _watchers.Wake();
            }

            Tell();
            return true;
        }
        catch (Exception e)
        {
            LogAppendFailed(_services.Log, _key.Value, e);
            Poison();
            return false;
        }
    }

    private void Decide(WaitingInput[] inputs, CourseEntry?[][] courses, long nowMs)
    {
        _recorder.Begin();
        for (var i = 0; i < inputs.Length; i++)
        {
            var input = inputs[i];
            if (input.Batch is not null)
            {
                input.Results = new EventOutcome[input.Batch.Events.Length];
                _recorder.Record(input.Batch, courses[i], nowMs, input.Results);
            }
            else if (input.Watermark is not null)
            {
                _recorder.ResetWatermark(input.Watermark, nowMs);
            }

            foreach (var course in input.Courses.Length == 0 ? [] : courses[i])
            {
                if (course?.Definition is { } definition && _state.FindEnrolment(definition.Course) is { } enrolment)
                {
                    _recorder.Touch(enrolment, course);
                }
            }
        }

        _recorder.Conclude(nowMs);
        foreach (var input in inputs)
        {
            input.Result = new(input.Results, input.Batch is null ? [] : _recorder.ScoresFor(input.Batch));
        }
    }

    private void Tell()
    {
        foreach (ref readonly var touched in _recorder.Touched)
        {
            _services.Collector.Offer(touched.Course.RosterFor(_id), _recorder.RowOf(touched, _id, _services.Identity.Incarnation));
        }
    }

    private bool IsSnapshotDue =>
        _tailFrames >= _services.Options.SnapshotFramesMax || _tailBytes > Math.Max(_snapshots.NewestBytes, _services.Options.SnapshotBytesMin);

    private async Task SnapshotAsync()
    {
        try
        {
            if (DedupeRules.SealFor(_key, _state) is { } seal)
            {
                if (await _services.Journal.SealAsync(seal, CancellationToken.None) == AppendOutcome.Fenced)
                {
                    Poison();
                    return;
                }

                DedupeRules.MarkSealed(_state);
            }

            var trimThrough = await _snapshots.SaveAsync(_state);
            _tailFrames = 0;
            _tailBytes = 0;
            if (trimThrough > 0 && await _services.Journal.TrimAsync(_key, trimThrough, _state.Sequence, CancellationToken.None) == AppendOutcome.Fenced)
            {
                Poison();
            }
        }
        catch (Exception e)
        {
            LogSnapshotFailed(_services.Log, _key.Value, e);
            Poison();
        }
    }

    // What is in memory may not be what is stored: nothing is served from it again.
    private void Poison()
    {
        _poisoned = true;
        GrainMetrics.Poisoned.Add(1);
        _watchers.Wake();
        DeactivateOnIdle();
    }

    // Gathers the definitions of the enrolments' courses, then reads; again when an append in between began another enrolment.
    private async ValueTask<T> ReadAsync<T>(Func<Dictionary<CourseId, CourseEntry>, T> read)
    {
        while (true)
        {
            var courses = await _courses.OfEnrolmentsAsync(_state);
            var (isWhole, value) = await ReadStoredAsync(
                () => _state.Enrolments.All(enrolment => courses.ContainsKey(enrolment.Course)) ? (true, read(courses)) : (false, default!));
            if (isWhole)
            {
                return value;
            }
        }
    }

    // Reads at once when nothing is under way, else between two appends.
    private ValueTask<T> ReadStoredAsync<T>(Func<T> read)
    {
        if (!_busy)
        {
            return Refusal is { } refusal ? throw refusal : new(read());
        }

        return _readers.Count < _services.Options.WaitingReadsMax
            ? new(_readers.Add(read))
            : throw new LearnerBusyException($"Too many reads of learner {_key.Value} wait; try again.");
    }

    private StoreUnavailableException? Refusal => _poisoned ? new($"Learner {_key.Value} is being read back from the store; try again.") : null;

    private LearnerAnswer<T> Answer<T>(long? asOfMs, Func<T?> read)
        where T : class
    {
        if (asOfMs < _state.LastEventAtMs)
        {
            return new(AnswerStatus.TooEarly, null, _state.LastEventAtMs);
        }

        var value = read();
        return new(value is null ? AnswerStatus.NotFound : AnswerStatus.Found, value, _state.LastEventAtMs, new(_services.Identity.Incarnation, _state.Sequence));
    }
}
