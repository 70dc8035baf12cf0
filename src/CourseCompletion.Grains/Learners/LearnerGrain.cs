using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Delivery;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.CheckIns;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Interests;
using CourseCompletion.Domain.Interests.Searches;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Grains.Abstractions;
using CourseCompletion.Grains.Abstractions.Campaigns;
using CourseCompletion.Grains.Abstractions.Interests;
using CourseCompletion.Grains.Abstractions.Learners;
using CourseCompletion.Grains.Abstractions.Recommendations;
using CourseCompletion.Grains.Campaigns.Delivery;
using CourseCompletion.Grains.Comments.Opinions;
using CourseCompletion.Grains.Interests;

namespace CourseCompletion.Grains.Learners;

/// <summary>One learner: what callers may ask and say. Decided, remembered and told by its <see cref="LearnerWriter"/>.</summary>
/// <remarks>
/// Key: <see cref="LearnerKey"/>. Called by the gateway, backends, scheduler shards and roster refreshes; calls its course (definition) and hands rows to the silo's collector.
/// Every method interleaves: the state is changed and read only through the writer, whose remarks name the invariant that survives each await.
/// </remarks>
internal sealed class LearnerGrain : Grain, ILearnerGrain, ILearnerTellingGrain, ILearnerNudgeGrain, ILearnerDeliveryGrain, ILearnerOpinionGrain
{
    private static readonly Rejection _tooManyEvents = new(
        RejectionReason.LimitExceeded, "events", $"Send at most {EventBatch.EventsMax} events in one batch.");

    private readonly LearnerServices _services;
    private readonly LearnerKey _key;
    private readonly LearnerWriter _writer;

    public LearnerGrain(LearnerServices services)
    {
        _services = services;
        _key = LearnerKey.Parse(this.GetPrimaryKeyString());
        if (LearnerKey.For(_key.Tenant, _key.Learner) != _key || LearnerEventRules.CheckId(_key.Learner.Value, "learner_id", required: true) is not null)
        {
            throw new FormatException($"'{_key.Value}' is not how the key of a learner is written: build it with {nameof(LearnerKey)}.{nameof(LearnerKey.For)}.");
        }

        _writer = new(this, _key, services);
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken) => _writer.LoadAsync(cancellationToken);

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _writer.DrainedAsync(cancellationToken);

    public ValueTask<RecordOutcome> RecordAsync(EventBatch batch)
    {
        batch = EventBatches.Repaired(batch);
        return batch.Events.Length > EventBatch.EventsMax ? new(EventBatches.RejectAll(batch, _tooManyEvents))
            : CallTrace.Received is { } trace ? RecordTracedAsync(batch, trace)
            : _writer.SubmitAsync(new WaitingInput(batch));
    }

    public async ValueTask<LearnerProfile?> ResetWatermarkAsync(string? source)
    {
        if (LearnerEventRules.CheckId(source, "source", required: false) is { } malformed)
        {
            throw new ArgumentException(malformed.Message, nameof(source));
        }

        await _writer.SubmitOrThrowAsync(new WaitingInput(source ?? ""));
        return (await GetProfileAsync(null)).Value;
    }

    public async ValueTask TellAsync(string[] targets) => await _writer.SubmitOrThrowAsync(new WaitingInput(targets));

    public async ValueTask HearAsync(OpinionMessage opinion) =>
        await _writer.SubmitOrThrowAsync(new WaitingInput(new OpinionInput(opinion.ToOpinion()), CourseKey.For(_key.Tenant, new(opinion.Course))));

    public async ValueTask<GateAnswer> OfferNudgeAsync(NudgeOffer offer)
    {
        var input = await InputOfAsync(offer) ?? throw new ArgumentException($"There is no campaign {offer.Campaign}.", nameof(offer));
        await _writer.SubmitOrThrowAsync(new WaitingInput(input, CourseKey.For(_key.Tenant, offer.Course)));
        return GateAnswer.Of(input.Decision, input.IsRepeat);
    }

    public async ValueTask DecideDeferredAsync()
    {
        var inputs = new List<WaitingInput>();
        foreach (var offer in await _writer.ReadStoredAsync(() => LearnerNudges.DueAgain(_writer.State.Nudges, _services.NowMs)))
        {
            if (await InputOfAsync(offer) is { } input)
            {
                inputs.Add(new(input, CourseKey.For(_key.Tenant, offer.Course)));
            }
        }

        await _writer.SubmitOrThrowAsync(inputs);
    }

