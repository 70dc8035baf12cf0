using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Catalog;
using CourseCompletion.Domain.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CourseCompletion.Grains.Completion;

/// <summary>The models that this silo scores with: those of the stored catalogue, which it follows.</summary>
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
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _looking = new(1);
    private volatile ICompletionPredictor _current = format.BuiltIn[0].Predictor;
    private long _revision;
    private Task _following = Task.CompletedTask;

    /// <inheritdoc/>
    public ICompletionPredictor Current => _current;

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

    /// <summary>Looks whether the catalogue changed, and takes over what it says.</summary>
    public async Task FollowAsync()
    {
        await _looking.WaitAsync();
        try
        {
            var (catalog, _) = await store.ReadAsync();
            if (catalog.Revision != _revision)
            {
                _current = await FindAsync(catalog.Champion) ?? _current;
                _revision = catalog.Revision;
                LogSwapped(log, _current.ModelVersion, catalog.Revision);
            }
        }
        finally
        {
            _looking.Release();
        }
    }

    private async Task<ICompletionPredictor?> FindAsync(string? name)
    {
        if ((name is null ? format.BuiltIn[0] : format.BuiltIn.FirstOrDefault(model => model.Description.Name == name)) is { } builtIn)
        {
            return builtIn.Predictor;
        }

        var reading = format.Read(await store.ReadFileAsync(name!));
        if (!reading.IsUsable)
        {
            LogUnreadable(log, name!, _current.ModelVersion, reading.Fault);
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
                LogFollowFailed(log, _current.ModelVersion, e);
            }
        }
    }

    [LoggerMessage(2300, LogLevel.Information, "Completion model {Model} scores now (catalogue revision {Revision}).")]
    private static partial void LogSwapped(ILogger logger, string model, long revision);

    [LoggerMessage(2301, LogLevel.Error, "The published model {Model} cannot be used, so {Current} goes on scoring: {Fault}")]
    private static partial void LogUnreadable(ILogger logger, string model, string current, string fault);

    [LoggerMessage(2302, LogLevel.Warning, "The catalogue of models could not be read; {Current} goes on scoring.")]
    private static partial void LogFollowFailed(ILogger logger, string current, Exception e);
}
