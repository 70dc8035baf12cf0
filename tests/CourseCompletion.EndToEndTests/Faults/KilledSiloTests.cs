using CourseCompletion.EndToEndTests.Redis;
using Xunit;
using Xunit.Abstractions;

namespace CourseCompletion.EndToEndTests.Faults;

/// <summary>One of three silos is killed with kill -9 in the middle of a stream, and comes back later.</summary>
[Collection(FaultCollection.Name)]
public sealed class KilledSiloTests(ITestOutputHelper output)
{
    private static readonly FaultPlan _plan = new("kill-9-silo") { EventsBefore = FaultSettings.IsFull ? 5_000 : 2_000, WaitMax = TimeSpan.FromSeconds(8), RecoveryMax = TimeSpan.FromSeconds(30) };

    [RedisFact]
    public Task Kill_OneOfThreeSilosMidStream_LosesAndRepeatsNothing() => FaultRun.RepeatAsync(output, _plan, () => FaultCluster.StartAsync(new()), async (cluster, run) =>
    {
        var killed = cluster.Silos[run.Random.Next(3)];
        run.Begins("kill -9 of a silo");
        await killed.KillAsync();
        await run.GoOnAsync(TimeSpan.FromSeconds(FaultSettings.IsFull ? 15 : 8));
        await killed.StartAgainAsync();
        await run.GoOnAsync(TimeSpan.FromSeconds(FaultSettings.IsFull ? 5 : 1));
    });
}
