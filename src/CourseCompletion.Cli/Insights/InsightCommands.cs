using System.CommandLine;
using CourseCompletion.Cli.Connections;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Insights;

/// <summary><c>course insights</c> and <c>course video</c>.</summary>
internal static class InsightCommands
{
    public static IEnumerable<Command> Create() => [Insights(), Video()];

    private static Command Insights()
    {
        var course = CourseArgument();
        var fixedOne = new Option<string>("--fixed") { Description = "Mark a finding as fixed first: from now on those who come after are compared with those before.", HelpName = "ID" };
        return ServerCommand.Make("insights", "Show what a course's team could change, what cost most completions first.", [course, fixedOne], async (channel, parsed, isJson, cancellationToken) =>
        {
            var courses = new CourseService.CourseServiceClient(channel);
            var id = parsed.GetRequiredValue(course);
            if (parsed.GetValue(fixedOne) is { } insight)
            {
                await courses.MarkInsightFixedAsync(new() { CourseId = id, InsightId = insight }, cancellationToken: cancellationToken);
            }

            InsightText.Write(Console.Out, await courses.GetInsightsAsync(new() { CourseId = id }, cancellationToken: cancellationToken), isJson);
            return CommandRun.Ok;
        });
    }

    private static Command Video()
    {
        var course = CourseArgument();
        var lesson = new Argument<string>("lesson-id") { Description = "The lesson." };
        return ServerCommand.Make("video", "Show where the viewers of a lesson's video stayed, looked again, paused and went back.", [course, lesson], async (channel, parsed, isJson, cancellationToken) =>
        {
            var request = new GetVideoEngagementRequest { CourseId = parsed.GetRequiredValue(course), LessonId = parsed.GetRequiredValue(lesson) };
            var answer = await new CourseService.CourseServiceClient(channel).GetVideoEngagementAsync(request, cancellationToken: cancellationToken);
            InsightText.Write(Console.Out, answer.Video, isJson);
            return CommandRun.Ok;
        });
    }

    private static Argument<string> CourseArgument() => new("course-id") { Description = "The course." };
}
