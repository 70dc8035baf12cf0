using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Calibration;
using CourseCompletion.Domain.Completion.Catalog;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Domain.Tenants;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CourseCompletion.Grains.Completion;

/// <summary>The models that this silo scores with: those of the stored catalogue, read by their stored calibrations. It follows both.</summary>
/// <remarks>
/// Read before the silo serves anything, so that no score comes from a model that was not chosen. From then on looked after every <see cref="ModelOptions.FollowEvery"/>; a
/// swap is one reference. A champion that this release cannot read is an error in the log, and the model before it goes on.
/// </remarks>
internal sealed partial class ModelsInUse(
    ModelStore store,
    ICompletionModelFormat format,
    IOptions<ModelOptions> options,
    [FromKeyedServices(EngineTime.Key)] TimeProvider time,
    ILogger<ModelsInUse> log) : ICompletionModels, ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    // Until accounts exist there is one tenant.
    private static readonly TenantId[] _tenants = [TenantId.Default];

    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _looking = new(1);
    private readonly Dictionary<ModelHealthKey, CalibrationSnapshot> _calibrations = [];
    private ICompletionPredictor _champion = format.BuiltIn[0].Predictor;
    private ICompletionPredictor? _shadow;
    private volatile ModelsInForce _current = new(new(format.BuiltIn[0].Predictor, []), null);
    private long _revision;
    private Task _following = Task.CompletedTask;

    /// <inheritdoc/>
    public ModelsInForce Current => _current;

    public void Dispose()
    {
        _stopping.Dispose();
        _looking.Dispose();
    }

    // After grain storage and before the first grain.
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(ModelsInUse),
        ServiceLifecycleStage.ApplicationServices + 1,
        async _ =>
        {
            try
            {
                await FollowAsync();
            }
            catch (Exception e) when (e is not StoreCorruptException)
            {
                throw new StoreUnavailableException("The catalogue of models could not be read, so the server does not know which one is to score: start it again once its store answers.", e);
            }

            _following = Task.Factory.StartNew(KeepFollowingAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();
        },
        async cancellation =>
        {
            await _stopping.CancelAsync();
            await _following.WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });

    /// <summary>Looks whether the catalogue or a calibration changed, and takes over what they say.</summary>
    public async Task FollowAsync()
    {
        await _looking.WaitAsync();
        try
        {
            var (catalog, _) = await store.ReadAsync();
            var isNew = catalog.Revision != _revision;
            if (isNew)
            {
                _champion = await FindAsync(catalog.Champion) ?? _champion;
                _shadow = catalog.Shadow is { } shadow ? await FindAsync(shadow) : null;
            }

            if (await FollowCalibrationsAsync() || isNew)
            {
                _current = new(OfTenants(_champion), _shadow is null ? null : OfTenants(_shadow));
            }

            if (isNew)
            {
                _revision = catalog.Revision;
                LogSwapped(log, _champion.ModelVersion, _shadow?.ModelVersion ?? "", catalog.Revision);
            }
        }
        finally
        {
            _looking.Release();
        }
    }

    // Answers whether one changed.
    private async Task<bool> FollowCalibrationsAsync()
    {
        var hasChanged = false;
        foreach (var model in new[] { _champion, _shadow }.OfType<ICompletionPredictor>())
        {
            foreach (var tenant in _tenants)
            {
                var key = ModelHealthKey.For(tenant, model.ModelVersion);
                var read = await store.ReadCalibrationAsync(key);
                hasChanged |= read.Labels != _calibrations.GetValueOrDefault(key)?.Labels;
                _calibrations[key] = read;
            }
        }

        return hasChanged;
    }

    private TenantModels OfTenants(ICompletionPredictor model) => new(
        model, _tenants.Select(tenant => KeyValuePair.Create(tenant, _calibrations[ModelHealthKey.For(tenant, model.ModelVersion)])));

    private async Task<ICompletionPredictor?> FindAsync(string? name)
    {
        if ((name is null ? format.BuiltIn[0] : format.BuiltIn.FirstOrDefault(model => model.Description.Name == name)) is { } builtIn)
        {
            return builtIn.Predictor;
        }

        var reading = format.Read(await store.ReadFileAsync(name!));
        if (!reading.IsUsable)
        {
            LogUnreadable(log, name!, _champion.ModelVersion, reading.Fault);
        }

        return reading.Predictor;
    }

    private async Task KeepFollowingAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            await Task.Delay(options.Value.FollowEvery, time, _stopping.Token);
            try
            {
                await FollowAsync();
            }
            catch (Exception e)
            {
                LogFollowFailed(log, _champion.ModelVersion, e);
            }
        }
    }

    [LoggerMessage(2300, LogLevel.Information, "Completion model {Model} scores now, beside it '{Shadow}' (catalogue revision {Revision}).")]
    private static partial void LogSwapped(ILogger logger, string model, string shadow, long revision);

    [LoggerMessage(2301, LogLevel.Error, "The published model {Model} cannot be used; {Current} scores: {Fault}")]
    private static partial void LogUnreadable(ILogger logger, string model, string current, string fault);

    [LoggerMessage(2302, LogLevel.Warning, "The catalogue of models could not be read; {Current} goes on scoring.")]
    private static partial void LogFollowFailed(ILogger logger, string current, Exception e);
}
