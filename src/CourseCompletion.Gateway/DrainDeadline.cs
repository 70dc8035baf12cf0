using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CourseCompletion.Gateway;

/// <summary>Aborts what still runs when the time for a graceful shutdown is over: one caller that does not read must not hold up the process.</summary>
internal sealed class DrainDeadline : IDisposable
{
    // Streams end by themselves at the end of the time, and get a moment to say so.
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _over = new();
    private readonly CancellationTokenRegistration _stopping;

    public DrainDeadline(IOptions<GatewayOptions> options, IHostApplicationLifetime lifetime) =>
        _stopping = lifetime.ApplicationStopping.Register(() => _over.CancelAfter(options.Value.DrainTimeout + _grace));

    public async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        using var aborting = _over.Token.UnsafeRegister(static request => ((HttpContext)request!).Abort(), context);
        await next(context).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _over.Dispose();
    }
}
