using System.CommandLine;
using CourseCompletion.Cli.Connections;

namespace CourseCompletion.Cli.Demo;

/// <summary><c>demo</c>: the real server with a simulated class.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "Where the server keeps its data; run again, the class goes on.", HelpName = "DIRECTORY", DefaultValueFactory = _ => new("data/demo") };
        var learners = WholeNumberOption.Create("--learners", "How many learners.", 2_000);
        var courses = WholeNumberOption.Create("--courses", "How many courses.", 3);
        var days = WholeNumberOption.Create("--days", "How many days of history.", 28);
        var seed = WholeNumberOption.Create("--seed", "The seed of the class.", 1, min: 0);
        var speed = WholeNumberOption.Create("--live-speed", "How many times as fast as real time the class lives after its history; at 2880 a day takes 30 s.", 2_880);
        var duration = WholeNumberOption.Create("--duration", "End this many seconds after the history was sent; 0 stays until Ctrl+C.", 0, min: 0);
        var grpc = WholeNumberOption.Create("--grpc-port", "The gRPC port; 0 takes any free one.", 5080, min: 0, max: 65_535);
        var http = WholeNumberOption.Create("--http-port", "The HTTP port; 0 takes any free one.", 5081, min: 0, max: 65_535);
        var command = new Command("demo", "Start the real server in a data directory, stream a simulated class, and watch it live.")
        {
            data, learners, courses, days, seed, speed, duration, grpc, http,
        };
        command.SetAction((parsed, cancellationToken) => CommandRun.GuardAsync(() => new DemoRun(new(
            parsed.GetRequiredValue(data).FullName,
            parsed.GetValue(learners),
            parsed.GetValue(courses),
            parsed.GetValue(days),
            (ulong)parsed.GetValue(seed),
            parsed.GetValue(speed),
            parsed.GetValue(duration) is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null,
            parsed.GetValue(grpc),
            parsed.GetValue(http))).RunAsync(cancellationToken)));
        return command;
    }
}
