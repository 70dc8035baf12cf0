using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Delivery;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Campaigns.Report;
using CourseCompletion.Domain.CheckIns;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Interests;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Grains.Abstractions;
using CourseCompletion.Grains.Abstractions.Campaigns;
using CourseCompletion.Grains.Abstractions.Interests;
using CourseCompletion.Grains.Abstractions.Learners;
using CourseCompletion.Grains.Abstractions.Recommendations;
using CourseCompletion.Grains.Campaigns.Delivery;
using CourseCompletion.Grains.Courses;
using CourseCompletion.Grains.Interests;
using CourseCompletion.Grains.Watches;

namespace CourseCompletion.Grains.Learners;

/// <summary>One learner: decides, remembers, tells.</summary>
/// <remarks>
/// Key: <see cref="LearnerKey"/>. Called by the gateway, backends, scheduler shards and roster refreshes; calls its course (definition) and hands rows to the silo's collector.
/// Every method interleaves, and the invariant that survives each await is: the state changes only in <see cref="DrainAsync"/>, of which one runs at a time, and is read only
/// between two of its appends. What comes meanwhile waits and goes into the next append together. After a failed write nothing is served any more: the activation goes away.
/// </remarks>
internal sealed partial class LearnerGrain : Grain, ILearnerGrain, ILearnerTellingGrain, ILearnerNudgeGrain, ILearnerDeliveryGrain
{
    private static readonly Rejection _tooManyEvents = new(
        RejectionReason.LimitExceeded, "events", $"Send at most {EventBatch.EventsMax} events in one batch.");

    // What few learners need at a time is made when it is needed: there may be a hundred thousand of them in memory.
    private readonly LearnerServices _services;
    private readonly LearnerSnapshots _snapshots = new();
    private readonly LearnerKey _key;
    private readonly LearnerId _id;
    private LearnerState _state = null!;
    private WaitingInputs _waiting;
    private WaitingReads? _readers;
    private Watchers? _watchers;
    private Task _draining = Task.CompletedTask;
    private int _tailFrames;
    private int _tailBytes;
    private bool _busy;
    private bool _poisoned;

    public LearnerGrain(LearnerServices services)
    {
        _services = services;
        _key = LearnerKey.Parse(this.GetPrimaryKeyString());
        _id = _key.Learner;
        if (LearnerKey.For(_key.Tenant, _id) != _key || LearnerEventRules.CheckId(_id.Value, "learner_id", required: true) is not null)
        {
            throw new FormatException($"'{_key.Value}' is not how the key of a learner is written: build it with {nameof(LearnerKey)}.{nameof(LearnerKey.For)}.");
        }
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var began = _services.Time.GetTimestamp();
        var (state, damage) = await _snapshots.LoadAsync(_services.Snapshots, this.GetGrainId());
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
        GrainMetrics.ActivationDuration.Record(_services.Time.GetElapsedTime(began).TotalSeconds);
    }

    // Snapshots run on after the call that caused them; the next activation is to find them whole.
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _draining.WaitAsync(cancellationToken);

