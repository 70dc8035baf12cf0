using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Assignment;
using CourseCompletion.Domain.Campaigns.Index;
using CourseCompletion.Domain.Campaigns.Report;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Grains.Abstractions.Campaigns;
using CourseCompletion.Grains.Abstractions.Courses;
using CourseCompletion.Grains.Courses;
using CourseCompletion.Grains.Questions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CourseCompletion.Grains.Campaigns;

/// <summary>One campaign: its definition, its looks for whom it falls due, and its report.</summary>
/// <remarks>
/// Key: <see cref="CampaignKey"/>. Called by the gateway, backends and silos' catalogues; calls its shards, the tally's shards, its courses and the tenant's index of campaigns. Reads interleave: the definition in
/// memory is always the stored one, because it is replaced after the write. While it may run, one reminder wakes it each minute; a timer looks in between.
/// </remarks>
internal sealed partial class CampaignGrain(
    [PersistentState("campaign", StorageNames.GrainStorageName)] IPersistentState<StoredPayload> stored,
    [PersistentState("campaign-uplift", StorageNames.GrainStorageName)] IPersistentState<StoredPayload> storedUplift,
    CourseCatalog courses,
    CampaignPreview preview,
    IOptions<CampaignOptions> options,
    [FromKeyedServices(EngineTime.Key)] TimeProvider time,
    ILogger<CampaignGrain> log) : Grain, ICampaignGrain, ICampaignPlanGrain, ICampaignScanGrain, IRemindable
{
    private const string Heartbeat = "heartbeat";
    private const long TellEveryMs = 3_600_000;
    private static readonly TimeSpan _heartbeatPeriod = TimeSpan.FromMinutes(1);

    private readonly Dictionary<RosterKey, Task<int>> _scans = [];
    private CampaignKey _key;
    private CampaignDefinition? _definition;
    private CampaignLearning _learned = null!;
    private Task _learning = Task.CompletedTask;
    private long _boardsKnow;
    private Task _telling = Task.CompletedTask;
    private long _toldAtMs;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = CampaignKey.Parse(this.GetPrimaryKeyString());
        if (CampaignKey.For(_key.Tenant, _key.Campaign) != _key)
        {
            throw new FormatException($"'{_key.Value}' is not how the key of a campaign is written: build it with {nameof(CampaignKey)}.{nameof(CampaignKey.For)}.");
        }

        if (stored.RecordExists && !stored.State.Bytes.IsEmpty)
        {
            _definition = CampaignDefinitionCodec.Decode(stored.State.Bytes.Span);
        }

        _learned = new(_key, storedUplift, GrainFactory);

        if (!options.Value.ScansWhenAsked)
        {
            this.RegisterGrainTimer(ScanAsync, new GrainTimerCreationOptions(options.Value.ScanEvery, options.Value.ScanEvery) { Interleave = true, KeepAlive = false });
        }

        return Task.CompletedTask;
    }

    public async ValueTask<CampaignUpsertOutcome> UpsertAsync(CampaignDefinition definition, long? expectedVersion)
    {
        var current = _definition?.Version ?? 0;
        if (expectedVersion is { } expected && expected != current)
        {
            return new(null, [], current);
        }

        if (_definition?.Status == CampaignStatus.Archived)
        {
            return new(null, [new(RejectionReason.InvalidField, "campaign.campaign_id", "It is archived: create another campaign.")], current);
        }

        var nowMs = NowMs;
        var next = definition with
        {
            Campaign = _key.Campaign,
            Version = current + 1,
            Status = _definition?.Status ?? CampaignStatus.Active,
            Salt = _definition?.Salt ?? $"{_key.Campaign.Value}@{nowMs}",
            ControlShare = double.IsNaN(definition.ControlShare) ? _definition?.ControlShare ?? 0 : definition.ControlShare,
            Unit = definition.Unit != AssignmentUnit.Unspecified ? definition.Unit
                : _definition?.Unit ?? CampaignAssignment.UnitFor(definition.Purpose, definition.Courses.Count),
            EligibleAtCreation = _definition?.EligibleAtCreation ?? 0,
            CreatedAtMs = _definition?.CreatedAtMs ?? nowMs,
            UpdatedAtMs = nowMs,
        };
        var faults = CampaignDefinitionRules.Check(next).ToList();
        if (_definition is { } before && next.Unit != before.Unit)
        {
            faults.Add(new(RejectionReason.InvalidField, "campaign.assignment_unit", "It is fixed when the campaign is created: send the same, or none."));
        }

        if (faults.Count == 0)
        {
            faults.AddRange(await UnknownCoursesAsync(next));
        }

        if (faults.Count > 0)
        {
            return new(null, faults, current);
        }

        if (_definition is null)
        {
            var eligible = (await ForecastAsync(next)).Eligible;
            var share = double.IsNaN(definition.ControlShare) ? CampaignAssignment.ControlShareFor(eligible) : next.ControlShare;
            var salt = next.Unit == AssignmentUnit.Course && share > 0 ? CampaignAssignment.BalancedSalt(next.Salt, _key.Tenant, next.Courses, share) : next.Salt;
            next = next with { EligibleAtCreation = eligible, ControlShare = share, Salt = salt };
            if (!await Index.RegisterAsync(_key.Campaign.Value))
            {
                return new(
                    null,
                    [new(RejectionReason.LimitExceeded, "campaign.campaign_id", $"There are {CampaignIndex.CampaignsMax} campaigns, as many as there may be: change one of them instead.")],
                    current);
            }
        }

        if (_definition is { } known && next.HasContentOf(known))
        {
            return new(known, [], current);
        }

        await StoreAsync(next);
        return new(next, [], next.Version);
    }

    public async ValueTask<CampaignDefinition?> SetStatusAsync(CampaignStatus status)
    {
        if (_definition is { } known && known.Status != status && known.Status != CampaignStatus.Archived)
        {
            await StoreAsync(known with { Status = status, Version = known.Version + 1, UpdatedAtMs = NowMs });
        }

        return _definition;
    }

    public async ValueTask<int> ScanNowAsync()
    {
        if (_definition?.IsOpenAt(NowMs) != true)
        {
            return 0;
        }

        await ScanAsync(CancellationToken.None);
        await _learning;
        await _telling;
        return (await Task.WhenAll(_scans.Values)).Sum();
    }

    public ValueTask<CampaignDefinition?> GetDefinitionAsync() => new(_definition);

    public ValueTask<CampaignPlan?> GetPlanAsync() => new(_definition is { } campaign ? _learned.PlanFor(campaign) : null);

    public async ValueTask<CampaignReport?> GetReportAsync()
    {
        if (_definition is not { } campaign)
        {
            return null;
        }

        var nowMs = NowMs;
        var tally = await _learned.SumAsync(nowMs);
        var pool = campaign.ControlShare == 0 ? default : await PoolAsync(campaign, tally);
        var (eligible, baseRate) = await ForecastAsync(campaign);
        return CampaignReports.Of(campaign, tally, _learned.Uplift with { Gains = tally.Uplift }, pool, eligible, baseRate, nowMs);
    }

    public async ValueTask<DryRunPage?> DryRunAsync(DryRunQuery query) => _definition is { } campaign ? await preview.RunAsync(_key, campaign, query) : null;

    public Task ReceiveReminder(string reminderName, TickStatus status) => options.Value.ScansWhenAsked ? Task.CompletedTask : ScanAsync(CancellationToken.None);

    private ICampaignIndexIntakeGrain Index => GrainFactory.GetGrain<ICampaignIndexIntakeGrain>(CampaignIndexKey.For(_key.Tenant).Value);

    private async Task<CompletionPool> PoolAsync(CampaignDefinition campaign, CampaignTally tally)
    {
        var found = CampaignReports.CompletionOf(campaign, tally);
        return await Index.PoolAsync(new(found.Campaign, found.Value, found.StandardError, found.Units, campaign.EligibleAtCreation));
    }

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task StoreAsync(CampaignDefinition next)
    {
        // First the reminder: a campaign that is stored and that nothing wakes would stand still unseen.
        if (next.Status != CampaignStatus.Archived)
        {
            await this.RegisterOrUpdateReminder(Heartbeat, _heartbeatPeriod, _heartbeatPeriod);
        }

        stored.State.Bytes = CampaignDefinitionCodec.Encode(next);
        try
        {
            await stored.WriteStateAsync();
        }
        catch
        {
            // What is stored is not known any more.
            DeactivateOnIdle();
            throw;
        }

        var left = _definition is { IsTimed: false } known ? known.Courses : [];
        _definition = next;
        await TellBoardsAsync(next, left);
        if (next.Status == CampaignStatus.Archived && await this.GetReminder(Heartbeat) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }
    }

    // Each shard looks in its own time: one that is slow holds up only itself.
    private async Task ScanAsync(CancellationToken cancellationToken)
    {
        var nowMs = NowMs;
        if (_definition is { } latest && _boardsKnow != latest.Version)
        {
            await TellBoardsAsync(latest, []);
        }

        if (_definition is { ControlShare: > 0 } proven && _telling.IsCompleted && nowMs - _toldAtMs >= TellEveryMs)
        {
            _telling = TellAsync(proven, nowMs);
        }

        if (_definition is not { } campaign || !campaign.IsOpenAt(nowMs))
        {
            return;
        }

        if (campaign.Learns && _learning.IsCompleted && nowMs - _learned.LearnedAtMs >= (long)options.Value.LearnEvery.TotalMilliseconds)
        {
            _learning = LearnAsync(campaign, nowMs);
        }

        foreach (var course in campaign.Courses)
        {
            try
            {
                foreach (var roster in (await courses.GetAsync(_key.Tenant, course)).Rosters)
                {
                    if (!_scans.TryGetValue(roster, out var scan) || scan.IsCompleted)
                    {
                        _scans[roster] = ScanAsync(campaign, roster, nowMs);
                    }
                }
            }
            catch (Exception e)
            {
                LogScanFailed(log, _key.Value, course.Value, e);
            }
        }
    }

    // Boards offer reminders of questions by themselves. One that could not be told, or was not before the silo went, is told by the next look.
    private async Task TellBoardsAsync(CampaignDefinition campaign, IReadOnlyList<CourseId> before)
    {
        var occasions = campaign.IsTimed || campaign.Status != CampaignStatus.Active ? QuestionOccasions.None : campaign.Occasions;
        var now = campaign.IsTimed ? [] : campaign.Courses;
        try
        {
            await Task.WhenAll(now.Union(before).Select(course => GrainFactory.GetGrain<IQuestionListenerGrain>(CourseKey.For(_key.Tenant, course).Value)
                .ListenAsync(_key.Campaign.Value, campaign.Version, now.Contains(course) ? occasions : QuestionOccasions.None)
                .AsTask()));
            _boardsKnow = campaign.Version;
        }
        catch (Exception e)
        {
            LogScanFailed(log, _key.Value, "the boards of its questions", e);
        }
    }

    private async Task LearnAsync(CampaignDefinition campaign, long nowMs)
    {
        try
        {
            await _learned.LearnAsync(campaign, nowMs);
        }
        catch (Exception e)
        {
            LogScanFailed(log, _key.Value, "its tally", e);
            if (_learned.IsStoreInDoubt)
            {
                DeactivateOnIdle();
            }
        }
    }

    // So that other campaigns' reports know of this one, although nobody reads its own.
    private async Task TellAsync(CampaignDefinition campaign, long nowMs)
    {
        try
        {
            await PoolAsync(campaign, await _learned.SumAsync(nowMs));
            _toldAtMs = nowMs;
        }
        catch (Exception e)
        {
            LogScanFailed(log, _key.Value, "what it found about completion", e);
        }
    }

    private async Task<int> ScanAsync(CampaignDefinition campaign, RosterKey roster, long nowMs)
    {
        try
        {
            return await GrainFactory.GetGrain<ICampaignShardGrain>(new CampaignShardKey(_key, roster).Value).ScanAsync(campaign, nowMs);
        }
        catch (Exception e)
        {
            LogScanFailed(log, _key.Value, roster.Value, e);
            return 0;
        }
    }

    private async Task<IEnumerable<Rejection>> UnknownCoursesAsync(CampaignDefinition campaign)
    {
        var faults = new List<Rejection>();
        for (var i = 0; i < campaign.Courses.Count; i++)
        {
            if (await GrainFactory.GetGrain<ICourseGrain>(CourseKey.For(_key.Tenant, campaign.Courses[i]).Value).GetDefinitionAsync() is null)
            {
                faults.Add(new(RejectionReason.UnknownCourse, $"campaign.course_ids[{i}]", $"There is no course '{campaign.Courses[i]}': create it first."));
            }
        }

        return faults;
    }

    // How many learners the courses have now, and the share of them who were active within 7 days: what a return looks like without the campaign.
    private async Task<(long Eligible, double BaseRate)> ForecastAsync(CampaignDefinition campaign)
    {
        var (eligible, active) = (0L, 0L);
        foreach (var course in campaign.Courses)
        {
            if (await GrainFactory.GetGrain<ICourseGrain>(CourseKey.For(_key.Tenant, course).Value).GetEngagementAsync() is { } engagement)
            {
                eligible += engagement.Sums.Timed.Bands.Sum();
                active += engagement.Sums.Timed.Active7Days;
            }
        }

        return (eligible, eligible == 0 ? 0.5 : Math.Clamp((double)active / eligible, 0.01, 0.99));
    }

    [LoggerMessage(2461, LogLevel.Warning, "Campaign {Campaign} could not look at {Part}; it tries again.")]
    private static partial void LogScanFailed(ILogger logger, string campaign, string part, Exception e);
}
