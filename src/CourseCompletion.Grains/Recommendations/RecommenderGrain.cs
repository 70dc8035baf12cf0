using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Grains.Abstractions.Recommendations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace CourseCompletion.Grains.Recommendations;

/// <inheritdoc cref="IRecommenderGrain"/>
/// <remarks>
/// Every call interleaves: the recommender changes and answers without an await in between. What was taken is stored a little later, and only then acknowledged, so that a crash in between is
/// made good by a sweep. After a failed write the activation goes away: what is in memory is ahead of what is stored.
/// </remarks>
internal sealed partial class RecommenderGrain(
    [FromKeyedServices(StorageNames.GrainStorageName)] IGrainStorage storage,
    IPendingIndex pending,
    RecommendationPolicy policy,
    IOptions<RecommendationOptions> options,
    [FromKeyedServices(EngineTime.Key)] TimeProvider time,
    ILogger<RecommenderGrain> log) : Grain, IRecommenderGrain, IDisposable
{
    private const int MarksPerCallMax = 1_000;

    // One writes at a time. A call that waits for what it told waits here, never for the timer: a silo that stops takes timers away first, and then waits for calls.
    private readonly SemaphoreSlim _storing = new(1, 1);

    private RecommenderKey _key;
    private LiveRecommender _recommender = null!;
    private RecommenderStore _store = null!;
    private IGrainTimer _storeTimer = null!;
    private List<object> _entries = [];
    private List<PendingMark> _marks = [];
    private bool _storeDue;
    private bool _poisoned;
    private bool _isKnownFull;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = RecommenderKey.Parse(this.GetPrimaryKeyString());
        _recommender = new(policy);
        _store = new(storage, this.GetGrainId(), options.Value.LogPagesMax);
        await _store.LoadAsync(_recommender);
        _storeTimer = this.RegisterGrainTimer(StoreDueAsync, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _poisoned ? Task.CompletedTask : StoreAsync(cancellationToken);

    public ValueTask ApplyAsync(TasteRow[] rows)
    {
        EnsureRoom();
        _recommender.FadeTo(Today);
        foreach (var row in rows)
        {
            if (_recommender.Take(row))
            {
                _entries.Add(row);
            }

            // Of a repeated one too: the acknowledgement may have been lost.
            _marks.Add(new(LearnerKey.For(_key.Tenant, row.Learner), _key.Target, row.Version.Sequence));
        }

        ScheduleStore();
        return ValueTask.CompletedTask;
    }

    public Task DefineAsync(CourseFact fact)
    {
        EnsureRoom();
        if (_recommender.Take(fact))
        {
            _entries.Add(fact);
        }
        else if (!_isKnownFull && _recommender.IsFullFor(fact.Course))
        {
            _isKnownFull = true;
            LogFull(log, _key.Value, policy.CoursesMax, fact.Course.Value);
        }

        // Of a known one too: it may not be stored yet.
        return StoreAsync(CancellationToken.None);
    }

    public ValueTask<RecommendationList> RecommendAsync(RecommendationQuery query)
    {
        var ranked = _recommender.Rank(query);
        var day = query.NowMs / LearnerTime.DayMs;
        var list = RecommendationIds.OfList(policy, day, _recommender.Revision);
        var placed = ExplorationRules.Place(ranked.Length, query.Limit, ExplorationRules.DrawOf(query.LearnerHash, day, policy.Seed), policy);
        return new(new RecommendationList(list, [.. placed.Select((course, place) => View(ranked[course.Ranked], RecommendationIds.OfPlace(list, place, course.Propensity), course.Propensity))]));
    }

    public void Dispose() => _storing.Dispose();

    private long Today => time.GetUtcNow().ToUnixTimeMilliseconds() / LearnerTime.DayMs;

    private RecommendedCourse View(in RankedCourse course, string id, double propensity) => new(
        _recommender.IdOf(course.Course),
        _recommender.TitleOf(course.Course),
        course.Score,
        course.Reason,
        course.Because < 0 ? null : _recommender.IdOf(course.Because),
        course.Because < 0 ? "" : _recommender.TitleOf(course.Because),
        propensity,
        id,
        course.IsPromoted);

    private void EnsureRoom()
    {
        EnsureNotPoisoned();
        if (_entries.Count >= options.Value.WaitingMax || _marks.Count >= 2 * options.Value.WaitingMax)
        {
            throw Unavailable();
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

    private async Task StoreDueAsync(CancellationToken cancellationToken)
    {
        _storeDue = false;
        try
        {
            await StoreAsync(cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            // Logged where it was found; whoever told is not acknowledged.
        }
    }

    private async Task StoreAsync(CancellationToken cancellationToken)
    {
        await _storing.WaitAsync(cancellationToken);
        try
        {
            EnsureNotPoisoned();
            await StoreAllAsync(cancellationToken);
            if (_store.IsCheckpointDue)
            {
                await _store.CheckpointAsync(_recommender);
            }
        }
        catch (Exception e) when (!_poisoned)
        {
            LogStoreFailed(log, _key.Value, e);
            _poisoned = true;
            DeactivateOnIdle();
            EnsureNotPoisoned();
        }
        finally
        {
            _storing.Release();
        }
    }

    private async Task StoreAllAsync(CancellationToken cancellationToken)
    {
        while (_entries.Count > 0 || _marks.Count > 0)
        {
            var (entries, marks) = (_entries, _marks);
            (_entries, _marks) = ([], []);
            if (entries.Count > 0)
            {
                await _store.AppendAsync(_recommender.Day, entries);
            }

            foreach (var chunk in marks.Chunk(MarksPerCallMax))
            {
                await pending.AcknowledgeAsync(chunk, cancellationToken);
            }
        }
    }

    private void EnsureNotPoisoned()
    {
        if (_poisoned)
        {
            throw Unavailable();
        }
    }

    private StoreUnavailableException Unavailable() => new($"Recommender {_key} cannot store just now; try again.");

    [LoggerMessage(2810, LogLevel.Warning, "Recommender {Recommender} could not be stored; it is read back, and what is lost is told again.")]
    private static partial void LogStoreFailed(ILogger logger, string recommender, Exception e);

    [LoggerMessage(2812, LogLevel.Warning, "Recommender {Recommender} knows {Courses} courses and has no room for more: {Course} and later ones are not recommended. This is said once.")]
    private static partial void LogFull(ILogger logger, string recommender, int courses, string course);
}
