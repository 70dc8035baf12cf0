using System.Globalization;
using System.Text.Json;
using CourseCompletion.Client;
using CourseCompletion.Datasets;
using CourseCompletion.EndToEndTests.Hosts;
using CourseCompletion.Protocol.V1;
using Xunit;

namespace CourseCompletion.EndToEndTests.Replay;

/// <summary>The real command against a real server with the beginning of a published log: interrupted, resumed, and once more from the beginning.</summary>
public sealed class DatasetReplayTests
{
    private const string KddLog = "kddcup2015/raw_log_sample.csv.gz";
    private const string Course = "kdd-sample";
    private const int Lines = 4_000;
    private const int Interrupted = 130;

    // The slice is spread over this time in the first run, which is interrupted in its middle.
    private static readonly TimeSpan _firstRun = TimeSpan.FromSeconds(200);
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(60);

    [DatasetFact(KddLog)]
    public async Task Replay_InterruptedResumedAndRepeated_CountsEveryEventOnce()
    {
        using var files = new TemporaryDirectory();
        var rows = Dataset.Rows(KddLog).Take(Lines).ToList();
        var log = Path.Combine(files.Path, "log.csv");
        await File.WriteAllLinesAsync(log, rows.Select(row => string.Join(',', row)).Prepend("enrollment_id,time,source,event,object"));
        var state = Path.Combine(files.Path, "made-by-the-command", "state.json");
        await using var host = await HostProcess.StartAsync();

        var first = await InterruptAsync(host, log, state, SpeedOf(rows));
        var resumed = await ReplayAsync(host, log, "--state", state);
        var repeated = await ReplayAsync(host, log);

        Assert.True(first.GetProperty("interrupted").GetBoolean());
        Assert.InRange(Count(first, "accepted"), 1, rows.Count - 1);
        Assert.InRange(Count(resumed, "resumed_at"), 1, rows.Count - 1);
        Assert.Equal(rows.Count, Count(resumed, "resumed_at") + Count(resumed, "sent"));
        Assert.Equal(rows.Count, Count(first, "accepted") + Count(resumed, "accepted"));
        Assert.Equal((rows.Count, 0, rows.Count, 0), (Count(repeated, "sent"), Count(repeated, "accepted"), Count(repeated, "duplicate"), Count(repeated, "rejected")));
        foreach (var summary in (JsonElement[])[first, resumed, repeated])
        {
            Assert.Equal(Count(summary, "sent"), Count(summary, "accepted") + Count(summary, "duplicate") + Count(summary, "unknown"));
            Assert.Equal((0, 0), (Count(summary, "rejected"), Count(summary, "malformed_rows")));
        }

        await HasLearnersAsync(host, rows.DistinctBy(row => row[0]).Count());
    }

    private static async Task<JsonElement> InterruptAsync(HostProcess host, string log, string state, double speed)
    {
        await using var replay = Start(host, log, "--state", state, "--speed", speed.ToString(CultureInfo.InvariantCulture), "--batch", "10");
        await Eventually.HoldsAsync("a part of the log is acknowledged", _deadline, () => Task.FromResult(
            replay.HasExited ? throw new InvalidOperationException(replay.Describe())
            : !File.Exists(state) ? "there is no state"
            : JsonDocument.Parse(File.ReadAllText(state)).RootElement.GetProperty("Position").GetInt64() < Lines / 64 ? "too little is acknowledged"
            : null));
        await replay.InterruptAsync();

        Assert.True(await replay.ExitCodeAsync(_deadline) == Interrupted, replay.Describe());
        return JsonDocument.Parse(replay.Output).RootElement;
    }

    private static async Task<JsonElement> ReplayAsync(HostProcess host, string log, params string[] options)
    {
        await using var replay = Start(host, log, options);

        Assert.True(await replay.ExitCodeAsync(_deadline) == 0, replay.Describe());
        return JsonDocument.Parse(replay.Output).RootElement;
    }

    private static ChildProcess Start(HostProcess host, string log, params string[] options) => ChildProcess.StartDotnet(
        "CourseCompletion.Cli",
        ["replay", "--format", "kddlog", "--data", log, "--course", Course, "--target", host.Grpc.GetLeftPart(UriPartial.Authority), "--json", .. options]);

    private static async Task HasLearnersAsync(HostProcess host, int learners)
    {
        using var channel = EngagementChannel.Open(host.Grpc);
        var courses = new CourseService.CourseServiceClient(channel);
        await Eventually.HoldsAsync("the course has every learner", _deadline, async () =>
        {
            var engagement = (await courses.GetEngagementAsync(new() { CourseId = Course })).Engagement;
            return engagement.Enrolled == learners ? null : $"{engagement.Enrolled} of {learners} are enrolled";
        });
    }

    private static double SpeedOf(List<string[]> rows)
    {
        var times = rows.ConvertAll(row => DateTime.ParseExact(row[1], "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        return (times.Max() - times.Min()) / _firstRun;
    }

    private static long Count(JsonElement summary, string name) => summary.GetProperty(name).GetInt64();
}
