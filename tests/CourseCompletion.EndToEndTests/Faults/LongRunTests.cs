using Xunit;
using Xunit.Abstractions;

namespace CourseCompletion.EndToEndTests.Faults;

/// <summary>Two million events, as fast as they are taken, while silos are added, stopped and killed: acknowledged is counted, exactly.</summary>
[Collection(FaultCollection.Name)]
public sealed class LongRunTests(ITestOutputHelper output)
{
    private const int SilosMax = 4;
    private static readonly TimeSpan _deadline = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan _stopDeadline = TimeSpan.FromSeconds(60);

    private static readonly FaultPlan _plan = new("silos-come-and-go")
    {
        Workload = new() { Learners = 10_000, Courses = 8, EventsPerSecond = 0, BatchEvents = 200 },
        WaitMax = TimeSpan.FromSeconds(60),
        RecoveryMax = _deadline,
        MemoryBytesMax = 4L << 30,
    };

    [LongFault]
    public Task SilosComeAndGo_TwoMillionEvents_AcknowledgedIsCounted() => FaultRun.RepeatAsync(output, _plan, () => FaultCluster.StartAsync(new()), async (cluster, run) =>
    {
        for (var change = 0; run.Workload.Acknowledged < FaultSettings.Events; change++)
        {
            await ChangeAsync(cluster, run, change);
            await run.Workload.AcknowledgedMoreAsync(Math.Clamp(FaultSettings.Events - run.Workload.Acknowledged, 1, FaultSettings.Events / 12), _deadline);
        }
    });

    // In turns: one is killed, one is stopped, and whoever is missing comes back, or a new one is added.
    private static async Task ChangeAsync(FaultCluster cluster, FaultRun run, int change)
    {
        var running = cluster.Silos.Where(silo => silo.IsRunning).ToArray();
        var chosen = running[run.Random.Next(running.Length)];
        switch (change % 4)
        {
            case 0:
                run.Begins("kill -9 of a silo");
                await chosen.KillAsync();
                break;
            case 2:
                run.Begins("a silo is stopped");
                Assert.Equal(0, await chosen.StopAsync(_stopDeadline));
                break;
            default:
                run.Begins("a silo is added");
                if (cluster.Silos.FirstOrDefault(silo => !silo.IsRunning) is { } missing && cluster.Silos.Count >= SilosMax)
                    await missing.StartAgainAsync();
                else
                    await cluster.AddSiloAsync();
                break;
        }
    }
}
