using Microsoft.Extensions.Time.Testing;

namespace CourseCompletion.ClusterTests.Clusters;

/// <summary>Moves a fake clock on as time passes, until disposed.</summary>
internal sealed class ClockPump : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly Task _running;

    public ClockPump(FakeTimeProvider clock, TimeSpan every, TimeSpan step) => _running = Task.Run(async () =>
    {
        while (!_end.IsCancellationRequested)
        {
            clock.Advance(step);
            await Task.Delay(every, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    });

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        _end.Dispose();
    }
}
