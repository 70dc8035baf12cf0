using Xunit;
using Xunit.Abstractions;

namespace CourseCompletion.EndToEndTests.Faults;

/// <summary>One of three silos is stopped with SIGSTOP: its connections stay open, and it answers nothing, until it goes on and learns that it is not one of the cluster any more.</summary>
[Collection(FaultCollection.Name)]
public sealed class HungSiloTests(ITestOutputHelper output)
{
    [LongFault]
    public Task Hang_TenSeconds_LosesAndRepeatsNothing() => HangAsync(10);

    [LongFault]
    public Task Hang_ThirtySeconds_LosesAndRepeatsNothing() => HangAsync(30);

    [LongFault]
    public Task Hang_NinetySeconds_LosesAndRepeatsNothing() => HangAsync(90);

    private Task HangAsync(int seconds) => FaultRun.RepeatAsync(output, PlanOf(seconds), () => FaultCluster.StartAsync(new()), async (cluster, run) =>
    {
        var hung = cluster.Silos[run.Random.Next(3)];
        run.Begins($"SIGSTOP of a silo for {seconds} s");
        await hung.PauseAsync();
        await FaultRun.LastsAsync(TimeSpan.FromSeconds(seconds));
        await hung.ResumeAsync();
        await run.GoOnAsync(TimeSpan.FromSeconds(15));

        // It may have ended by itself, as it should when the others declared it dead, or have come through.
        if (!hung.IsRunning)
            await hung.StartAgainAsync();
        await run.GoOnAsync(TimeSpan.FromSeconds(5));
    });

    // It counts from the beginning: the others go on without the silo.
    private static FaultPlan PlanOf(int seconds) => new($"hung-silo-{seconds}s") { WaitMax = TimeSpan.FromSeconds(15), RecoveryMax = TimeSpan.FromSeconds(20 + seconds) };
}
