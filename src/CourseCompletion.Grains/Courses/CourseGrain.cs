using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Grains.Abstractions;
using CourseCompletion.Grains.Abstractions.Completion;
using CourseCompletion.Grains.Abstractions.Courses;
using CourseCompletion.Grains.Completion;
using CourseCompletion.Grains.Recommendations;
using CourseCompletion.Grains.Scheduling;
using CourseCompletion.Grains.Watches;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CourseCompletion.Grains.Courses;

/// <summary>One course: its definition and the merge of its roster shards' sums.</summary>
/// <remarks>
/// Key: <see cref="CourseKey"/>. Called by silos' catalogues, roster shards, the gateway and backends; calls the tenant's draft quota, and tells its recommender. Reports, reads and watches interleave:
/// they touch only what is in memory, and the definition in memory is always the stored one, because it is replaced after the write. It reports to the tenant's completion index and
/// keeps the answer.
/// </remarks>
internal sealed partial class CourseGrain(
    [PersistentState("course", StorageNames.GrainStorageName)] IPersistentState<StoredPayload> stored,
    CourseCatalog catalog,
    CourseFactTeller facts,
    WatchEnd watchEnd,
    IOptions<CourseOptions> options,
    [FromKeyedServices(EngineTime.Key)] TimeProvider time,
    ILogger<CourseGrain> log) : Grain, ICourseGrain, ICourseRollupGrain
{
    private static readonly TimeSpan _reportsWithin = TimeSpan.FromSeconds(2);

    // Milliseconds and then some: an activation cannot report more often than 65,536 times in each millisecond that it lives.
    private readonly CourseFigures _figures = new(time.GetUtcNow().ToUnixTimeMilliseconds() << 16);
    private readonly Watchers _watchers = new(time, options.Value.WatchersMax, watchEnd);
    private CourseKey _key;
    private CourseDefinition? _definition;
    private int _shardCount = 1;
    private CourseIndex? _index;
    private Task _indexing = Task.CompletedTask;
    private IGrainTimer? _doubling;
    private long _promptedAt;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = CourseKey.Parse(this.GetPrimaryKeyString());
        if (CourseKey.For(_key.Tenant, _key.Course) != _key)
        {
            throw new FormatException($"'{_key.Value}' is not how the key of a course is written: build it with {nameof(CourseKey)}.{nameof(CourseKey.For)}.");
        }

        if (stored.RecordExists && !stored.State.Bytes.IsEmpty)
        {
            (_definition, _shardCount) = CourseCodec.Decode(stored.State.Bytes.Span);
            PromptShards();
            _ = facts.TellAsync(_key, _definition);
        }

        this.RegisterGrainTimer(StartReportingIndexAsync, new GrainTimerCreationOptions(TimerSpread.FirstDue(_key.Value, options.Value.IndexEvery), options.Value.IndexEvery));
        return Task.CompletedTask;
    }

    public async ValueTask<UpsertOutcome> UpsertAsync(CourseDefinition definition, long? expectedVersion)
    {
        var current = _definition?.Version ?? 0;
        if (expectedVersion is { } expected && expected != current)
        {
            return new(null, [], current);
        }

        var nowMs = NowMs;
        var next = definition with
        {
            Course = _key.Course,
            Version = current + 1,
            IsDraft = false,
            CreatedAtMs = _definition?.CreatedAtMs ?? nowMs,
            UpdatedAtMs = nowMs,
        };
        var faults = CourseDefinitionRules.Check(next);
        if (faults.Count > 0)
        {
            return new(null, faults, current);
        }

        if (_definition is { } known && next.HasContentOf(known))
        {
            await facts.TellAsync(_key, known);
            return new(known, [], current);
        }

        await StoreAsync(next, _shardCount);
        PromptShards();
        await facts.TellAsync(_key, next);
        return new(next, [], next.Version);
    }

    public ValueTask<CourseDefinition?> GetDefinitionAsync() => new(_definition);

    public async ValueTask<CourseAdmission> AdmitAsync()
    {
        if (_definition is null)
        {
            if (LearnerEventRules.CheckId(_key.Course.Value, "course_id", required: true) is { } malformed)
            {
                return new(null, _shardCount, malformed);
            }

            if (!options.Value.AllowDrafts)
            {
                return new(null, _shardCount, new(RejectionReason.UnknownCourse, "course_id", "Create the course with UpsertCourse first: drafts are not allowed here."));
            }

            if (!await GrainFactory.GetGrain<IDraftQuotaGrain>(_key.Tenant.Value).TryTakeAsync())
            {
                return new(
                    null,
                    _shardCount,
                    new(
                        RejectionReason.DraftCourseLimit,
                        "course_id",
                        $"Create the course with UpsertCourse first: {options.Value.DraftsPerHourMax} drafts were made in the last hour."));
            }

            await StoreAsync(CourseDefinition.Draft(_key.Course, NowMs), _shardCount);
        }

        return new(_definition, _shardCount, null);
    }

    public ValueTask<CourseLayout> ReportAsync(int shard, RosterSums sums, int rowCount, int shardCount)
    {
        using var span = GrainTracing.Start("course.report", CallTrace.Received, _key.Value);
        if (shard >= _shardCount)
        {
            // Somebody asked for a shard that the course does not have: it has no rows, and there may be any number of such.
            return new(new CourseLayout(_definition, _shardCount));
        }

        _figures.Take(shard, sums);
        _watchers.Wake();
        // A shard that has not yet handed on what the last doubling took from it says nothing about the next one.
        if (rowCount > options.Value.ShardRowsMax
            && shardCount == _shardCount
            && _shardCount * 2 <= options.Value.ShardsMax
            && _definition is not null
            && _doubling is null)
        {
            // A timer's callback takes its turn with upserts, which this interleaved call does not.
            _doubling = this.RegisterGrainTimer(DoubleShardsAsync, new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        }

        return new(new CourseLayout(_definition, _shardCount));
    }

    public async ValueTask<CourseEngagement?> GetEngagementAsync()
    {
        if (_definition is null)
        {
            return null;
        }

        if (!IsFresh)
        {
            RemindShards();
            await AllReportedAsync();
        }

        return Engagement();
    }

    public async ValueTask<CourseEngagement?> WatchEngagementAsync(long seen, TimeSpan patience)
    {
        if (_definition is null)
        {
            return null;
        }

        if (seen == 0)
        {
            return await GetEngagementAsync();
        }

        if (!IsFresh)
        {
            // Shards without new rows may have gone to sleep; the passing of time moves their numbers all the same.
            RemindShards();
        }

        return _figures.Revision != seen || await _watchers.WaitAsync(patience) ? Engagement() : null;
    }

    public async ValueTask<CourseIndex?> GetCompletionIndexAsync()
    {
        if (await GetEngagementAsync() is null)
        {
            return null;
        }

        await ReportNewIndexAsync();
        return _index;
    }

    public async Task ReportIndexAsync()
    {
        if (_definition is not null)
        {
            RemindShards();
            await AllReportedAsync();
            await ReportIndexDueAsync();
        }
    }

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    private bool IsFresh =>
        _figures.ShardsReported >= _shardCount && _figures.OldestAsOfMs >= NowMs - (long)options.Value.EvaluateEvery.TotalMilliseconds;

    // A part of a course is not its number: until every shard has reported once, there is none.
    private CourseEngagement Engagement() => _figures.ShardsReported >= _shardCount
        ? new(_definition!, _figures.Merge(), _figures.Revision, _figures.OldestAsOfMs, _shardCount)
        : throw new StoreUnavailableException($"Only {_figures.ShardsReported} of {_shardCount} shards of course {_key.Value} are read back yet; try again.");

    private async Task StoreAsync(CourseDefinition definition, int shardCount)
    {
        stored.State.Bytes = CourseCodec.Encode(definition, shardCount);
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

        (_definition, _shardCount) = (definition, shardCount);
        catalog.Learn(_key, new(definition, shardCount, null));
    }

    private async Task DoubleShardsAsync(CancellationToken cancellationToken)
    {
        await StoreAsync(_definition!, _shardCount * 2);
        _doubling?.Dispose();
        _doubling = null;
        PromptShards();
    }

    // Nobody waits for the shards: they report in their own time, along the current.
    private void PromptShards()
    {
        _promptedAt = time.GetTimestamp();
        for (var shard = 0; shard < _shardCount; shard++)
        {
            _ = GrainFactory.GetGrain<IRosterShardGrain>(RosterKey.For(_key, shard).Value).ReportAsync();
        }
    }

    // However many ask for numbers that are not fresh, the shards are prompted once in the time that a report takes.
    private void RemindShards()
    {
        if (time.GetElapsedTime(_promptedAt) >= options.Value.ReportAfter)
        {
            PromptShards();
        }
    }

    // However many read at once, one report is on its way. One for the same instant would say nothing new.
    private Task ReportNewIndexAsync()
    {
        var isNew = _definition is not null && _figures.ShardsReported >= _shardCount && _figures.OldestAsOfMs > (_index?.EvaluatedAtMs ?? 0);
        return isNew && _indexing.IsCompleted ? _indexing = SendIndexAsync() : _indexing;
    }

    private async Task SendIndexAsync()
    {
        var (window, timed) = (_figures.MergeWindows(), _figures.Merge().Timed);
        var reading = await GrainFactory.GetGrain<ICompletionIndexGrain>(_key.Tenant.Value).TakeAsync(_key.Course.Value, window);
        _index = new(_key.Course.Value, reading, window.ElapsedShare, timed.ProbabilitySum, timed.Histogram.Sum(), window.AsOfMs);
    }

    // Not awaited, so that an index that does not answer keeps no upsert waiting.
    private Task StartReportingIndexAsync(CancellationToken cancellationToken)
    {
        _ = ReportIndexDueAsync();
        return Task.CompletedTask;
    }

    private async Task ReportIndexDueAsync()
    {
        try
        {
            await ReportNewIndexAsync();
        }
        catch (Exception e)
        {
            LogIndexFailed(log, _key.Value, e);
        }
    }

    private async Task AllReportedAsync()
    {
        var began = time.GetTimestamp();
        while (!IsFresh && time.GetElapsedTime(began) < _reportsWithin)
        {
            if (!await _watchers.WaitAsync(_reportsWithin - time.GetElapsedTime(began)))
            {
                // Too late, or too many wait already: what is known by now has to do.
                return;
            }
        }
    }
}
