using Xunit;
using Xunit.Abstractions;

namespace CourseCompletion.EndToEndTests.Faults;

/// <summary>The store of a cluster is paused, killed, and out of memory: nothing is acknowledged meanwhile that is not stored, and everything goes on without a restart.</summary>
[Collection(FaultCollection.Name)]
public sealed class StoreFaultTests(ITestOutputHelper output)
{
    [LongFault]
    public Task Kill_AndRestart_LosesAndRepeatsNothing() => FaultRun.RepeatAsync(output, PlanOf("kill-9-store", seconds: 5), () => FaultCluster.StartAsync(new()), async (cluster, run) =>
    {
        run.Begins("kill -9 of the store");
        cluster.Redis.Kill();
        await FaultRun.LastsAsync(TimeSpan.FromSeconds(3));
        await cluster.Redis.StartAgainAsync();
        run.Ends("the store is back");
        await run.GoOnAsync(TimeSpan.FromSeconds(5));
    });

    [LongFault]
    public Task Pause_TenSeconds_LosesAndRepeatsNothing() => PauseAsync(10);

    [LongFault]
    public Task Pause_ThirtySeconds_LosesAndRepeatsNothing() => PauseAsync(30);

    [LongFault]
    public Task OutOfMemory_UntilThereIsMore_LosesAndRepeatsNothing() => FaultRun.RepeatAsync(output, PlanOf("store-out-of-memory", seconds: 15), () => FaultCluster.StartAsync(new()), async (cluster, run) =>
    {
        run.Begins("no memory left in the store");
        await cluster.Redis.SetAsync("maxmemory", $"{await cluster.Redis.UsedBytesAsync()}");
        await FaultRun.LastsAsync(TimeSpan.FromSeconds(15));
        await cluster.Redis.SetAsync("maxmemory", "0");
        run.Ends("memory is there again");
        await run.GoOnAsync(TimeSpan.FromSeconds(10));
    });

    private Task PauseAsync(int seconds) => FaultRun.RepeatAsync(output, PlanOf($"paused-store-{seconds}s", seconds), () => FaultCluster.StartAsync(new()), async (cluster, run) =>
    {
        run.Begins($"SIGSTOP of the store for {seconds} s");
        await cluster.Redis.PauseAsync();
        await FaultRun.LastsAsync(TimeSpan.FromSeconds(seconds));
        await cluster.Redis.ResumeAsync();
        run.Ends("the store goes on");
        await run.GoOnAsync(TimeSpan.FromSeconds(10));
    });

    private static FaultPlan PlanOf(string name, int seconds) => new(name) { WaitMax = TimeSpan.FromSeconds(seconds + 30), RecoveryMax = TimeSpan.FromSeconds(60) };
}
