using System.CommandLine;
using CourseCompletion.Cli.Connections;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Recommendations;

/// <summary><c>recommend</c>: shows what a learner may take next, and says what it is not to be.</summary>
internal static class RecommendCommand
{
    public static Command Create()
    {
        var learner = new Option<string>("--learner") { Description = "The learner.", HelpName = "ID", Required = true };
        var limit = WholeNumberOption.Create("--limit", "How many courses at most.", 10, 1, 50);
        var dismiss = new Option<string?>("--dismiss") { Description = "Have this course recommended no more first.", HelpName = "COURSE" };
        var known = new Option<bool>("--known") { Description = "With --dismiss: because the learner knows what it teaches." };
        var restore = new Option<string?>("--restore") { Description = "Have this course recommended again first.", HelpName = "COURSE" };
        return ServerCommand.Make("recommend", "Show which courses a learner may take next, and why.", [learner, limit, dismiss, known, restore], async (channel, parsed, isJson, cancellationToken) =>
        {
            var learners = new LearnerService.LearnerServiceClient(channel);
            var id = parsed.GetRequiredValue(learner);
            if (parsed.GetValue(dismiss) is { } unwanted)
            {
                var reason = parsed.GetValue(known) ? DismissalReason.AlreadyKnown : DismissalReason.Dismissed;
                await learners.DismissRecommendationAsync(new() { LearnerId = id, CourseId = unwanted, Reason = reason }, cancellationToken: cancellationToken);
            }

            if (parsed.GetValue(restore) is { } wanted)
            {
                await learners.DismissRecommendationAsync(new() { LearnerId = id, CourseId = wanted, Restore = true }, cancellationToken: cancellationToken);
            }

            var answer = await learners.RecommendCoursesAsync(new() { LearnerId = id, Limit = parsed.GetValue(limit) }, cancellationToken: cancellationToken);
            RecommendText.Write(Console.Out, id, answer, isJson);
            return CommandRun.Ok;
        });
    }
}
