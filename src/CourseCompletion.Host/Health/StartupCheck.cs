using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CourseCompletion.Host.Health;

/// <summary>Well once everything has started, and from then on.</summary>
internal sealed class StartupCheck(IHostApplicationLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        lifetime.ApplicationStarted.IsCancellationRequested ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The server is starting."));
}
