using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Completion.Catalog;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Insights;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Grains.Abstractions;
using CourseCompletion.Grains.Abstractions.Comments;
using CourseCompletion.Grains.Abstractions.Courses;
using CourseCompletion.Grains.Abstractions.Interests;
using CourseCompletion.Grains.Campaigns;
using CourseCompletion.Grains.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CourseCompletion.Grains.Courses;

/// <summary>One shard of a course's roster: one row a learner, their sums, and the order of learners.</summary>
/// <remarks>
/// Key: <see cref="RosterKey"/>. Called by silos' collectors and lower shards of the same course; calls its course (sums) and higher shards (rows that moved).
/// Rows are taken at once and stored a little later; a row's pending mark is acknowledged only when the row is stored, so a crash in between is made good by a sweep.
/// </remarks>
internal sealed partial class RosterGrain(
    IRosterStore store,
    IPendingIndex pending,
    ICompletionModels models,
    BandPolicy bands,
    RosterRefresher refresher,
    IOptions<CourseOptions> options,
    [FromKeyedServices(EngineTime.Key)] TimeProvider time,
    ILogger<RosterGrain> log) : Grain, IRosterGrain, IRosterShardGrain
{
    private const int RowsPerWriteMax = 1_000;

    private readonly RosterMembers _members = new(bands);
    private readonly HashSet<LearnerId> _damaged = [];
    private RosterKey _key;
    private CourseKey _course;
    private RosterPredictions _predictions = null!;
    private RosterAudience _audience = null!;
    private CourseDefinition _definition = null!;
    private int _shardCount = 1;
    private IGrainTimer _reportTimer = null!;
    private IGrainTimer _storeTimer = null!;
    private UnreportedRows _unreported = UnreportedRows.None;
    private bool _reportDue;
    private bool _foreignDue;
    private Task _refreshing = Task.CompletedTask;
    private bool _storeDue;
    private bool _isTakenOver;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = RosterKey.Parse(this.GetPrimaryKeyString());
        _course = _key.Course;
        _predictions = new(_members, _key, GrainFactory);
        _audience = new(_members);
        if (RosterKey.For(_course, _key.Shard) != _key)
        {
            // Another spelling of a shard's number would report nothing in that shard's name.
            throw new FormatException($"'{_key.Value}' is not how the key of a roster is written: build it with {nameof(RosterKey)}.{nameof(RosterKey.For)}.");
        }

        _definition = await GrainFactory.GetGrain<ICourseGrain>(_course.Value).GetDefinitionAsync() ?? CourseDefinition.Draft(_course.Course, NowMs) with { Version = 0 };
        await store.TakeOverAsync(_key, cancellationToken);
        await foreach (var row in store.ReadAsync(_key, cancellationToken))
        {
            Restore(row);
        }

        _members.EvaluateAt(NowMs, _definition, Predictor);
        _reportTimer = this.RegisterGrainTimer(ReportDueAsync, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        _storeTimer = this.RegisterGrainTimer(StoreDueAsync, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        this.RegisterGrainTimer(EvaluateAsync, new GrainTimerCreationOptions(TimerSpread.FirstDue(_key.Value, options.Value.EvaluateEvery), options.Value.EvaluateEvery) { KeepAlive = false });
        ScheduleReport();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _isTakenOver ? Task.CompletedTask : StoreAllAsync(cancellationToken);

    public ValueTask ApplyAsync(RosterRow[] rows)
    {
        using var span = GrainTracing.Start("roster.apply", CallTrace.Received, _key.Value);
        Take(rows);
        _unreported = _unreported.With(span?.Id ?? CallTrace.Received);
        ScheduleReport();
        ScheduleStore();
        return ValueTask.CompletedTask;
    }

    public async ValueTask AdoptAsync(KeptRow[] rows)
    {
        foreach (var kept in rows)
        {
            Note(kept.Row, _members.Adopt(kept));
        }

        ScheduleReport();
        await StoreAllAsync(CancellationToken.None);
    }

    public Task ReportAsync() => ReportDueAsync(CancellationToken.None);

    public ValueTask<AudienceMember[]> SelectAudienceAsync(AudienceQuery query) => new(_audience.Select(query, _definition, Predictor));

    public ValueTask<LessonFinisher[]> SelectFinishersAsync(string lesson, long activeFromMs, int limit) => new(_audience.Finishers(lesson, activeFromMs, limit));

    public ValueTask<RosterEntry[]> ListAsync(RosterQuery query) => new(_members.List(query, _definition, Predictor));

    public ValueTask<LeavingSums> GetLeavingAsync() => new(_members.Leaving(_definition, NowMs));

    public ValueTask<CommentView[]> ListCommentsAsync(CommentQuery query) => new(_members.ListComments(query, NowMs - (long)options.Value.CommentRetention.TotalMilliseconds));

    public ValueTask<CommentSample> SampleCommentsAsync(long recentFromMs, int limit) =>
        new(_members.SampleComments(recentFromMs, NowMs - (long)options.Value.CommentRetention.TotalMilliseconds, limit));

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    private ICompletionPredictor Predictor => models.Current.ChampionOf(_course.Tenant).For(_course.Course);

    // A row is derived: one that cannot be read is asked for again, and the others go on.
    private void Restore(StoredRosterRow row)
    {
        try
        {
            if (!row.IsDamaged)
            {
                _members.Restore(RosterRowCodec.Decode(row.Payload.Span, out var pending), pending);
                return;
            }
        }
        catch (StoreCorruptException)
        {
            // Its store found nothing wrong, but the row's own checksum does.
        }

        _damaged.Add(row.Learner);
        LogRowDamaged(log, _key.Value, row.Learner.Value);
    }

    private void Take(RosterRow[] rows)
    {
        foreach (var row in rows)
        {
            Note(row, _members.Apply(row));
            _unreported = _unreported.With(row);
        }
    }

    private void Note(RosterRow row, RowFate fate)
    {
        _damaged.Remove(row.Learner);
        _foreignDue |= CourseKey.ShardOf(row.Learner, _shardCount) != _key.Shard;
        if (fate == RowFate.Contradicting)
        {
            GrainMetrics.RowsContradicting.Add(1);
            LogContradiction(log, _key.Value, row.Learner.Value, row.Version.Incarnation, row.Version.Sequence);
        }
    }

    private void ScheduleReport()
    {
        if (!_reportDue)
        {
            _reportDue = true;
            _reportTimer.Change(options.Value.ReportAfter, Timeout.InfiniteTimeSpan);
        }
    }

    private void ScheduleStore()
    {
        if (!_storeDue)
        {
            _storeDue = true;
            _storeTimer.Change(options.Value.StoreAfter, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task ReportDueAsync(CancellationToken cancellationToken)
    {
        _reportDue = false;
        try
        {
            await SendReportAsync();
        }
        catch (Exception e)
        {
            LogReportFailed(log, _key.Value, e);
            ScheduleReport();
        }
    }

    private async Task SendReportAsync()
    {
        if (NowMs - _members.EvaluatedAtMs >= (long)options.Value.EvaluateEvery.TotalMilliseconds)
        {
            _members.EvaluateAt(NowMs, _definition, Predictor);
        }

        var sums = RosterSums.CopyOf(_members.Sums);
        sums.Timed = _members.Timed(_definition, Predictor);
        sums.Window = _members.Window;
        await FollowAsync(await ReportAsync(sums));
    }

    private async Task<CourseLayout> ReportAsync(RosterSums sums)
    {
        var unreported = _unreported;
        _unreported = UnreportedRows.None;
        using var span = GrainTracing.Start("roster.report", unreported.Trace, _key.Value);
        CallTrace.Send(span?.Id ?? unreported.Trace);
        try
        {
            var layout = await GrainFactory.GetGrain<ICourseRollupGrain>(_course.Value).ReportAsync(_key.Shard, sums, _members.Count, _shardCount);
            unreported.Reported(NowMs);
            return layout;
        }
        catch
        {
            _unreported = unreported.With(_unreported);
            throw;
        }
    }

    // Follows the course's layout: rows that now belong to a higher shard are handed on, rows made with an older definition are asked for again.
    private async Task FollowAsync(CourseLayout layout)
    {
        if (layout.Definition is { } definition && definition.Version != _definition.Version)
        {
            _definition = definition;
            _members.EvaluateAt(NowMs, definition, Predictor);
            ScheduleReport();
        }

        Refresh();
        if (layout.ShardCount > 1 && (_foreignDue || layout.ShardCount != _shardCount))
        {
            await HandOnAsync(layout.ShardCount);
        }

        _shardCount = layout.ShardCount;
    }

    // One page at a time: who was asked and has not answered yet is not asked again with it.
    private void Refresh()
    {
        if (!_refreshing.IsCompleted)
        {
            ScheduleReport();
            return;
        }

        var learners = _members.OutdatedBefore(_definition.Version, RowsPerWriteMax);
        learners.AddRange(_damaged.Take(RowsPerWriteMax));
        if (learners.Count > 0)
        {
            _refreshing = refresher.TryRefresh(_course, learners) ?? Task.CompletedTask;
            ScheduleReport();
        }
    }

    private async Task HandOnAsync(int shardCount)
    {
        while (_members.Foreign(_key.Shard, shardCount, RowsPerWriteMax) is { Count: > 0 } foreign)
        {
            foreach (var group in foreign.GroupBy(kept => _course.RosterFor(kept.Row.Learner, shardCount)))
            {
                var rows = group.ToList();
                await GrainFactory.GetGrain<IRosterShardGrain>(group.Key.Value).AdoptAsync([.. rows]);
                var removed = _members.Remove(rows);
                await WriteAsync([], removed.ConvertAll(row => new RosterRowRemoval(row.Learner, row.Version)), CancellationToken.None);
            }

            ScheduleReport();
        }

        _foreignDue = false;
    }

    private async Task StoreDueAsync(CancellationToken cancellationToken)
    {
        _storeDue = false;
        try
        {
            await StoreAllAsync(cancellationToken);
        }
        catch (Exception e)
        {
            LogStoreFailed(log, _key.Value, e);
            ScheduleStore();
        }
    }

    private async Task StoreAllAsync(CancellationToken cancellationToken)
    {
        while (_members.DirtyCount > 0)
        {
            var rows = _members.Dirty(RowsPerWriteMax);
            await WriteAsync(rows.ConvertAll(kept => new StoredRosterRow(kept.Row.Learner, kept.Row.Version, RosterRowCodec.Encode(kept.Row, kept.Pending))), [], cancellationToken);
            _members.MarkStored(rows);
            await pending.AcknowledgeAsync(
                rows.ConvertAll(kept => new PendingMark(LearnerKey.For(_course.Tenant, kept.Row.Learner), _course.Value, kept.Row.Version.Sequence)),
                cancellationToken);
        }
    }

    // The silo was given up while it hung, and another one serves the shard. What that one has not heard it hears from the sweep: the marks are still there.
    private async Task WriteAsync(List<StoredRosterRow> upserts, List<RosterRowRemoval> removals, CancellationToken cancellationToken)
    {
        try
        {
            await store.WriteAsync(_key, upserts, removals, cancellationToken);
        }
        catch (RosterTakenOverException)
        {
            _isTakenOver = true;
            DeactivateOnIdle();
            throw;
        }
    }

    private Task EvaluateAsync(CancellationToken cancellationToken)
    {
        _members.EvaluateAt(NowMs, _definition, Predictor);
        ScheduleReport();
        _predictions.Take(models.Current, _definition, NowMs);
        _ = TellLabelsAsync();
        if (_members.DirtyCount > 0)
        {
            ScheduleStore();
        }

        return Task.CompletedTask;
    }

    // Not awaited by the timer, so that a model's health that does not answer keeps no row waiting.
    private async Task TellLabelsAsync()
    {
        try
        {
            await _predictions.TellAsync(_definition, NowMs);
            if (_members.DirtyCount > 0)
            {
                ScheduleStore();
            }
        }
        catch (Exception e)
        {
            LogLabelsNotTold(log, _key.Value, e);
        }
    }
}