    public ValueTask<RecordOutcome> RecordAsync(EventBatch batch)
    {
        batch = EventBatches.Repaired(batch);
        return batch.Events.Length > EventBatch.EventsMax ? new(EventBatches.RejectAll(batch, _tooManyEvents))
            : CallTrace.Received is { } trace ? RecordTracedAsync(batch, trace)
            : SubmitAsync(new WaitingInput(batch));
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

    public async ValueTask TellAsync(string[] targets) => await SubmitOrThrowAsync(new WaitingInput(targets));

    public async ValueTask<GateAnswer> OfferNudgeAsync(NudgeOffer offer)
    {
        var input = await InputOfAsync(offer) ?? throw new ArgumentException($"There is no campaign {offer.Campaign}.", nameof(offer));
        await SubmitOrThrowAsync(new WaitingInput(input, CourseKey.For(_key.Tenant, offer.Course)));
        return GateAnswer.Of(input.Decision, input.IsRepeat);
    }

    public async ValueTask DecideDeferredAsync()
    {
        var inputs = new List<WaitingInput>();
        foreach (var offer in await ReadStoredAsync(() => LearnerNudges.DueAgain(_state.Nudges, _services.NowMs)))
        {
            if (await InputOfAsync(offer) is { } input)
            {
                inputs.Add(new(input, CourseKey.For(_key.Tenant, offer.Course)));
            }
        }

        await SubmitOrThrowAsync(inputs);
    }

    private async ValueTask<OfferInput?> InputOfAsync(NudgeOffer offer) =>
        await _services.Campaigns.GetAsync(CampaignKey.For(_key.Tenant, offer.Campaign), offer.CampaignVersion) is { } campaign
            ? new(offer, campaign.Definition, campaign.Learned)
            : null;

    public async ValueTask<DryRunEntry[]> PreviewNudgesAsync(CampaignDefinition campaign, NudgeOffer[] offers)
    {
        var plan = await _services.Campaigns.GetAsync(CampaignKey.For(_key.Tenant, campaign.Campaign), campaign.Version);
        var courses = await _services.Courses.OfEnrolmentsAsync(_key, _state);
        return await ReadStoredAsync(() => _services.Nudges.Preview(_key, _state, campaign, plan?.Learned, offers, courses));
    }

    public async Task EndDeliveryAsync(string nudgeId, DeliveryEnd end)
    {
        if (NudgeIds.TryParse(nudgeId, out var nudge))
        {
            var delivery = end.Status == DeliveryStatus.Delivered ? NudgeDelivery.Delivered : NudgeDelivery.Failed;
            await SubmitOrThrowAsync(new WaitingInput(new DeliveryInput(new(nudge, delivery))));
        }
    }

    public async ValueTask<bool> RedriveAsync(string nudgeId, NudgeChannel channel)
    {
        if (!NudgeIds.TryParse(nudgeId, out var nudge))
        {
            return false;
        }

        await SubmitOrThrowAsync(new WaitingInput(new DeliveryInput(new(nudge, NudgeDelivery.Pending))));
        return await ReadStoredAsync(() => _state.Nudges?.Find(nudge) is { Delivery: NudgeDelivery.Pending } entry && entry.Decision.Channel == channel);
    }

    public async ValueTask<PreferencesOutcome> SetPreferencesAsync(LearnerPreferences preferences)
    {
        if (LearnerPreferencesRules.Check(preferences) is { Count: > 0 } faults)
        {
            return new(null, faults);
        }

        await SubmitOrThrowAsync(new WaitingInput(new PreferencesInput(preferences)));

        // Courses look for due nudges by the zone and the times that are told to them. A crash before is made good by the caller, who was not answered and sets them again.
        await TellAsync(await ReadStoredAsync(() => _state.Enrolments.Select(enrolment => CourseKey.For(_key.Tenant, enrolment.Course).Value).ToArray()));
        return new(preferences, []);
    }

    public async ValueTask OptOutAsync(NudgePurpose purpose)
    {
        if (purpose is NudgePurpose.Unspecified or > NudgePurpose.Deadline)
        {
            throw new ArgumentException("It is no purpose of this release.", nameof(purpose));
        }

        await SubmitOrThrowAsync(new WaitingInput(new OptOutInput(purpose)));
    }

    public ValueTask<LearnerPreferences> GetPreferencesAsync() => ReadStoredAsync(() => _state.Preferences);

    public async ValueTask<CorrectionOutcome> CorrectInterestAsync(string topic, InterestVerdict verdict)
    {
        if (TopicName.Check(topic, "topic") is { } malformed)
        {
            return new(null, malformed);
        }

        if (verdict > InterestVerdict.NotInterested)
        {
            throw new ArgumentException("It is no verdict of this release.", nameof(verdict));
        }

        var input = new CorrectionInput(new(TopicName.Of(topic), verdict));
        await SubmitOrThrowAsync(new WaitingInput(input));
        return input.Refusal is { } refusal
            ? new(null, refusal)
            : new(await ReadAsync(courses => InterestViews.Of(_state, courses, Math.Max(_services.NowMs, _state.LastEventAtMs))), null);
    }

    public async ValueTask<NudgeView[]> ListNudgesAsync(NudgeQuery query)
    {
        var (entries, locale) = await ReadStoredAsync(() => (LearnerNudges.Select(_state.Nudges, query), _state.Preferences.Locale));
        return await _services.Nudges.ViewAsync(_key, entries, locale);
    }

    public async ValueTask<NudgeChange?> WatchNudgesAsync(LearnerVersion seen, TimeSpan patience)
    {
        var incarnation = _services.Identity.Incarnation;
        if (seen.Incarnation == incarnation && seen.Sequence == _state.Sequence && !await WaitForChangeAsync(patience))
        {
            return null;
        }

        var since = seen.Incarnation == incarnation && seen.Sequence <= _state.Sequence ? seen.Sequence : 0;
        var (sequence, entries, locale) = await ReadStoredAsync(() => (_state.Sequence, LearnerNudges.SentSince(_state.Nudges, since), _state.Preferences.Locale));
        return new(new(incarnation, sequence), await _services.Nudges.ViewAsync(_key, entries, locale));
    }

    public async ValueTask<LearnerAnswer<LearnerProfile>> GetProfileAsync(long? asOfMs)
    {
        return await ReadAsync(courses => Answer(asOfMs, () => _state.EventCount == 0 ? null : Views.Profile(asOfMs, courses)));
    }

    public async ValueTask<LearnerAnswer<EnrolmentView>> GetEnrolmentAsync(CourseId course, long? asOfMs)
    {
        return await ReadAsync(courses => Answer(
            asOfMs,
            () => _state.FindEnrolment(course) is { } enrolment ? Views.Enrolment(enrolment, asOfMs, courses) : null));
    }

    public async ValueTask<CheckInsAnswer> GetCheckInsAsync(CourseId course, string? campaign)
    {
        var plan = campaign is { } id ? (await _services.Campaigns.GetAsync(CampaignKey.For(_key.Tenant, new(id)), 0))?.Definition.CheckIn : new CheckInPlan();
        return plan is null
            ? new(CheckInsStatus.NoCampaign, default, 0)
            : await ReadAsync(courses => _state.FindEnrolment(course) is { } enrolment ? Views.CheckIns(enrolment, plan, courses) : new(CheckInsStatus.NoEnrolment, default, 0));
    }

    public async ValueTask<NextClipView[]?> GetNextClipsAsync(CourseId course, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, NextClipRules.LimitMax);
        return await ReadAsync(courses => _state.FindEnrolment(course) is { } enrolment ? Views.NextClips(enrolment, limit, courses) : null);
    }

