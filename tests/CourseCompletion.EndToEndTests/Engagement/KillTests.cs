using System.Globalization;
using CourseCompletion.EndToEndTests.Hosts;
using CourseCompletion.EndToEndTests.Redis;
using Xunit;
using Xunit.Abstractions;

namespace CourseCompletion.EndToEndTests.Engagement;

/// <summary>No acknowledged event is lost and none is counted twice when the host is killed with kill -9 in the middle of a stream.</summary>
/// <remarks>
/// <c>tests/kill-runs.sh</c> repeats them. Environment: <c>KILL_RUNS</c> (1), <c>KILL_SEED</c> of the first run (random), <c>KILL_EVENTS</c> (200000),
/// <c>KILL_LOG</c>, a file for the line of each run.
/// </remarks>
public sealed class KillTests(ITestOutputHelper output)
{
    private static readonly int _runs = Setting("KILL_RUNS", 1);
    private static readonly int _events = Setting("KILL_EVENTS", 200_000);

    [Fact]
    public Task Kill_EmbeddedStoreMidStream_LosesAndRepeatsNothing() => RepeatAsync("embedded store", () => HostProcess.StartAsync());

    [RedisFact]
    public async Task Kill_RedisMidStream_LosesAndRepeatsNothing()
    {
        await using var redis = await RedisServer.StartAsync();
        var run = 0;
        await RepeatAsync("redis", () => HostProcess.StartAsync("--redis", redis.ConnectionString, "--Cluster:ServiceId", $"kill{++run}", "--Cluster:ClusterId", $"kill{run}"));
    }

    private async Task RepeatAsync(string store, Func<Task<HostProcess>> startAsync)
    {
        var firstSeed = Setting("KILL_SEED", Random.Shared.Next(1_000_000));
        var reports = new List<KillReport>();
        for (var run = 1; run <= _runs; run++)
        {
            var seed = firstSeed + run - 1;
            Print($"{store}: run {run} begins with seed {seed}");
            await using var host = await startAsync();
            try
            {
                reports.Add(await new KillRun(host, seed, _events).RunAsync());
            }
            catch
            {
                Print($"{store}: run {run} seed {seed} failed; the host: {host.Describe()}");
                throw;
            }

            Print($"{store}: {reports[^1].Line(run)}");
        }

        Print($"{store}: {reports.Count} runs, {reports.Sum(report => report.Acknowledged)} acknowledged, {reports.Sum(report => report.Missing)} missing, "
            + $"{reports.Sum(report => report.CountedTwice)} counted twice");
        Assert.All(reports, report => Assert.Equal(
            (_events, 0, 0, 0),
            (report.Acknowledged, report.Rejected, report.Missing, report.CountedTwice)));
    }

    private void Print(string line)
    {
        output.WriteLine(line);
        if (Environment.GetEnvironmentVariable("KILL_LOG") is { Length: > 0 } log)
            File.AppendAllText(log, line + Environment.NewLine);
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
