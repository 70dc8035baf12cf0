using System.Globalization;
using CourseCompletion.EndToEndTests.Redis;
using Xunit;

namespace CourseCompletion.EndToEndTests.Faults;

/// <summary>How much of the fault suite runs. <c>tests/faults.sh</c> sets all of it.</summary>
internal static class FaultSettings
{
    /// <summary><c>FAULTS=full</c>: also the long faults, and limits on times are asserted.</summary>
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("FAULTS") == "full";

    /// <summary><c>FAULT_ROUNDS</c>: how often each fault is run, each time with the next seed.</summary>
    public static int Rounds { get; } = Number("FAULT_ROUNDS", 1);

    /// <summary><c>FAULT_SEED</c>: the seed of the first round.</summary>
    public static int Seed { get; } = Number("FAULT_SEED", Random.Shared.Next(1_000_000));

    /// <summary><c>FAULT_EVENTS</c>: events of the longest run, with silos added, removed and killed.</summary>
    public static int Events { get; } = Number("FAULT_EVENTS", 2_000_000);

    /// <summary><c>FAULT_DIRECTORY</c>: where histories and the table of results are kept; null to keep nothing.</summary>
    public static string? Directory { get; } = Environment.GetEnvironmentVariable("FAULT_DIRECTORY") is { Length: > 0 } directory ? directory : null;

    /// <summary><c>FAULT_SERVER</c>: the directory of the published server that the faults are done to; null for the one beside the tests.</summary>
    public static string? ProgramDirectory { get; } = Environment.GetEnvironmentVariable("FAULT_SERVER") is { Length: > 0 } directory ? directory : null;

    private static int Number(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}

/// <summary>A fault that takes long: it runs with <c>FAULTS=full</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LongFaultAttribute : FactAttribute
{
    public LongFaultAttribute(bool needsRedis = true, bool needsRoot = false) => Skip =
        !FaultSettings.IsFull ? "A long fault: run tests/faults.sh, or set FAULTS=full."
        : needsRoot && !(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess) ? "Needs Linux and root: it makes network namespaces or mounts a file system."
        : needsRedis ? RedisRequirement.SkipReason
        : null;
}

/// <summary>Faults run one after the other and beside nothing else, so that what they measure is theirs.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FaultCollection
{
    public const string Name = "Faults";
}
