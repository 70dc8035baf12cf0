using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CourseCompletion.Host.Health;

/// <summary>Ready while at least one silo is connected.</summary>
internal sealed class ClusterReadiness : IHealthCheck
{
    private int _silos;

    /// <summary>Called whenever a connection to a silo opens or closes.</summary>
    public void Connected(int silos) => Volatile.Write(ref _silos, silos);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Volatile.Read(ref _silos) > 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("No silo is connected."));
}
