using System.CommandLine;
using CourseCompletion.Cli.Connections;
using CourseCompletion.Cli.Delivery;
using CourseCompletion.Cli.Engagement;
using CourseCompletion.Cli.Replay.KddLog;
using CourseCompletion.Cli.Replay.Neutral;
using CourseCompletion.Cli.Replay.Oulad;
using CourseCompletion.Client;
using Spectre.Console;

namespace CourseCompletion.Cli.Replay;

/// <summary><c>replay</c>: streams files through the gateway in event-time order.</summary>
internal static class ReplayCommand
{
    private const long Mebibyte = 1024 * 1024;

    public static Command Create()
    {
        var format = new Option<string>("--format") { Description = "The files' layout.", HelpName = "neutral|oulad|kddlog", DefaultValueFactory = _ => "neutral" };
        format.AcceptOnlyFromAmong("neutral", "oulad", "kddlog");
        var data = new Option<string>("--data") { Description = "The file, or the directory of files; gzip is read too.", HelpName = "PATH", Required = true };
        var enrolments = new Option<FileInfo?>("--enrollments") { Description = "kddlog: a file enrollment_id,username,course_id.", HelpName = "FILE" };
        var course = new Option<string?>("--course") { Description = "kddlog: the course of what --enrollments does not name. oulad: the only one to read, such as AAA-2013J.", HelpName = "ID" };
        var target = TargetOption.Create();
        var speed = PaceOption.Create();
        var state = new Option<FileInfo?>("--state") { Description = "Remember the position in this file: after Ctrl+C or a crash the same command goes on.", HelpName = "FILE" };
        var batch = WholeNumberOption.Create("--batch", "Events a batch.", 500, max: EngagementClientOptions.BatchEventsLimit);
        var memory = WholeNumberOption.Create("--memory", "How many MiB of events to sort in memory; more goes through temporary files.", 512);
        var sorted = new Option<bool>("--sorted") { Description = "Trust the input to be in event-time order: send while reading." };
        var json = new Option<bool>("--json") { Description = "Write the summary as JSON." };
        var command = new Command("replay", "Stream files through the gateway in event-time order.")
        {
            format, data, enrolments, course, target, speed, state, batch, memory, sorted, json,
        };
        command.SetAction((parsed, cancellationToken) => CommandRun.GuardAsync(() =>
        {
            var path = parsed.GetRequiredValue(data);
            if (!File.Exists(path) && !Directory.Exists(path))
            {
                throw new DataFormatException($"--data {path} does not exist.");
            }

            IReplayLayout layout = parsed.GetValue(format) switch
            {
                "oulad" => new OuladLayout(path, parsed.GetValue(course)),
                "kddlog" => new KddLogLayout(path, parsed.GetValue(enrolments)?.FullName, parsed.GetValue(course)),
                _ => new NeutralLayout(path),
            };
            var options = new ReplayOptions(
                parsed.GetRequiredValue(target),
                parsed.GetValue(speed),
                parsed.GetValue(batch),
                parsed.GetValue(state)?.FullName,
                parsed.GetValue(memory) * Mebibyte,
                parsed.GetValue(sorted),
                parsed.GetValue(json));
            var name = ReplayState.NameInput(
                parsed.GetRequiredValue(format), layout.Files, $"course={parsed.GetValue(course)}", $"sorted={parsed.GetValue(sorted)}");
            var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
            return new ReplayRun(layout, name, options, options.IsJson ? console : AnsiConsole.Console).RunAsync(cancellationToken);
        }));
        return command;
    }
}
