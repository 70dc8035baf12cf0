using System.Globalization;
using System.Text.RegularExpressions;
using CourseCompletion.Client;
using CourseCompletion.EndToEndTests.Hosts;
using Xunit;

namespace CourseCompletion.EndToEndTests.Demo;

/// <summary>The first command that a newcomer runs.</summary>
public sealed partial class DemoTests
{
    // In one second of the live part more than five hours pass, so that its events do not depend on the time of day.
    private const string LiveSpeed = "20000";

    [Fact]
    public async Task Demo_SmallClass_StreamsAndSaysHowToConnect()
    {
        using var data = new TemporaryDirectory();
        await using var demo = ChildProcess.StartDotnet(
            "CourseCompletion.Cli",
            [
                "demo", "--data", data.Path, "--learners", "40", "--courses", "2", "--days", "5", "--live-speed", LiveSpeed, "--duration", "6",
                "--grpc-port", "0", "--http-port", "0",
            ],
            "The server listens: ");

        var listens = await demo.AwaitedLineAsync(TimeSpan.FromSeconds(60));
        await AnswersAsync(demo, listens);
        var exitCode = await demo.ExitCodeAsync(TimeSpan.FromSeconds(90));

        Assert.True(exitCode == 0, demo.Describe());
        Assert.Contains("The server listens: gRPC http://127.0.0.1:", demo.Output, StringComparison.Ordinal);
        Assert.Matches(@"live, .*: [1-9][0-9,.]* events acknowledged", demo.Output);
        Assert.DoesNotContain("   at ", demo.Errors, StringComparison.Ordinal);
        var lines = Lines().Matches(demo.Output);
        var history = lines.Last(line => line.Groups["phase"].Value == "history");
        var live = lines.Last(line => line.Groups["phase"].Value == "live");
        Assert.True(Number(live, "events") > Number(history, "events"), $"Nothing happened live; {demo.Describe()}");
        Assert.InRange(Number(live, "percent"), 0.1, 99.9);
        Assert.NotEqual("", live.Groups["moved"].Value);
        Assert.Matches(@"(?m)^understood of course-1 \(.*statistics.*\): [1-9][0-9,]* texts, content [0-9.]+ %", demo.Output);
        Assert.Matches(@"(?m)^understood of learner-\S+: cares about \S.*; next clip \S.*; next course \S", demo.Output);
    }

    [Fact]
    public async Task Demo_SimulatedDays_SendsRemindersAndGoesOnWhenRunAgain()
    {
        using var data = new TemporaryDirectory();

        var first = await CampaignAsync(data.Path);
        var second = await CampaignAsync(data.Path);

        Assert.True(Number(first, "sent") > 0, first.Value);
        Assert.True(Number(second, "sent") > Number(first, "sent"), $"{first.Value} / {second.Value}");
        Assert.True(string.CompareOrdinal(second.Groups["day"].Value, first.Groups["day"].Value) > 0, $"{first.Value} / {second.Value}");
    }

    // The last line about the campaign after about two simulated days.
    private static async Task<Match> CampaignAsync(string data)
    {
        await using var demo = ChildProcess.StartDotnet(
            "CourseCompletion.Cli",
            [
                "demo", "--data", data, "--learners", "60", "--courses", "2", "--days", "10", "--live-speed", LiveSpeed, "--duration", "10",
                "--grpc-port", "0", "--http-port", "0",
            ],
            "The server listens: ");
        Assert.True(await demo.ExitCodeAsync(TimeSpan.FromSeconds(120)) == 0, demo.Describe());
        return Campaigns().Matches(demo.Output).LastOrDefault() ?? throw new InvalidOperationException($"No campaign is shown. {demo.Describe()}");
    }

    // What the guide tells a newcomer to try must work while the demo is up.
    private static async Task AnswersAsync(ChildProcess demo, string listens)
    {
        var deadline = TimeSpan.FromSeconds(60);
        using var channel = EngagementChannel.Open(new Uri(GrpcAddress().Match(listens).Groups[1].Value));
        var courses = new Protocol.V1.CourseService.CourseServiceClient(channel);
        using var http = new HttpClient();
        await Eventually.HoldsAsync("the guide's pages answer", deadline, async () =>
        {
            var pages = Pages().Matches(demo.Output).Select(page => new Uri(page.Groups[1].Value)).ToList();
            if (pages.Count < 2)
                return $"{pages.Count} pages are printed";

            foreach (var page in pages)
            {
                using var answer = await http.GetAsync(page);
                if (!answer.IsSuccessStatusCode)
                    return $"{page} answers {answer.StatusCode}";
            }

            var engagement = await courses.GetEngagementAsync(new() { CourseId = pages[0].Segments[3].TrimEnd('/') });
            return engagement.Engagement.Enrolled > 0 ? null : "gRPC answers that nobody is enrolled";
        });
    }

    private static double Number(Match line, string group) =>
        double.Parse(line.Groups[group].Value, NumberStyles.Number, CultureInfo.InvariantCulture);

    // The history may be over before the first numbers of the courses come.
    [GeneratedRegex(@"^(?<phase>history|live), .*: (?<events>[0-9,]+) events acknowledged, .* mean completion (?:(?<percent>[0-9.]+) %|-)(?<moved>, learner-.* -> .* %)?\r?$", RegexOptions.Multiline)]
    private static partial Regex Lines();

    [GeneratedRegex(@"^campaign, (?<day>[0-9-]+): .* (?<sent>[0-9,]+) sent in all, mean streak .*\r?$", RegexOptions.Multiline)]
    private static partial Regex Campaigns();

    [GeneratedRegex(@"curl (http://\S+)")]
    private static partial Regex Pages();

    [GeneratedRegex(@"gRPC (http://[^,]+),")]
    private static partial Regex GrpcAddress();
}
