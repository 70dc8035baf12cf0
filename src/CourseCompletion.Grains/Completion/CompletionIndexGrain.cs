using CourseCompletion.Domain.Completion.Index;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Grains.Courses;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CourseCompletion.Grains.Completion;

/// <inheritdoc cref="ICompletionIndexGrain"/>
/// <remarks>
/// Its memory is derived: a report that a crash loses comes again, with any outcome in it, because a course repeats the newest cohort's outcome with each report and this grain notes which
/// one it has learned, in the same record as what it learned from it. So it stores now and then, and at once after an outcome.
/// </remarks>
internal sealed partial class CompletionIndexGrain(
    [PersistentState("completion-index", StorageNames.GrainStorageName)] IPersistentState<StoredPayload> stored,
    IOptions<CourseOptions> options,
    [FromKeyedServices(EngineTime.Key)] TimeProvider time,
    ILogger<CompletionIndexGrain> log) : Grain, ICompletionIndexGrain
{
    private const int PromptsMax = 64;
    private static readonly TimeSpan _silentFor = TimeSpan.FromDays(1);

    private TenantId _tenant;
    private IndexState _state = new();
    private bool _storeDue;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _tenant = new(this.GetPrimaryKeyString());
        if (stored.RecordExists && !stored.State.Bytes.IsEmpty)
        {
            _state = IndexStateCodec.Decode(stored.State.Bytes.Span);
        }

        // Kept alive, so that a course that has ended and sleeps is asked for its outcome.
        this.RegisterGrainTimer(TendAsync, new GrainTimerCreationOptions(options.Value.IndexStoreEvery, options.Value.IndexStoreEvery) { KeepAlive = true });
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => StoreDueAsync();

    public async ValueTask<IndexReading> TakeAsync(string course, WindowSums window)
    {
        var before = _state.AsOfMs;
        var learned = IndexRules.Take(_state, course, window);
        _storeDue |= learned || _state.AsOfMs != before;
        if (learned)
        {
            await StoreDueAsync();
        }

        return IndexRules.Read(_state, course, window);
    }

    private async Task TendAsync(CancellationToken cancellationToken)
    {
        await StoreDueAsync();
        var sinceMs = (time.GetUtcNow() - _silentFor).ToUnixTimeMilliseconds();
        foreach (var course in IndexRules.Silent(_state, sinceMs, PromptsMax))
        {
            _ = GrainFactory.GetGrain<ICourseRollupGrain>(CourseKey.For(_tenant, new CourseId(course)).Value).ReportIndexAsync();
        }
    }

    private async Task StoreDueAsync()
    {
        if (!_storeDue)
        {
            return;
        }

        stored.State.Bytes = IndexStateCodec.Encode(_state);
        try
        {
            await stored.WriteStateAsync();
            _storeDue = false;
        }
        catch (Exception e)
        {
            // What is stored is not known any more; whatever it lacks is reported again.
            _storeDue = false;
            LogStoreFailed(log, _tenant.Value, e);
            DeactivateOnIdle();
            throw;
        }
    }
}