    public async ValueTask<LearnerChange?> WatchAsync(LearnerVersion seen, TimeSpan patience)
    {
        var incarnation = _services.Identity.Incarnation;
        if (seen.Incarnation == incarnation && seen.Sequence == _state.Sequence && !await WaitForChangeAsync(patience))
        {
            return null;
        }

        var since = seen.Incarnation == incarnation && seen.Sequence <= _state.Sequence ? seen.Sequence : 0;
        return await ReadAsync(courses => Views.Change(since, courses));
    }

    public async ValueTask<RecommendationList> RecommendCoursesAsync(int limit)
    {
        if (limit < 1 || limit > _services.Recommendations.LimitMax)
        {
            throw new ArgumentOutOfRangeException(nameof(limit), limit, $"Ask for 1 to {_services.Recommendations.LimitMax} courses.");
        }

        var query = await ReadStoredAsync(() => _services.Recommendations.QueryOf(_id, _state, limit, _services.NowMs));
        return await _services.Recommendations.AskAsync(_key.Tenant, query);
    }

    public async ValueTask<Rejection?> DismissRecommendationAsync(CourseId course, DismissalReason reason)
    {
        if (LearnerEventRules.CheckId(course.Value, "course_id", required: true) is { } malformed)
        {
            return malformed;
        }

        if (reason > DismissalReason.AlreadyKnown)
        {
            return new(RejectionReason.InvalidField, "reason", "Send one of the known reasons.");
        }

        var input = new WaitingInput(new CourseDismissal(course, reason));
        await SubmitOrThrowAsync(input);
        return input.Rejection;
    }

    private Task<bool> WaitForChangeAsync(TimeSpan patience)
    {
        _watchers ??= new(_services.Time, _services.Options.WatchersMax, _services.WatchEnd);
        return _watchers.WaitAsync(patience);
    }

    private LearnerViews Views => new(_key, _state, _services);

    private async ValueTask<RecordOutcome> RecordTracedAsync(EventBatch batch, string trace)
    {
        using var span = GrainTracing.Start("learner.record", trace, _key.Value);
        return await SubmitAsync(new WaitingInput(batch) { Trace = span?.Id ?? trace });
    }

    // Into an append at once when none is under way, else into the next.
    private ValueTask<RecordOutcome> SubmitAsync(WaitingInput input)
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
        if (IsUnknown && !_services.Newcomers.TryTake())
        {
            return false;
        }

