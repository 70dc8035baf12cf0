using Xunit;
using Xunit.Abstractions;

namespace CourseCompletion.EndToEndTests.Faults;

/// <summary>Every silo and every gateway is stopped with SIGTERM and started again, one after the other, while events stream.</summary>
[Collection(FaultCollection.Name)]
public sealed class RollingRestartTests(ITestOutputHelper output)
{
    private static readonly TimeSpan _between = TimeSpan.FromSeconds(5);

    private static readonly FaultPlan _plan = new("rolling-restart") { WaitMax = TimeSpan.FromSeconds(2), RecoveryMax = TimeSpan.FromMinutes(3), OnlyUnavailable = true };

    [LongFault]
    public Task Restart_EachInTurn_NobodyWaitsLong() => FaultRun.RepeatAsync(output, _plan, () => FaultCluster.StartAsync(new()), (cluster, run) =>
        EachInTurn.StopAndStartAsync(cluster, run, "restart", _between, host => host.StartAgainAsync()));
}
