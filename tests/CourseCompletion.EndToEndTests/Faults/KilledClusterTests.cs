using CourseCompletion.EndToEndTests.Hosts;
using Xunit;
using Xunit.Abstractions;

namespace CourseCompletion.EndToEndTests.Faults;

/// <summary>All silos and gateways are killed at once with kill -9 and started again.</summary>
[Collection(FaultCollection.Name)]
public sealed class KilledClusterTests(ITestOutputHelper output)
{
    [LongFault]
    public Task KillAll_RestartWhereTheyWere_LosesAndRepeatsNothing() => KillAsync("kill-all-same-addresses", host => host.StartAgainAsync());

    [LongFault]
    public Task KillAll_RestartElsewhere_LosesAndRepeatsNothing() => KillAsync("kill-all-new-addresses", host => host.StartElsewhereAsync());

    private Task KillAsync(string name, Func<HostProcess, Task> startAsync) => FaultRun.RepeatAsync(output, PlanOf(name), () => FaultCluster.StartAsync(new()), async (cluster, run) =>
    {
        var all = cluster.Silos.Concat(cluster.Gateways).ToArray();
        run.Begins("kill -9 of all silos and gateways");
        await Task.WhenAll(all.Select(host => host.KillAsync()));
        await Task.WhenAll(all.Select(startAsync));
        foreach (var gateway in cluster.Gateways)
            cluster.Route(gateway, isIn: true);
        run.Ends("all are ready again");
        await run.GoOnAsync(TimeSpan.FromSeconds(10));
    });

    private static FaultPlan PlanOf(string name) => new(name) { WaitMax = TimeSpan.FromSeconds(60), RecoveryMax = TimeSpan.FromSeconds(30) };
}
