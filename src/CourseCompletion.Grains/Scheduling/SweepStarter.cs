using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CourseCompletion.Grains.Scheduling;

/// <summary>Starts the sweep with each silo.</summary>
/// <remarks>A shard may live on a silo that just died: this one starts nevertheless, and asks again until every shard answered.</remarks>
internal sealed partial class SweepStarter(
    IGrainFactory grains,
    IOptions<SweepOptions> options,
    [FromKeyedServices(EngineTime.Key)] TimeProvider time,
    ILogger<SweepStarter> log) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _starting = Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(SweepStarter),
        ServiceLifecycleStage.Active,
        _ =>
        {
            _starting = Task.Factory
                .StartNew(
                    () => Task.WhenAll(Enumerable.Range(0, options.Value.Shards).Select(StartAsync)),
                    CancellationToken.None,
                    TaskCreationOptions.DenyChildAttach,
                    TaskScheduler.Default)
                .Unwrap();
            return Task.CompletedTask;
        },
        async cancellation =>
        {
            await _stopping.CancelAsync();
            await _starting.WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });

    private async Task StartAsync(int shard)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await grains.GetGrain<ISweepGrain>(shard).StartAsync().AsTask().WaitAsync(_stopping.Token);
                return;
            }
            catch (Exception e) when (!_stopping.IsCancellationRequested)
            {
                LogStartFailed(log, shard, e);
                await Task.Delay(options.Value.Every, time, _stopping.Token);
            }
        }
    }

    [LoggerMessage(2210, LogLevel.Warning, "Scheduler shard {Shard} does not answer; it is asked again.")]
    private static partial void LogStartFailed(ILogger logger, int shard, Exception e);
}
