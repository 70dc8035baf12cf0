using System.Globalization;
using Grpc.Core;
using Xunit;
using Xunit.Abstractions;

namespace CourseCompletion.EndToEndTests.Faults;

/// <summary>How a run of a fault ended.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Verdict">What the checker found.</param>
/// <param name="Usual">What 99 of 100 events waited at most in the seconds before the fault.</param>
/// <param name="Recovery">How long after the fault the last event was acknowledged that had waited for more than a second.</param>
/// <param name="Worst">The longest wait of a learner.</param>
/// <param name="LargestMemoryBytes">The largest resident memory of a process.</param>
/// <param name="BrokenBy">The statuses with which streams broke, each as often as it came.</param>
/// <param name="Bugs">Watches that ended as a bug of the server's.</param>
internal sealed record FaultReport(int Seed, HistoryVerdict Verdict, TimeSpan Usual, TimeSpan Recovery, Waited Worst, long LargestMemoryBytes, IReadOnlyList<StatusCode> BrokenBy, IReadOnlyList<string> Bugs)
{
    // On a machine that is too busy for the load alone, times say nothing of the fault.
    private static readonly TimeSpan _usualMax = TimeSpan.FromSeconds(1);

    /// <summary>Prints the row of a run and asserts what its plan promises.</summary>
    public void Conclude(ITestOutputHelper output, FaultPlan plan)
    {
        var fault = Fault(plan);
        PrintRow(output, plan, Seed, Usual, Recovery, Worst.For, Verdict.Acknowledged, LargestMemoryBytes, fault is not null ? $"**{fault}**" : IsTooBusy ? "held; the machine was too busy to judge times" : "held");
        Assert.Null(fault);
    }

    public static void Fail(ITestOutputHelper output, FaultPlan plan, int seed, Exception exception)
    {
        if (exception is not Xunit.Sdk.NullException)
            PrintRow(output, plan, seed, null, null, null, null, null, $"**{exception.Message.Split('\n')[0].Trim()}**");
    }

    public static void Print(ITestOutputHelper output, string line)
    {
        output.WriteLine(line);
        if (FaultSettings.Directory is { } directory)
            File.AppendAllText(Path.Combine(directory, "log.txt"), line + Environment.NewLine);
    }

    private bool IsTooBusy => Usual > _usualMax;

    private string? Fault(FaultPlan plan)
    {
        var streams = BrokenBy.Where(status => status is not (StatusCode.Unavailable or StatusCode.OK or StatusCode.Cancelled)).Distinct().ToArray();
        return Verdict.Rejected > 0 && !plan.MayEndOtherwise ? $"{Verdict.Rejected} events were rejected"
            : Verdict.Unknown > 0 && !plan.MayEndOtherwise ? $"{Verdict.Unknown} events were given up"
            : Bugs.Count > 0 ? Bugs[0]
            : plan.OnlyUnavailable && streams.Length > 0 ? $"streams broke with {string.Join(", ", streams)}"
            : LargestMemoryBytes > plan.MemoryBytesMax ? "too much memory"
            : !FaultSettings.IsFull || IsTooBusy ? null
            : Recovery > plan.RecoveryMax ? $"recovered later than {plan.RecoveryMax.TotalSeconds:0} s"
            : Worst.For > plan.WaitMax ? $"{Worst.Learner} waited longer than {plan.WaitMax.TotalSeconds:0} s"
            : null;
    }

    private static void PrintRow(ITestOutputHelper output, FaultPlan plan, int seed, TimeSpan? usual, TimeSpan? recovery, TimeSpan? worst, int? acknowledged, long? memoryBytes, string result)
    {
        var row = string.Create(
            CultureInfo.InvariantCulture,
            $"| {plan.Name} | {seed} | {usual?.TotalSeconds:0.0} | {recovery?.TotalSeconds:0.0} | {worst?.TotalSeconds:0.0} | {acknowledged:N0} | {memoryBytes >> 20:N0} | {result} |");
        output.WriteLine(row);
        if (FaultSettings.Directory is { } directory)
            File.AppendAllText(Path.Combine(directory, "table.md"), row + Environment.NewLine);
    }
}
