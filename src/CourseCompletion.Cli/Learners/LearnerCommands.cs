using System.CommandLine;
using CourseCompletion.Cli.Connections;
using CourseCompletion.Cli.Interests;
using CourseCompletion.Cli.Recommendations;
using CourseCompletion.Client;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Learners;

/// <summary><c>learner get|clips|watch|reset-watermark|correct</c>.</summary>
internal static class LearnerCommands
{
    public static Command Create()
    {
        var command = new Command("learner", "Read, watch and repair one learner.");
        command.Subcommands.Add(Get());
        command.Subcommands.Add(Clips());
        command.Subcommands.Add(Watch());
        command.Subcommands.Add(ResetWatermark());
        command.Subcommands.Add(InterestCommands.Correct());
        command.Subcommands.Add(InterestCommands.Search());
        return command;
    }

    private static Command Get()
    {
        var (learner, target, json) = Shared();
        var course = new Option<string?>("--course") { Description = "Show everything of this one enrolment.", HelpName = "ID" };
        var features = new Option<bool>("--features") { Description = "With --course: show the feature vector too." };
        var command = new Command("get", "Show a learner's profile, or one enrolment.") { learner, course, features, target, json };
        command.SetAction((parsed, cancellationToken) => CommandRun.GuardAsync(async () =>
        {
            using var channel = EngagementChannel.Open(parsed.GetRequiredValue(target));
            var learners = new LearnerService.LearnerServiceClient(channel);
            var id = parsed.GetRequiredValue(learner);
            if (parsed.GetValue(course) is { } courseId)
            {
                var request = new GetEnrolmentRequest { LearnerId = id, CourseId = courseId, IncludeFeatures = parsed.GetValue(features) };
                var enrolment = (await learners.GetEnrolmentAsync(request, cancellationToken: cancellationToken)).Enrolment;
                LearnerText.Write(Console.Out, enrolment, parsed.GetValue(json));
                return CommandRun.Ok;
            }

            var answer = await learners.GetLearnerAsync(new() { LearnerId = id }, cancellationToken: cancellationToken);
            LearnerText.Write(Console.Out, answer.Learner, parsed.GetValue(json));
            return CommandRun.Ok;
        }));
        return command;
    }

    private static Command Clips()
    {
        var learner = new Argument<string>("learner-id") { Description = "The learner." };
        var course = new Option<string>("--course") { Description = "The course.", HelpName = "ID", Required = true };
        var limit = WholeNumberOption.Create("--limit", "How many lessons.", 5, max: 20);
        return ServerCommand.Make("clips", "Show what a learner does best next in a course, and why.", [learner, course, limit], async (channel, parsed, isJson, cancellationToken) =>
        {
            var request = new NextClipsRequest { LearnerId = parsed.GetRequiredValue(learner), CourseId = parsed.GetRequiredValue(course), Limit = parsed.GetValue(limit) };
            var answer = await new LearnerService.LearnerServiceClient(channel).NextClipsAsync(request, cancellationToken: cancellationToken);
            NextClipsText.Write(Console.Out, answer, isJson);
            return CommandRun.Ok;
        });
    }

    private static Command Watch()
    {
        var (learner, target, json) = Shared();
        var course = new Option<string?>("--course") { Description = "Watch this course only.", HelpName = "ID" };
        var command = new Command("watch", "Show a learner's enrolments as they change, until Ctrl+C.") { learner, course, target, json };
        command.SetAction((parsed, cancellationToken) => CommandRun.GuardAsync(async () =>
        {
            using var channel = EngagementChannel.Open(parsed.GetRequiredValue(target));
            var learners = new LearnerService.LearnerServiceClient(channel);
            var request = new WatchLearnerRequest { LearnerId = parsed.GetRequiredValue(learner), CourseId = parsed.GetValue(course) ?? "" };
            await WatchLoop.RunAsync(
                token => learners.WatchLearner(request, cancellationToken: token),
                change =>
                {
                    request.ResumeToken = change.ResumeToken;
                    LearnerText.WriteChange(Console.Out, change, parsed.GetValue(json));
                },
                cancellationToken);
            return CommandRun.Ok;
        }));
        return command;
    }

    private static Command ResetWatermark()
    {
        var (learner, target, json) = Shared();
        var source = new Option<string?>("--source") { Description = "The producer whose clock was wrong; all if not given.", HelpName = "NAME" };
        var command = new Command("reset-watermark", "Repair a learner whose producer's clock ran ahead, so that honest events are TOO_LATE.")
        {
            learner, source, target, json,
        };
        command.SetAction((parsed, cancellationToken) => CommandRun.GuardAsync(async () =>
        {
            using var channel = EngagementChannel.Open(parsed.GetRequiredValue(target));
            var request = new ResetWatermarkRequest
            {
                LearnerId = parsed.GetRequiredValue(learner),
                Source = parsed.GetValue(source) ?? "",
            };
            var answer = await new LearnerService.LearnerServiceClient(channel).ResetWatermarkAsync(request, cancellationToken: cancellationToken);
            LearnerText.Write(Console.Out, answer, parsed.GetValue(json));
            return CommandRun.Ok;
        }));
        return command;
    }

    private static (Argument<string> Learner, Option<Uri> Target, Option<bool> Json) Shared() =>
        (new("learner-id") { Description = "The learner." }, TargetOption.Create(), new("--json") { Description = "Write JSON, an answer a line." });
}