        if (!_waiting.TryAdd(input, _services.Options.WaitingEventsMax))
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

    // All of them into one append.
    private async ValueTask SubmitOrThrowAsync(List<WaitingInput> inputs)
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

    private async ValueTask SubmitOrThrowAsync(WaitingInput input)
    {
        ThrowUnless(ReferenceEquals(await SubmitAsync(input), input.Result));
    }

    private void ThrowUnless(bool stored)
    {
        if (!stored)
        {
            throw _poisoned
                ? new StoreUnavailableException($"Learner {_key.Value} could not be stored just now; try again.")
                : new LearnerBusyException(
                    IsUnknown ? "Too many new learners come at once; try again in some seconds." : $"Too much waits for learner {_key.Value}; try again.");
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
            var recorder = _services.Recorders.Rent(_state, _key.Tenant);
            try
            {
                if (!_poisoned)
                {
                    await _services.Courses.PrepareAsync(_key, inputs, _state, recorder);
                    var append = Decide(inputs, recorder);
                    if (append is null || await _services.Journal.AppendAsync(append, CancellationToken.None) == AppendOutcome.Applied)
                    {
                        Tell(recorder, inputs, append is not null);
                        _services.Hot.Add(_key, recorder.AcceptedCount);
                        stored = true;
                    }
                    else
                    {
                        LogFenced(_services.Log, _key.Value, append.ExpectedHead);
                        Poison();
                    }
                }
            }
            catch (Exception e)
            {
                // Not known to be durable, and what is in memory is ahead of what is stored.
                LogAppendFailed(_services.Log, _key.Value, e);
                Poison();
            }

            _services.Recorders.Return(recorder);
            Answer(inputs, stored);
        }
    }

    // Folds the inputs and makes all that follows from them, to be given out once it is durable; null when nothing has to be remembered.
    private LearnerAppend? Decide(WaitingInput inputs, LearnerRecorder recorder)
    {
        var nowMs = _services.NowMs;
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
            else if (input.Dismissal is { } dismissal)
            {
                input.Rejection = recorder.Dismiss(dismissal);
            }
            else
            {
                recorder.TellAgain(input.CourseCount);
            }
        }

        NudgeInputs.Decide(inputs, _key, recorder, _services.Identity.Incarnation, nowMs);
        recorder.Correct(inputs);
        recorder.Conclude(nowMs);
        for (var input = inputs; input is not null; input = input.Next)
        {
            input.Result = new(input.Results, input.Batch is null ? [] : recorder.ScoresFor(input.Batch));
        }

        var append = recorder.Seal(_key, nowMs);
        recorder.MakeRows(_id, _services.Identity.Incarnation);
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
            _services.Collector.Offer(recorder.CourseOf(i).RosterFor(_id), recorder.Rows[i], trace);
        }

        foreach (var row in recorder.TallyRows)
        {
            _services.Tallies.Offer(RosterKey.For(CampaignKey.For(_key.Tenant, row.Membership.Campaign), CampaignRow.ShardOf(_id)), row);
        }

        if (recorder.TasteRow is { } taste)
        {
            _services.Tastes.Offer(RosterKey.For(RecommenderKey.For(_key.Tenant)), taste, trace);
        }

        if (_state.Nudges is { } nudges)
        {
            NudgeInputs.NoteLateness(inputs);
            _services.Outbox.Offer(_key, _state.Preferences, nudges, _state.Sequence, changed, NudgeInputs.AsksForDeliveries(inputs));
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
    private bool IsUnknown => _state.Sequence == 0 && !_busy;

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

            var trimThrough = await _snapshots.SaveAsync(_services.Snapshots, this.GetGrainId(), _state);
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
        _watchers?.Wake();
        DeactivateOnIdle();
    }

    // Gathers the definitions of the enrolments' courses, then reads; again when an append in between began another enrolment.
    private async ValueTask<T> ReadAsync<T>(Func<Dictionary<CourseId, CourseEntry>, T> read)
    {
        while (true)
        {
            var courses = await _services.Courses.OfEnrolmentsAsync(_key, _state);
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
            if (IsUnknown && _watchers is null)
            {
                // Whoever reads invented ids must not fill memory with learners that are none.
                DeactivateOnIdle();
            }

            return Refusal is { } refusal ? throw refusal : new(read());
        }

        _readers ??= new();
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
