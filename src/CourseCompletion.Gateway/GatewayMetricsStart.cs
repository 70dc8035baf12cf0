using CourseCompletion.Gateway.Engagement;
using Microsoft.Extensions.Hosting;

namespace CourseCompletion.Gateway;

/// <summary>Has what alerts look at exported from the start, at zero: a counter that begins with its first trouble shows no increase.</summary>
internal sealed class GatewayMetricsStart : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        OutcomeTally.Announce();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
