using System.CommandLine;
using CourseCompletion.Cli.Connections;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Interests;

/// <summary><c>learner correct</c>, <c>learner search</c> and <c>course topics</c>.</summary>
internal static class InterestCommands
{
    public static Command Correct()
    {
        var learner = new Argument<string>("learner-id") { Description = "The learner." };
        var topic = new Option<string>("--topic") { Description = "The topic.", HelpName = "TOPIC", Required = true };
        var verdict = new Option<string>("--verdict") { Description = "What the learner says of it.", Required = true };
        verdict.AcceptOnlyFromAmong("interested", "not-interested", "as-observed");
        return ServerCommand.Make("correct", "Note what a learner says about an interest: it holds, whatever is watched.", [learner, topic, verdict], async (channel, parsed, isJson, cancellationToken) =>
        {
            var request = new CorrectInterestRequest
            {
                LearnerId = parsed.GetRequiredValue(learner),
                Topic = parsed.GetRequiredValue(topic),
                Verdict = Enum.Parse<InterestVerdict>(parsed.GetRequiredValue(verdict).Replace("-", "", StringComparison.Ordinal), ignoreCase: true),
            };
            var answer = await new LearnerService.LearnerServiceClient(channel).CorrectInterestAsync(request, cancellationToken: cancellationToken);
            if (isJson)
            {
                Console.Out.WriteLine(ProtoText.Json(answer));
            }
            else
            {
                InterestText.Write(Console.Out, answer.Interests);
            }

            return CommandRun.Ok;
        });
    }

    public static Command Search()
    {
        var learner = new Argument<string>("learner-id") { Description = "The learner." };
        var query = new Option<string>("--query") { Description = "What was searched for.", HelpName = "QUERY", Required = true };
        return ServerCommand.Make("search", "Note what a learner searched for: it speaks for an interest.", [learner, query], async (channel, parsed, isJson, cancellationToken) =>
        {
            var request = new NoteSearchRequest { LearnerId = parsed.GetRequiredValue(learner), Query = parsed.GetRequiredValue(query) };
            var answer = await new LearnerService.LearnerServiceClient(channel).NoteSearchAsync(request, cancellationToken: cancellationToken);
            Console.Out.WriteLine(isJson ? ProtoText.Json(answer) : "noted");
            return CommandRun.Ok;
        });
    }

    public static Command Topics()
    {
        var course = new Argument<string>("course-id") { Description = "The course." };
        return ServerCommand.Make("topics", "Show what a course and its lessons are about, and what learners write about more than they used to.", [course], async (channel, parsed, isJson, cancellationToken) =>
        {
            var request = new GetTopicsRequest { CourseId = parsed.GetRequiredValue(course) };
            var answer = await new CourseService.CourseServiceClient(channel).GetTopicsAsync(request, cancellationToken: cancellationToken);
            InterestText.Write(Console.Out, answer.Topics, isJson);
            return CommandRun.Ok;
        });
    }
}
