using System.CommandLine;
using CourseCompletion.Cli.Completion;
using CourseCompletion.Cli.Connections;
using CourseCompletion.Cli.Engagement;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Prediction.Recommendations;
using CourseCompletion.Prediction.Recommendations.OffPolicy;

namespace CourseCompletion.Cli.Recommendations;

/// <summary><c>evaluate recommend</c>: learns from what learners took, and says how well the engine's recommender and others rank what they took next.</summary>
internal static class RecommendEvaluationCommand
{
    private const int LastItemMin = 3;
    private const double CutShare = 0.8;

    public static Command Create()
    {
        var train = new Option<string?>("--train") { Description = "A file to learn from: 'learner item item ...' on each line, oldest first.", HelpName = "FILE" };
        var test = new Option<string?>("--test") { Description = "A file of the same form with what those learners took afterwards.", HelpName = "FILE" };
        var data = new Option<string?>("--data")
        {
            Description = $"Hold out by oneself: the last item of everybody with {LastItemMin}, and by time where times are known. A file of the same form, or events.csv or its directory.",
            HelpName = "PATH",
        };
        var log = new Option<string?>("--log")
        {
            Description = "Judge what an engine recommended, and what other ways would have brought, from its own events: events.csv or its directory, as 'export' writes it.",
            HelpName = "PATH",
        };
        var rewardDays = WholeNumberOption.Create("--reward-days", "With --log: within how many days a course that was shown has to be taken to count.", 14);
        var output = new Option<DirectoryInfo?>("--out") { Description = "Write evaluation.json to this directory.", HelpName = "DIRECTORY" };
        var command = new Command("recommend", "Rank what learners took next among all items: the engine's recommender beside popularity, item-kNN and EASE.") { train, test, data, log, rewardDays, output };
        command.Validators.Add(result =>
        {
            var (hasTrain, hasTest) = (result.GetValue(train) is not null, result.GetValue(test) is not null);
            var ways = (hasTrain ? 1 : 0) + (result.GetValue(data) is null ? 0 : 1) + (result.GetValue(log) is null ? 0 : 1);
            if (hasTrain != hasTest || ways != 1)
            {
                result.AddError("Give --train FILE and --test FILE, or --data PATH, or --log PATH.");
            }
        });
        command.SetAction((parsed, cancellationToken) => CommandRun.GuardAsync(() =>
        {
            var console = new TrainingConsole(Console.Error);
            if (parsed.GetValue(log) is { } logged)
            {
                var report = OffPolicy(logged, parsed.GetValue(rewardDays), console, cancellationToken);
                Console.Out.Write(RecommendationText.TableOf(report, parsed.GetValue(rewardDays)));
                if (parsed.GetValue(output) is { } there)
                {
                    RecommendationFiles.Write(there, report, parsed.GetValue(rewardDays));
                }

                return Task.FromResult(CommandRun.Ok);
            }

            var protocols = parsed.GetValue(data) is { } path
                ? OwnHoldOuts(path, console, cancellationToken)
                : [($"trained on {parsed.GetValue(train)}, tested on {parsed.GetValue(test)}", Pair(parsed.GetRequiredValue(train)!, parsed.GetRequiredValue(test)!, cancellationToken))];
            var summaries = new List<RecommendationSummary>();
            foreach (var (protocol, holdOut) in protocols)
            {
                var began = console.Elapsed;
                var reports = RecommenderComparison.Run(holdOut, console, cancellationToken);
                summaries.Add(new(protocol, holdOut, reports, console.Elapsed - began));
                Console.Out.Write(RecommendationText.TableOf(summaries[^1]));
            }

            if (parsed.GetValue(output) is { } directory)
            {
                RecommendationFiles.Write(directory, summaries[0], summaries.ElementAtOrDefault(1));
            }

            return Task.FromResult(CommandRun.Ok);
        }));
        return command;
    }

    private static LogReport OffPolicy(string path, int rewardDays, TrainingConsole console, CancellationToken cancellationToken)
    {
        var faults = new RowFaults();
        var log = RecommendationLog.Read(path, faults, console, cancellationToken);
        console.Show(faults);
        var report = LogReplay.Run(log.Taken, log.Shown, rewardDays * LearnerTime.DayMs, log.EndMs, console, cancellationToken);
        return report.Places > 0
            ? report
            : throw new DataFormatException($"All {report.Immature:N0} places in {path} were shown less than {rewardDays} days before its end: what comes of them is not known yet. Take fewer --reward-days, or wait.");
    }

    private static HoldOut Pair(string train, string test, CancellationToken cancellationToken)
    {
        var holdOut = HoldOut.Of(ItemListFile.Read(train, cancellationToken), ItemListFile.Read(test, cancellationToken));
        return holdOut.TestedCount > 0
            ? holdOut
            : throw new DataFormatException($"No learner of {test} has a history in {train} and an item that is not in it: both files name learners and items alike, and only {test} has the items held out.");
    }

    private static List<(string Protocol, HoldOut HoldOut)> OwnHoldOuts(string path, TrainingConsole console, CancellationToken cancellationToken)
    {
        List<LearnerItems> all;
        if (Directory.Exists(path) || Path.GetFileName(path).StartsWith("events.csv", StringComparison.Ordinal))
        {
            var faults = new RowFaults();
            all = TakenCourses.Read(path, faults, console, cancellationToken);
            console.Show(faults);
        }
        else
        {
            all = ItemListFile.Read(path, cancellationToken);
        }

        var last = HoldOut.LastItems(all, LastItemMin);
        if (last.TestedCount == 0)
        {
            throw new DataFormatException($"Nobody in {path} took {LastItemMin} items: there is no last item to hold out.");
        }

        var protocols = new List<(string Protocol, HoldOut HoldOut)> { ($"last item of {path} held out", last) };
        if (all.Any(learner => learner.AtMs.Count == 0))
        {
            Console.Error.WriteLine($"{path} has no times: nothing is held out by time.");
            return protocols;
        }

        var atMs = HoldOut.InstantAt(all, CutShare);
        var later = HoldOut.After(all, atMs);
        if (later.TestedCount == 0)
        {
            Console.Error.WriteLine($"Nobody in {path} took something before {DateTimeOffset.FromUnixTimeMilliseconds(atMs):u} and something else from then on: nothing is held out by time.");
            return protocols;
        }

        protocols.Add(($"what was taken from {DateTimeOffset.FromUnixTimeMilliseconds(atMs):u} on held out", later));
        return protocols;
    }
}
