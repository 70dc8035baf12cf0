using CourseCompletion.Domain.Stores;
using CourseCompletion.Host.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CourseCompletion.UnitTests.Host.Health;

public class StoreReadinessTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedProbe _probe = new();
    private readonly StoreReadiness _readiness;

    public StoreReadinessTests() => _readiness = new(_probe, _time);

    [Fact]
    public async Task CheckHealth_AskedOften_LooksEveryThreeSeconds()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);
        }

        Assert.Equal(1, _probe.Probes);
        _time.Advance(StoreReadiness.FreshFor);
        await CheckAsync();
        Assert.Equal(2, _probe.Probes);
    }

    [Fact]
    public async Task CheckHealth_StoreAway_SaysSoAndRecovers()
    {
        _probe.Answer = Task.FromException(new StoreUnavailableException("Redis cannot be read now."));
        var away = await CheckAsync();
        _probe.Answer = Task.CompletedTask;
        var stillFresh = await CheckAsync();
        _time.Advance(StoreReadiness.FreshFor);

        Assert.Equal((HealthStatus.Unhealthy, "Redis cannot be read now."), (away.Status, away.Description));
        Assert.Equal(HealthStatus.Unhealthy, stillFresh.Status);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);
    }

    [Fact]
    public async Task CheckHealth_StoreHangs_IsUnhealthyAndNotAskedAgain()
    {
        var hanging = new TaskCompletionSource();
        _probe.Answer = hanging.Task;
        var first = CheckAsync();
        _time.Advance(StoreReadiness.AnswersWithin);
        Assert.Contains("did not answer within 2 seconds", (await first).Description, StringComparison.Ordinal);

        _time.Advance(StoreReadiness.FreshFor);
        var second = CheckAsync();
        hanging.SetResult();

        Assert.Equal(HealthStatus.Healthy, (await second).Status);
        Assert.Equal(1, _probe.Probes);
    }

    private Task<HealthCheckResult> CheckAsync() => _readiness.CheckHealthAsync(new()).WaitAsync(TimeSpan.FromSeconds(10));

    private sealed class ScriptedProbe : IStoreProbe
    {
        public Task Answer { get; set; } = Task.CompletedTask;

        public int Probes { get; private set; }

        public ValueTask ProbeAsync(CancellationToken cancellationToken)
        {
            Probes++;
            return new(Answer);
        }
    }
}
