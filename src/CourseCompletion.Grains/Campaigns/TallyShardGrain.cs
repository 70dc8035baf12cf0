using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Report;
using CourseCompletion.Domain.Campaigns.Uplift;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Grains.Courses;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CourseCompletion.Grains.Campaigns;

/// <inheritdoc cref="ITallyShardGrain"/>
/// <remarks>
/// Rows are taken at once and stored a little later; a row's pending mark is acknowledged only when the row is stored, so a crash in between is made good by a sweep. A damaged row
/// is left out, and comes with the learner's next change.
/// </remarks>
internal sealed partial class TallyShardGrain(IRosterStore store, IPendingIndex pending, IOptions<CourseOptions> options, ILogger<TallyShardGrain> log) : Grain, ITallyShardGrain
{
    private const int RowsPerWriteMax = 1_000;

    private readonly Dictionary<LearnerId, CampaignRow> _rows = [];
    private readonly Dictionary<LearnerId, CampaignRow> _dirty = [];
    private RosterKey _key;
    private CampaignKey _campaign;
    private IGrainTimer _storeTimer = null!;
    private bool _storeDue;
    private bool _isTakenOver;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = RosterKey.Parse(this.GetPrimaryKeyString());
        if (!CampaignKey.TryOfTarget(_key.Course.Value, out _campaign))
        {
            throw new FormatException($"'{_key.Value}' is not the key of a campaign's tally: build it with {nameof(RosterKey)}.{nameof(RosterKey.For)}.");
        }

        await store.TakeOverAsync(_key, cancellationToken);
        await foreach (var row in store.ReadAsync(_key, cancellationToken))
        {
            Restore(row);
        }

        _storeTimer = this.RegisterGrainTimer(StoreDueAsync, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _isTakenOver ? Task.CompletedTask : StoreAllAsync(cancellationToken);

    public ValueTask ApplyAsync(CampaignRow[] rows)
    {
        foreach (var row in rows)
        {
            // A known row is stored again too, so that the mark behind the repeated one is acknowledged.
            if (!_rows.TryGetValue(row.Learner, out var known) || known.Version <= row.Version)
            {
                _rows[row.Learner] = row;
            }

            _dirty[row.Learner] = _rows[row.Learner];
        }

        ScheduleStore();
        return ValueTask.CompletedTask;
    }

    public ValueTask<CampaignTally> SumAsync(long asOfMs)
    {
        var tally = new CampaignTally();
        foreach (var row in _rows.Values)
        {
            TallyRules.Add(tally, row, asOfMs);
        }

        return new(tally);
    }

    public ValueTask<UpliftMoments> SumUpliftAsync()
    {
        var sample = new UpliftMoments();
        foreach (var row in _rows.Values)
        {
            TallyRules.Add(sample, row);
        }

        return new(sample);
    }

    private void Restore(StoredRosterRow row)
    {
        try
        {
            if (!row.IsDamaged)
            {
                _rows[row.Learner] = CampaignRowCodec.Decode(row.Payload.Span);
                return;
            }
        }
        catch (StoreCorruptException)
        {
            // Its store found nothing wrong, but the row's own checksum does.
        }

        LogRowDamaged(log, _key.Value, row.Learner.Value);
    }

    private void ScheduleStore()
    {
        if (!_storeDue)
        {
            _storeDue = true;
            _storeTimer.Change(options.Value.StoreAfter, Timeout.InfiniteTimeSpan);
        }
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
        while (_dirty.Count > 0)
        {
            var rows = _dirty.Values.Take(RowsPerWriteMax).ToList();
            await WriteAsync(rows.ConvertAll(row => new StoredRosterRow(row.Learner, row.Version, CampaignRowCodec.Encode(row))), cancellationToken);
            foreach (var row in rows)
            {
                if (ReferenceEquals(_dirty.GetValueOrDefault(row.Learner), row))
                {
                    _dirty.Remove(row.Learner);
                }
            }

            await pending.AcknowledgeAsync(
                rows.ConvertAll(row => new PendingMark(LearnerKey.For(_campaign.Tenant, row.Learner), _campaign.Target, row.Version.Sequence)), cancellationToken);
        }
    }

    // The silo was given up while it hung, and another one serves the tally. What that one has not heard it hears from the sweep: the marks are still there.
    private async Task WriteAsync(List<StoredRosterRow> rows, CancellationToken cancellationToken)
    {
        try
        {
            await store.WriteAsync(_key, rows, [], cancellationToken);
        }
        catch (RosterTakenOverException)
        {
            _isTakenOver = true;
            DeactivateOnIdle();
            throw;
        }
    }

    [LoggerMessage(2450, LogLevel.Error, "A row of learner {Learner} in tally {Tally} is damaged; it is left out until the learner changes.")]
    private static partial void LogRowDamaged(ILogger logger, string tally, string learner);

    [LoggerMessage(2451, LogLevel.Warning, "Tally {Tally} could not store its rows; it tries again.")]
    private static partial void LogStoreFailed(ILogger logger, string tally, Exception e);
}
