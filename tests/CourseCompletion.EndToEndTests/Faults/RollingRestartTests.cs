using CourseCompletion.EndToEndTests.Hosts;
using Xunit;
using Xunit.Abstractions;

namespace CourseCompletion.EndToEndTests.Faults;

/// <summary>Every silo and every gateway is stopped with SIGTERM and started again, one after the other, while events stream.</summary>
[Collection(FaultCollection.Name)]
public sealed class RollingRestartTests(ITestOutputHelper output)
{
    private static readonly TimeSpan _stopDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _between = TimeSpan.FromSeconds(5);

    private static readonly FaultPlan _plan = new("rolling-restart") { WaitMax = TimeSpan.FromSeconds(2), RecoveryMax = TimeSpan.FromMinutes(3), OnlyUnavailable = true };

    [LongFault]
    public Task Restart_EachInTurn_NobodyWaitsLong() => FaultRun.RepeatAsync(output, _plan, () => FaultCluster.StartAsync(new()), async (cluster, run) =>
    {
        foreach (var silo in cluster.Silos)
        {
            run.Begins("restart of a silo");
            await RestartAsync(silo);
            await run.GoOnAsync(_between);
        }

        foreach (var gateway in cluster.Gateways)
        {
            run.Begins("restart of a gateway");
            cluster.Route(gateway, isIn: false);
            await RestartAsync(gateway);
            cluster.Route(gateway, isIn: true);
            await run.GoOnAsync(_between);
        }
    });

    private static async Task RestartAsync(HostProcess host)
    {
        Assert.Equal(0, await host.StopAsync(_stopDeadline));
        await host.StartAgainAsync();
    }
}
