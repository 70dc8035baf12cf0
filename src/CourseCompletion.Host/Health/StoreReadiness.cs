using CourseCompletion.Domain.Stores;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CourseCompletion.Host.Health;

/// <summary>Ready while the store answers within two seconds. However often it is asked, it looks every three seconds.</summary>
internal sealed class StoreReadiness(IStoreProbe probe, TimeProvider time) : IHealthCheck
{
    /// <summary>How long an answer holds.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(3);

    /// <summary>How long the store may take.</summary>
    public static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private Task _probing = Task.CompletedTask;
    private Task<HealthCheckResult>? _look;
    private long _lookedAt;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_look is null || (_look.IsCompleted && time.GetElapsedTime(_lookedAt) >= FreshFor))
            {
                _lookedAt = time.GetTimestamp();

                // A probe that hangs is waited for again, and not joined by another.
                _probing = _probing.IsCompleted ? probe.ProbeAsync(CancellationToken.None).AsTask() : _probing;
                _look = LookAsync(_probing);
            }

            return _look.WaitAsync(cancellationToken);
        }
    }

    private async Task<HealthCheckResult> LookAsync(Task probing)
    {
        try
        {
            await probing.WaitAsync(AnswersWithin, time);
            return HealthCheckResult.Healthy();
        }
        catch (TimeoutException)
        {
            return HealthCheckResult.Unhealthy($"The store did not answer within {AnswersWithin.TotalSeconds} seconds.");
        }
        catch (Exception failure) when (failure is StoreUnavailableException or StoreCorruptException)
        {
            return HealthCheckResult.Unhealthy(failure.Message);
        }
    }
}
