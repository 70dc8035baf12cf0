using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CourseCompletion.Gateway;

/// <summary>Lets the requests under way come to their end at a graceful shutdown before the web server closes its connections.</summary>
/// <remarks>
/// Streams hear of the shutdown and end by themselves with UNAVAILABLE. A connection that closes right behind such an end takes it from a .NET client that has not read
/// it yet and still has something to send: its reader then throws INTERNAL. So the connections stay open for a moment after the newest end, also when that came before the host
/// got to its services: the streams hear of the signal as soon as the host does. What still runs when the time is over is
/// aborted: one caller that does not read must not hold up the process.
/// </remarks>
internal sealed class RequestDrain(IOptions<GatewayOptions> options, IHostApplicationLifetime lifetime, TimeProvider time) : IHostedLifecycleService, IDisposable
{
    // Streams end by themselves at the end of the time, and get a moment to say so.
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(1);

    // Shorter than the least that clients are asked to wait by default: one that comes again on a connection that is about to close loses a second with it.
    private static readonly TimeSpan _timeToRead = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _over = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The requests under way, and one for as long as the server is not asked to stop.
    private int _open = 1;

    // When a request ended last, as a timestamp of the clock; 0 before the first.
    private long _endedAt;

    public async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        Interlocked.Increment(ref _open);
        try
        {
            using var aborting = _over.Token.UnsafeRegister(static request => ((HttpContext)request!).Abort(), context);
            await next(context).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Exchange(ref _endedAt, Math.Max(1, time.GetTimestamp()));
            Leave();
        }
    }

    /// <summary>Called before any hosted service is stopped, the web server among them.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // A host that is stopped by a call, not by a signal, would tell the streams only after this.
        lifetime.StopApplication();
        _over.CancelAfter(options.Value.DrainTimeout + _grace);
        if (!Leave())
        {
            await _empty.Task.WaitAsync(options.Value.DrainTimeout + _grace + _grace, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (Interlocked.Read(ref _endedAt) is var endedAt and not 0 && _timeToRead - time.GetElapsedTime(endedAt) is { Ticks: > 0 } left)
        {
            await Task.Delay(left, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _over.Dispose();

    private bool Leave()
    {
        var isEmpty = Interlocked.Decrement(ref _open) == 0;
        if (isEmpty)
        {
            _empty.TrySetResult();
        }

        return isEmpty;
    }
}
