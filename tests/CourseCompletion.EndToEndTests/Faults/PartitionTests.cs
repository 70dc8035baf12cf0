using Xunit;
using Xunit.Abstractions;

namespace CourseCompletion.EndToEndTests.Faults;

/// <summary>Parts of the cluster cannot reach each other for a while, and nobody tells them so: packets vanish.</summary>
[Collection(FaultCollection.Name)]
public sealed class PartitionTests(ITestOutputHelper output)
{
    private const int Store = -1;
    private const int Machines = 5;
    private static readonly TimeSpan _lasts = TimeSpan.FromSeconds(20);

    [LongFault]
    public Task Partition_SiloAndStore_LosesAndRepeatsNothing() => FaultRun.RepeatAsync(
        output, PlanOf("partition-silo-store"), () => FaultCluster.StartAsync(new() { HasStoreProxies = true }), async (cluster, run) =>
        {
            var proxy = cluster.StoreProxies[run.Random.Next(3)];
            run.Begins("a silo and the store cannot reach each other");
            proxy.Stall();
            await FaultRun.LastsAsync(_lasts);

            // The network comes back as it does after minutes: what was on its way is gone, and connections are found dead.
            proxy.Reset();
            proxy.Resume();
            run.Ends("they can again");
            await run.GoOnAsync(TimeSpan.FromSeconds(10));
        });

    [LongFault(needsRoot: true)]
    public Task Partition_SiloAndSilo_LosesAndRepeatsNothing() => PartitionAsync("partition-silo-silo", (network, silo) => network.PartitionAsync(silo, (silo + 1) % 3), (network, silo) =>
        network.HealAsync(silo, (silo + 1) % 3));

    [LongFault(needsRoot: true)]
    public Task Partition_SiloAndEverybody_LosesAndRepeatsNothing() => PartitionAsync(
        "partition-silo-everybody",
        (network, silo) => Task.WhenAll(Others(silo).Select(other => network.PartitionAsync(silo, other))),
        (network, silo) => Task.WhenAll(Others(silo).Select(other => network.HealAsync(silo, other))));

    private async Task PartitionAsync(string name, Func<FaultNetwork, int, Task> partAsync, Func<FaultNetwork, int, Task> healAsync)
    {
        await using var network = await FaultNetwork.MakeAsync(Machines);
        await FaultRun.RepeatAsync(output, PlanOf(name), () => FaultCluster.StartAsync(new() { Network = network }), async (cluster, run) =>
        {
            var silo = run.Random.Next(3);
            run.Begins($"silo {silo} is cut off");
            await partAsync(network, silo);
            await FaultRun.LastsAsync(_lasts);
            await healAsync(network, silo);
            run.Ends("it is there again");
            await run.GoOnAsync(TimeSpan.FromSeconds(15));
            if (!cluster.Silos[silo].IsRunning)
                await cluster.Silos[silo].StartAgainAsync();
            await run.GoOnAsync(TimeSpan.FromSeconds(5));
        });
    }

    private static IEnumerable<int> Others(int silo) => Enumerable.Range(Store, Machines + 1).Where(machine => machine != silo);

    private static FaultPlan PlanOf(string name) => new(name) { WaitMax = TimeSpan.FromSeconds(45), RecoveryMax = TimeSpan.FromSeconds(60) };
}
