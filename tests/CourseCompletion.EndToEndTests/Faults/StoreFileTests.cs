using CourseCompletion.EndToEndTests.Hosts;
using Xunit;
using Xunit.Abstractions;

namespace CourseCompletion.EndToEndTests.Faults;

/// <summary>The embedded store's file is truncated, zeroed, deleted, rolled back or has a bit flipped while its host is down: the host says so, and goes on once the file is put back.</summary>
/// <remarks>What the store itself does with each damage is in SqliteDamageTests and SqliteWitnessTests; here the whole server is damaged in the middle of its work.</remarks>
[Collection(FaultCollection.Name)]
public sealed class StoreFileTests(ITestOutputHelper output)
{
    private const string StoreFile = "coursecompletion.db";
    private const int Flips = 12;
    private static readonly TimeSpan _stopDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _toolDeadline = TimeSpan.FromMinutes(2);

    [Fact]
    public Task Damage_WholeFile_IsRefusedUntilItIsPutBack() => FaultRun.RepeatAsync(output, PlanOf("store-file-damaged"), () => EmbeddedTarget.StartAsync(), async (target, run) =>
    {
        var (host, file) = (target.Host, Path.Combine(target.Host.DataDirectory, StoreFile));
        run.Begins("the host stops, and a copy of its store's file is kept");
        Assert.Equal(0, await host.StopAsync(_stopDeadline));
        var old = await File.ReadAllBytesAsync(file);
        await host.StartAgainAsync();
        await run.GoOnAsync(TimeSpan.FromSeconds(2));
        run.Begins("the store's file is damaged");
        Assert.Equal(0, await host.StopAsync(_stopDeadline));
        var whole = await File.ReadAllBytesAsync(file);
        foreach (var (damage, word) in new (Action, string)[]
        {
            (() => File.WriteAllBytes(file, whole[..(whole.Length / 2)]), "damaged"),
            (() => File.WriteAllBytes(file, new byte[whole.Length]), "damaged"),
            (() => File.Delete(file), "missing"),
            (() => File.WriteAllBytes(file, old), "older"),
        })
        {
            damage();
            var (code, errors) = await host.StartRefusedAsync();
            Assert.True(code == 1 && errors.Contains(word, StringComparison.OrdinalIgnoreCase), $"'{word}' was expected, exit code {code}: {errors}");
            Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        }

        await File.WriteAllBytesAsync(file, whole);
        await host.StartAgainAsync();
        run.Ends("the file is whole again");
        await run.GoOnAsync(TimeSpan.FromSeconds(2));
    });

    [LongFault(needsRedis: false)]
    public Task Damage_FlippedBits_AreFoundOrHarmless() => FaultRun.RepeatAsync(output, PlanOf("store-file-bit-flips"), () => EmbeddedTarget.StartAsync(), async (target, run) =>
    {
        var (host, file) = (target.Host, Path.Combine(target.Host.DataDirectory, StoreFile));
        run.Begins("bits of the store's file are flipped");
        Assert.Equal(0, await host.StopAsync(_stopDeadline));
        using var exports = new TemporaryDirectory();
        var whole = await File.ReadAllBytesAsync(file);
        var exported = await ExportAsync(target, Path.Combine(exports.Path, "whole"));
        var found = 0;
        for (var flip = 0; flip < Flips; flip++)
        {
            var damaged = whole.ToArray();
            var (at, bit) = (run.Random.Next(damaged.Length), run.Random.Next(8));
            damaged[at] ^= (byte)(1 << bit);
            await File.WriteAllBytesAsync(file, damaged);
            await using var doctor = ChildProcess.StartDotnet("CourseCompletion.Cli", ["doctor", "--verify", "--data", host.DataDirectory]);
            if (await doctor.ExitCodeAsync(_toolDeadline) != 0)
                found++;
            else
                Assert.True(exported == await ExportAsync(target, Path.Combine(exports.Path, $"{flip}")), $"Bit {bit} of byte {at} changed what is exported, and nothing said so.");
        }

        FaultReport.Print(output, $"store-file-bit-flips: {found} of {Flips} were found, the others changed nothing");
        await File.WriteAllBytesAsync(file, whole);
        await host.StartAgainAsync();
        run.Ends("the file is whole again");
        await run.GoOnAsync(TimeSpan.FromSeconds(2));
    });

    private static async Task<string> ExportAsync(EmbeddedTarget target, string to)
    {
        await using var tool = ChildProcess.StartDotnet("CourseCompletion.Cli", ["export", .. target.StoreArguments, "--out", to]);
        Assert.True(await tool.ExitCodeAsync(_toolDeadline) == 0, tool.Describe());
        return await File.ReadAllTextAsync(Path.Combine(to, "events.csv"));
    }

    private static FaultPlan PlanOf(string name) => new(name)
    {
        Workload = new() { Learners = 500, EventsPerSecond = 500 },
        EventsBefore = 3_000,
        WaitMax = TimeSpan.FromMinutes(3),
        RecoveryMax = TimeSpan.FromSeconds(60),
    };
}
