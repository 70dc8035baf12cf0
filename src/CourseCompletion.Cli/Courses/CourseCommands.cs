using System.CommandLine;
using CourseCompletion.Cli.Comments;
using CourseCompletion.Cli.Connections;
using CourseCompletion.Cli.Insights;
using CourseCompletion.Cli.Interests;
using CourseCompletion.Client;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Courses;

/// <summary><c>course get|watch|index|upsert|insights|video|feedback|comments|topics</c>.</summary>
internal static class CourseCommands
{
    public static Command Create()
    {
        var command = new Command("course", "Define, read and watch courses.");
        command.Subcommands.Add(Get());
        command.Subcommands.Add(Watch());
        command.Subcommands.Add(Index());
        command.Subcommands.Add(Upsert());
        foreach (var subcommand in InsightCommands.Create().Concat(FeedbackCommands.Create()).Append(InterestCommands.Topics()))
        {
            command.Subcommands.Add(subcommand);
        }

        return command;
    }

    private static Command Get()
    {
        var (course, target, json) = Shared();
        var definition = new Option<bool>("--definition") { Description = "Show the definition instead of the live numbers." };
        var command = new Command("get", "Show a course's live numbers.") { course, definition, target, json };
        command.SetAction((parsed, cancellationToken) => CommandRun.GuardAsync(async () =>
        {
            using var channel = EngagementChannel.Open(parsed.GetRequiredValue(target));
            var courses = new CourseService.CourseServiceClient(channel);
            var id = parsed.GetRequiredValue(course);
            if (parsed.GetValue(definition))
            {
                var answer = await courses.GetCourseAsync(new() { CourseId = id }, cancellationToken: cancellationToken);
                CourseText.Write(Console.Out, answer.Course, parsed.GetValue(json));
                return CommandRun.Ok;
            }

            var numbers = await courses.GetEngagementAsync(new() { CourseId = id }, cancellationToken: cancellationToken);
            CourseText.Write(Console.Out, numbers.Engagement, parsed.GetValue(json));
            return CommandRun.Ok;
        }));
        return command;
    }

    private static Command Watch()
    {
        var (course, target, json) = Shared();
        var command = new Command("watch", "Show a course's live numbers as they change, until Ctrl+C.") { course, target, json };
        command.SetAction((parsed, cancellationToken) => CommandRun.GuardAsync(async () =>
        {
            using var channel = EngagementChannel.Open(parsed.GetRequiredValue(target));
            var courses = new CourseService.CourseServiceClient(channel);
            var request = new WatchEngagementRequest { CourseId = parsed.GetRequiredValue(course) };
            await WatchLoop.RunAsync(
                token => courses.WatchEngagement(request, cancellationToken: token),
                change =>
                {
                    request.ResumeToken = change.Engagement.Version;
                    CourseText.WriteLine(Console.Out, change.Engagement, parsed.GetValue(json));
                },
                cancellationToken);
            return CommandRun.Ok;
        }));
        return command;
    }

    private static Command Index()
    {
        var (course, target, json) = Shared();
        var command = new Command("index", "Show a course's C = f(R, I, P) in three layers.") { course, target, json };
        command.SetAction((parsed, cancellationToken) => CommandRun.GuardAsync(async () =>
        {
            using var channel = EngagementChannel.Open(parsed.GetRequiredValue(target));
            var courses = new CourseService.CourseServiceClient(channel);
            var answer = await courses.GetCompletionIndexAsync(new() { CourseId = parsed.GetRequiredValue(course) }, cancellationToken: cancellationToken);
            CourseText.Write(Console.Out, answer.CompletionIndex, parsed.GetValue(json));
            return CommandRun.Ok;
        }));
        return command;
    }

    private static Command Upsert()
    {
        var file = new Option<FileInfo>("--file") { Description = "A course, or a list of courses, as JSON.", HelpName = "FILE", Required = true };
        var target = TargetOption.Create();
        var json = new Option<bool>("--json") { Description = "Write JSON, an answer a line." };
        var command = new Command("upsert", "Define courses, or replace their definitions.") { file, target, json };
        command.SetAction((parsed, cancellationToken) => CommandRun.GuardAsync(async () =>
        {
            using var channel = EngagementChannel.Open(parsed.GetRequiredValue(target));
            var courses = new CourseService.CourseServiceClient(channel);
            foreach (var course in CourseFile.Read(parsed.GetRequiredValue(file).FullName))
            {
                var answer = await courses.UpsertCourseAsync(new() { Course = course }, cancellationToken: cancellationToken);
                if (parsed.GetValue(json))
                {
                    Console.Out.WriteLine(ProtoText.Json(answer.Course));
                }
                else
                {
                    Console.Out.WriteLine($"{answer.Course.CourseId}: version {answer.Course.Version}, {answer.Course.Lessons.Count} lessons");
                }
            }

            return CommandRun.Ok;
        }));
        return command;
    }

    private static (Argument<string> Course, Option<Uri> Target, Option<bool> Json) Shared() =>
        (new("course-id") { Description = "The course." }, TargetOption.Create(), new("--json") { Description = "Write JSON, an answer a line." });
}
