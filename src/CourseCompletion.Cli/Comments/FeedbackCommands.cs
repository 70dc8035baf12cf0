using System.CommandLine;
using CourseCompletion.Cli.Connections;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Comments;

/// <summary><c>course feedback</c> and <c>course comments</c>.</summary>
internal static class FeedbackCommands
{
    public static IEnumerable<Command> Create() => [Feedback(), Comments()];

    private static Command Feedback()
    {
        var course = CourseArgument();
        return ServerCommand.Make("feedback", "Show what is said in a course: how content its learners are, with what, and where they are lost.", [course], async (channel, parsed, isJson, cancellationToken) =>
        {
            var answer = await new CommentService.CommentServiceClient(channel).GetFeedbackAsync(new() { CourseId = parsed.GetRequiredValue(course) }, cancellationToken: cancellationToken);
            FeedbackText.Write(Console.Out, answer.Feedback, isJson);
            return CommandRun.Ok;
        });
    }

    private static Command Comments()
    {
        var course = CourseArgument();
        var lesson = new Option<string>("--lesson") { Description = "Only those at this lesson.", HelpName = "LESSON" };
        var confused = new Option<bool>("--confused") { Description = "Only those whose authors likely do not understand something." };
        var reasons = new Option<bool>("--reasons") { Description = "The reasons that learners gave when they withdrew, instead of comments." };
        return ServerCommand.Make("comments", "Show the newest comment of each learner of a course, or the reason for leaving it.", [course, lesson, confused, reasons], async (channel, parsed, isJson, cancellationToken) =>
        {
            var request = new ListCommentsRequest
            {
                CourseId = parsed.GetRequiredValue(course),
                LessonId = parsed.GetValue(lesson) ?? "",
                ConfusedOnly = parsed.GetValue(confused),
                WithdrawalReasons = parsed.GetValue(reasons),
            };
            FeedbackText.Write(Console.Out, await new CommentService.CommentServiceClient(channel).ListCommentsAsync(request, cancellationToken: cancellationToken), isJson);
            return CommandRun.Ok;
        });
    }

    private static Argument<string> CourseArgument() => new("course-id") { Description = "The course." };
}
