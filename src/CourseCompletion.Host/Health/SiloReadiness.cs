using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CourseCompletion.Host.Health;

/// <summary>Ready while the silo is an active member of its cluster.</summary>
internal sealed class SiloReadiness(ISiloStatusOracle membership) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        membership.CurrentStatus == SiloStatus.Active ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy($"The silo is {membership.CurrentStatus} in its cluster."));
}
