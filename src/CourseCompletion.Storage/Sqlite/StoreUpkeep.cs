using CourseCompletion.Storage.Sqlite.Commits;
using CourseCompletion.Storage.Sqlite.Learners;
using Microsoft.Extensions.Logging;

namespace CourseCompletion.Storage.Sqlite;

/// <summary>What the store does beside its callers: the witness each second, retirement, checkpoints and the scrub.</summary>
internal sealed partial class StoreUpkeep(
    Action<bool> writeWitness,
    Retirement retirement,
    Checkpointer checkpointer,
    StoreScrub scrub,
    TimeProvider time,
    ILogger logger) : IDisposable
{
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public void Start() => _running = Task.WhenAll(
        Supervise(TickAsync), Supervise(retirement.RunAsync), Supervise(checkpointer.RunAsync), Supervise(scrub.RunAsync));

    public async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
    }

    /// <summary>Notes the clean stop, after everything else has ended. Failing to is no reason to fail the stop: an older witness is still true.</summary>
    public void WriteLastWitness() => TryWriteWitness(stoppedCleanly: true);

    public void Dispose() => _stopping.Dispose();

    private Task Supervise(Func<CancellationToken, Task> run) => Task.Run(async () =>
    {
        try
        {
            await run(_stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The store is being stopped.
        }
        catch (Exception failure)
        {
            // The outermost loop: the rest of the upkeep goes on, and a store whose retirement ended refuses appends once its log is full.
            LogEnded(failure);
        }
    });

    private async Task TickAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(_period, time);
        while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false))
        {
            retirement.Wake();
            TryWriteWitness(stoppedCleanly: false);
        }
    }

    private void TryWriteWitness(bool stoppedCleanly)
    {
        try
        {
            writeWitness(stoppedCleanly);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A full disk, most likely.
            LogWitnessFailed(failure);
        }
    }
}
