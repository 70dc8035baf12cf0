using System.CommandLine;
using System.Globalization;
using CourseCompletion.Cli.Connections;
using CourseCompletion.Cli.Delivery;
using CourseCompletion.Cli.Engagement;
using Spectre.Console;

namespace CourseCompletion.Cli.Simulate;

/// <summary><c>simulate</c>: a class with known truth, as files or streamed to a server.</summary>
internal static class SimulateCommand
{
    // A Monday. Fixed, so that the same seed gives the same class whenever it is made.
    private const string StartDefault = "2025-09-01";
    private const string Now = "now";

    public static Command Create()
    {
        var learners = WholeNumberOption.Create("--learners", "How many learners.", 2_000);
        var days = WholeNumberOption.Create("--days", "How many days of events.", 28);
        var courseDays = WholeNumberOption.Create("--course-days", "How many days the courses last; 0 means as many as --days.", 0, min: 0);
        var courses = WholeNumberOption.Create("--courses", "How many courses.", 1);
        var seed = new Option<ulong>("--seed") { Description = "The seed: the same one gives the same class.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var start = new Option<string>("--start")
        {
            Description = "The first day. 'now' makes --days days that end today; with --target, what is past goes at once and the rest of today as it happens.",
            HelpName = "DATE|now",
            DefaultValueFactory = _ => StartDefault,
        };
        var prefix = new Option<string>("--prefix") { Description = "What the ids of learners and courses begin with.", DefaultValueFactory = _ => "" };
        var output = new Option<DirectoryInfo?>("--out") { Description = "Write events.csv, outcomes.csv, truth.csv and courses.json to this directory.", HelpName = "DIRECTORY" };
        var gzip = new Option<bool>("--gzip") { Description = "Write events.csv.gz." };
        var target = TargetOption.CreateOptional();
        var speed = PaceOption.Create();
        var json = new Option<bool>("--json") { Description = "Write the summary of a stream as JSON." };
        var command = new Command("simulate", "Make a class of learners with known truth, as files (--out) or streamed to a server (--target).")
        {
            learners, days, courseDays, courses, seed, start, prefix, output, gzip, target, speed, json,
        };
        command.Validators.Add(result =>
        {
            if ((result.GetResult(output) is null) == (result.GetResult(target) is null))
            {
                result.AddError("Give either --out DIRECTORY or --target ADDRESS.");
            }

            if (result.GetValue(start) == Now && result.GetResult(speed) is { Implicit: false })
            {
                result.AddError($"--start {Now} streams as fast as time passes: leave out --speed.");
            }
        });
        command.SetAction((parsed, cancellationToken) => CommandRun.GuardAsync(async () =>
        {
            var observed = parsed.GetValue(days);
            var options = new ClassOptions(
                parsed.GetValue(seed),
                parsed.GetValue(learners),
                parsed.GetValue(courses),
                FirstDay(parsed.GetRequiredValue(start), observed),
                parsed.GetValue(courseDays) is > 0 and var length ? length : observed,
                parsed.GetValue(prefix) ?? "");
            var simulated = new SimulatedClass(options);
            if (parsed.GetValue(target) is { } server)
            {
                var isLive = parsed.GetValue(start) == Now;
                var isJson = parsed.GetValue(json);
                var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
                var stream = new SimulationStream(
                    server,
                    isLive ? Pace.RealTime : parsed.GetValue(speed),
                    isLive ? TimeProvider.System : null,
                    isJson ? console : AnsiConsole.Console,
                    isJson);
                return await stream.RunAsync(simulated, observed, cancellationToken);
            }

            var directory = parsed.GetValue(output)!.FullName;
            var count = SimulationFiles.Write(simulated, directory, observed, parsed.GetValue(gzip), cancellationToken);
            var completed = simulated.Lives.Count(life => life.HasCompleted);
            Console.Out.WriteLine(
                $"{count:N0} events of {options.Learners:N0} learners in {simulated.Lives.Count:N0} enrolments; {completed:N0} of these complete. In {directory}.");
            return CommandRun.Ok;
        }));
        return command;
    }

    private static DateTime FirstDay(string text, int days)
    {
        if (text == Now)
        {
            return TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(1 - days);
        }

        return DateTime.TryParseExact(
            text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date)
            ? date
            : throw new DataFormatException($"--start '{text}' is neither a day such as {StartDefault} nor '{Now}'.");
    }
}