    private async ValueTask<OfferInput?> InputOfAsync(NudgeOffer offer) =>
        await _services.Campaigns.GetAsync(CampaignKey.For(_key.Tenant, offer.Campaign), offer.CampaignVersion) is { } campaign
            ? new(offer, campaign.Definition, campaign.Learned)
            : null;

    public async ValueTask<DryRunEntry[]> PreviewNudgesAsync(CampaignDefinition campaign, NudgeOffer[] offers)
    {
        var plan = await _services.Campaigns.GetAsync(CampaignKey.For(_key.Tenant, campaign.Campaign), campaign.Version);
        var courses = await _services.Courses.OfEnrolmentsAsync(_key, _writer.State);
        return await _writer.ReadStoredAsync(() => _services.Nudges.Preview(_key, _writer.State, campaign, plan?.Learned, offers, courses));
    }

    public async Task EndDeliveryAsync(string nudgeId, DeliveryEnd end)
    {
        if (NudgeIds.TryParse(nudgeId, out var nudge))
        {
            var delivery = end.Status == DeliveryStatus.Delivered ? NudgeDelivery.Delivered : NudgeDelivery.Failed;
            await _writer.SubmitOrThrowAsync(new WaitingInput(new DeliveryInput(new(nudge, delivery))));
        }
    }

    public async ValueTask<bool> RedriveAsync(string nudgeId, NudgeChannel channel)
    {
        if (!NudgeIds.TryParse(nudgeId, out var nudge))
        {
            return false;
        }

        await _writer.SubmitOrThrowAsync(new WaitingInput(new DeliveryInput(new(nudge, NudgeDelivery.Pending))));
        return await _writer.ReadStoredAsync(() => _writer.State.Nudges?.Find(nudge) is { Delivery: NudgeDelivery.Pending } entry && entry.Decision.Channel == channel);
    }

    public async ValueTask<PreferencesOutcome> SetPreferencesAsync(LearnerPreferences preferences)
    {
        if (LearnerPreferencesRules.Check(preferences) is { Count: > 0 } faults)
        {
            return new(null, faults);
        }

        await _writer.SubmitOrThrowAsync(new WaitingInput(new PreferencesInput(preferences)));

        // Courses look for due nudges by the zone and the times that are told to them. A crash before is made good by the caller, who was not answered and sets them again.
        await TellAsync(await _writer.ReadStoredAsync(() => _writer.State.Enrolments.Select(enrolment => CourseKey.For(_key.Tenant, enrolment.Course).Value).ToArray()));
        return new(preferences, []);
    }

    public async ValueTask OptOutAsync(NudgePurpose purpose)
    {
        if (purpose is NudgePurpose.Unspecified or > NudgePurpose.Deadline)
        {
            throw new ArgumentException("It is no purpose of this release.", nameof(purpose));
        }

        await _writer.SubmitOrThrowAsync(new WaitingInput(new OptOutInput(purpose)));
    }

