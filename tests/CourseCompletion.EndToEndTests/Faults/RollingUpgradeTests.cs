using Xunit;
using Xunit.Abstractions;

namespace CourseCompletion.EndToEndTests.Faults;

/// <summary>A cluster of an earlier build is replaced by this one, process by process, while events stream.</summary>
[Collection(FaultCollection.Name)]
public sealed class RollingUpgradeTests(ITestOutputHelper output)
{
    private static readonly TimeSpan _beside = TimeSpan.FromSeconds(10);

    private static readonly FaultPlan _plan = new("rolling-upgrade") { WaitMax = TimeSpan.FromSeconds(10), RecoveryMax = TimeSpan.FromMinutes(3), OnlyUnavailable = true };

    [EarlierBuildFact]
    public Task Upgrade_EachInTurn_BothServeAndNothingIsLost() => FaultRun.RepeatAsync(
        output, _plan, () => FaultCluster.StartAsync(new() { ProgramDirectory = EarlierBuildFactAttribute.Directory }), (cluster, run) =>
        EachInTurn.StopAndStartAsync(cluster, run, "upgrade", _beside, host => host.StartUpgradedAsync()));
}

/// <summary>Needs the program of an earlier build: <c>tests/upgrade.sh</c> makes it and sets <c>UPGRADE_FROM</c> to its directory.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EarlierBuildFactAttribute : FactAttribute
{
    public EarlierBuildFactAttribute() => Skip = Directory is null ? "Needs an earlier build: run tests/upgrade.sh." : Redis.RedisRequirement.SkipReason;

    /// <summary>Where the earlier build is; null when there is none.</summary>
    public static string? Directory { get; } = Environment.GetEnvironmentVariable("UPGRADE_FROM") is { Length: > 0 } directory ? directory : null;
}
