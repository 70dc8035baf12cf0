using CourseCompletion.EndToEndTests.Hosts;
using Xunit;

namespace CourseCompletion.EndToEndTests.Faults;

/// <summary>What an operator does to a cluster process by process: silos first, then each gateway, taken out of the load balancer meanwhile.</summary>
internal static class EachInTurn
{
    private static readonly TimeSpan _stopDeadline = TimeSpan.FromSeconds(60);

    /// <summary>Stops each process with SIGTERM and starts it again.</summary>
    /// <param name="cluster">The processes.</param>
    /// <param name="run">The run that this is the fault of.</param>
    /// <param name="what">What it is called in the history, such as <c>restart</c>.</param>
    /// <param name="between">How long events go on before the next.</param>
    /// <param name="startAsync">Starts a process again.</param>
    public static async Task StopAndStartAsync(FaultCluster cluster, FaultRun run, string what, TimeSpan between, Func<HostProcess, Task> startAsync)
    {
        foreach (var silo in cluster.Silos)
        {
            run.Begins($"{what} of a silo");
            await AgainAsync(silo);
            await run.GoOnAsync(between);
        }

        foreach (var gateway in cluster.Gateways)
        {
            run.Begins($"{what} of a gateway");
            cluster.Route(gateway, isIn: false);
            await AgainAsync(gateway);
            cluster.Route(gateway, isIn: true);
            await run.GoOnAsync(between);
        }

        async Task AgainAsync(HostProcess host)
        {
            Assert.Equal(0, await host.StopAsync(_stopDeadline));
            await startAsync(host);
        }
    }
}
