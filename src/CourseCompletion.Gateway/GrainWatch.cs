using CourseCompletion.Gateway.Errors;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CourseCompletion.Gateway;

/// <summary>Asks a grain again and again for what changed, and outlives the grain's silo.</summary>
internal sealed class GrainWatch(IOptions<GatewayOptions> options, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private static readonly TimeSpan _backoffMin = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _backoffMax = TimeSpan.FromSeconds(2);

    // A grain with too many watchers answers at once that nothing changed.
    private static readonly TimeSpan _emptyAnswerMin = TimeSpan.FromSeconds(1);

    /// <summary>Runs until the client ends the stream, or until the server has to: then it throws UNAVAILABLE.</summary>
    /// <param name="askAsync">Waits up to the given time for a change; false when there was none. May be asked again after it threw.</param>
    /// <param name="context">The watcher's call.</param>
    public async Task RunAsync(Func<TimeSpan, CancellationToken, Task<bool>> askAsync, ServerCallContext context)
    {
        using var life = StreamLife.Begin(options.Value, lifetime, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(life.End, context.CancellationToken);
        try
        {
            await AskAsync(askAsync, end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (life.End.IsCancellationRequested && !context.CancellationToken.IsCancellationRequested)
        {
            throw GatewayErrors.GoingAway(options.Value.RetryAfter());
        }
    }

    private async Task AskAsync(Func<TimeSpan, CancellationToken, Task<bool>> askAsync, CancellationToken end)
    {
        var backoff = _backoffMin;
        while (true)
        {
            var askedAt = time.GetTimestamp();
            try
            {
                var pause = await askAsync(options.Value.WatchPatience, end).ConfigureAwait(false)
                    ? options.Value.WatchInterval
                    : _emptyAnswerMin - time.GetElapsedTime(askedAt);
                backoff = _backoffMin;
                await PauseAsync(pause, end).ConfigureAwait(false);
            }
            catch (Exception exception) when (GatewayErrors.IsTransient(exception) && !end.IsCancellationRequested)
            {
                await PauseAsync(backoff, end).ConfigureAwait(false);
                backoff = backoff * 2 < _backoffMax ? backoff * 2 : _backoffMax;
            }
        }
    }

    private Task PauseAsync(TimeSpan pause, CancellationToken end) => pause > TimeSpan.Zero ? Task.Delay(pause, time, end) : Task.CompletedTask;
}