    public ValueTask<LearnerPreferences> GetPreferencesAsync() => _writer.ReadStoredAsync(() => _writer.State.Preferences);

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
        await _writer.SubmitOrThrowAsync(new WaitingInput(input));
        return input.Refusal is { } refusal
            ? new(null, refusal)
            : new(await _writer.ReadAsync(courses => InterestViews.Of(_writer.State, courses, Math.Max(_services.NowMs, _writer.State.LastEventAtMs))), null);
    }

    public async ValueTask<Rejection?> NoteSearchAsync(string query)
    {
        if (SearchRules.Check(query) is { } malformed)
        {
            return malformed;
        }

        var input = new SearchInput(new(SearchRules.QueryOf(query), _services.NowMs));
        await _writer.SubmitOrThrowAsync(new WaitingInput(input));
        return input.Refusal;
    }

    public async ValueTask<NudgeView[]> ListNudgesAsync(NudgeQuery query)
    {
        var (entries, locale) = await _writer.ReadStoredAsync(() => (LearnerNudges.Select(_writer.State.Nudges, query), _writer.State.Preferences.Locale));
        return await _services.Nudges.ViewAsync(_key, entries, locale);
    }

    public async ValueTask<NudgeChange?> WatchNudgesAsync(LearnerVersion seen, TimeSpan patience)
    {
        var incarnation = _services.Identity.Incarnation;
        if (seen.Incarnation == incarnation && seen.Sequence == _writer.State.Sequence && !await _writer.WaitForChangeAsync(patience))
        {
            return null;
        }

        var since = seen.Incarnation == incarnation && seen.Sequence <= _writer.State.Sequence ? seen.Sequence : 0;
        var (sequence, entries, locale) = await _writer.ReadStoredAsync(() => (_writer.State.Sequence, LearnerNudges.SentSince(_writer.State.Nudges, since), _writer.State.Preferences.Locale));
        return new(new(incarnation, sequence), await _services.Nudges.ViewAsync(_key, entries, locale));
    }

    public async ValueTask<LearnerAnswer<LearnerProfile>> GetProfileAsync(long? asOfMs)
    {
        return await _writer.ReadAsync(courses => Answer(asOfMs, () => _writer.State.EventCount == 0 ? null : Views.Profile(asOfMs, courses)));
    }

    public async ValueTask<LearnerAnswer<EnrolmentView>> GetEnrolmentAsync(CourseId course, long? asOfMs)
    {
        return await _writer.ReadAsync(courses => Answer(
            asOfMs,
            () => _writer.State.FindEnrolment(course) is { } enrolment ? Views.Enrolment(enrolment, asOfMs, courses) : null));
    }

    public async ValueTask<CheckInsAnswer> GetCheckInsAsync(CourseId course, string? campaign)
    {
        var plan = campaign is { } id ? (await _services.Campaigns.GetAsync(CampaignKey.For(_key.Tenant, new(id)), 0))?.Definition.CheckIn : new CheckInPlan();
        return plan is null
            ? new(CheckInsStatus.NoCampaign, default, 0)
            : await _writer.ReadAsync(courses => _writer.State.FindEnrolment(course) is { } enrolment ? Views.CheckIns(enrolment, plan, courses) : new(CheckInsStatus.NoEnrolment, default, 0));
    }

    public async ValueTask<NextClipView[]?> GetNextClipsAsync(CourseId course, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, NextClipRules.LimitMax);
        return await _writer.ReadAsync(courses => _writer.State.FindEnrolment(course) is { } enrolment ? Views.NextClips(enrolment, limit, courses) : null);
    }

    public async ValueTask<LearnerChange?> WatchAsync(LearnerVersion seen, TimeSpan patience)
    {
        var incarnation = _services.Identity.Incarnation;
        if (seen.Incarnation == incarnation && seen.Sequence == _writer.State.Sequence && !await _writer.WaitForChangeAsync(patience))
        {
            return null;
        }

        var since = seen.Incarnation == incarnation && seen.Sequence <= _writer.State.Sequence ? seen.Sequence : 0;
        return await _writer.ReadAsync(courses => Views.Change(since, courses));
    }

    public async ValueTask<RecommendationList> RecommendCoursesAsync(int limit)
    {
        if (limit < 1 || limit > _services.Recommendations.LimitMax)
        {
            throw new ArgumentOutOfRangeException(nameof(limit), limit, $"Ask for 1 to {_services.Recommendations.LimitMax} courses.");
        }

        var query = await _writer.ReadAsync(courses => _services.Recommendations.QueryOf(_key.Learner, _writer.State, Views.IsAnyAtRisk(courses), limit, _services.NowMs));
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
        await _writer.SubmitOrThrowAsync(input);
        return input.Rejection;
    }

    private LearnerViews Views => new(_key, _writer.State, _services);

    private async ValueTask<RecordOutcome> RecordTracedAsync(EventBatch batch, string trace)
    {
        using var span = GrainTracing.Start("learner.record", trace, _key.Value);
        return await _writer.SubmitAsync(new WaitingInput(batch) { Trace = span?.Id ?? trace });
    }

    private LearnerAnswer<T> Answer<T>(long? asOfMs, Func<T?> read)
        where T : class
    {
        if (asOfMs < _writer.State.LastEventAtMs)
        {
            return new(AnswerStatus.TooEarly, null, _writer.State.LastEventAtMs);
        }

        var value = read();
        return new(value is null ? AnswerStatus.NotFound : AnswerStatus.Found, value, _writer.State.LastEventAtMs, new(_services.Identity.Incarnation, _writer.State.Sequence));
    }
}
