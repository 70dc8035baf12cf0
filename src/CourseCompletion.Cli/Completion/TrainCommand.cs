using System.CommandLine;
using CourseCompletion.Cli.Comments;
using CourseCompletion.Cli.Connections;
using CourseCompletion.Domain.Completion;
using CourseCompletion.Prediction.Completion;
using CourseCompletion.Prediction.Completion.Training;

namespace CourseCompletion.Cli.Completion;

/// <summary><c>train</c>: learns a completion model from a history and writes it to a file.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var history = new HistoryOptions();
        var features = new FeatureOptions();
        var data = new Option<string>("--data") { Description = "The directory of files.", HelpName = "DIRECTORY", Required = true };
        var courses = new Option<string?>("--courses") { Description = "Learn from these courses only.", HelpName = "IDS" };
        var until = new Option<int?>("--until-day") { Description = "Learn from the first days of each course only: where a history ends before its courses do.", HelpName = "DAY" };
        var name = new Option<string>("--name") { Description = "The model's name, recorded with every score.", HelpName = "NAME", DefaultValueFactory = _ => "trees-1" };
        var output = new Option<FileInfo>("--out") { Description = "The file to write.", HelpName = "FILE", Required = true };
        var report = new Option<DirectoryInfo?>("--report")
        {
            Description = "Then measure how the same recipe does on courses that it did not learn from, and write report.md with its plots and evaluation.json to this directory.",
            HelpName = "DIRECTORY",
        };
        var cutoffs = new Option<string?>("--report-cutoffs")
        {
            Description = "Days after the courses' start at which the report measures. Default: 7,14,21,28 as far as the history goes.",
            HelpName = "DAYS",
        };
        var command = new Command("train", "Learn a completion model from a history and write it to a file.") { data, courses, until, name, output, report, cutoffs };
        history.AddTo(command);
        features.AddTo(command);
        command.Subcommands.Add(TrainCommentsCommand.Create());
        command.SetAction((parsed, cancellationToken) => CommandRun.GuardAsync(async () =>
        {
            var console = new TrainingConsole(Console.Error);
            var read = new HistorySource(history, parsed, console, cancellationToken).Read(parsed.GetRequiredValue(data));
            read = parsed.GetValue(courses) is { } only ? HistorySource.Only(read, only) : read;
            var options = features.TrainingOf(parsed);
            options = options with { Instants = options.Instants with { UntilDay = parsed.GetValue(until) } };
            var days = parsed.GetValue(cutoffs) is { } given ? CutoffDays.Parse("--report-cutoffs", given) : CutoffDays.Within(read, parsed.GetValue(until));
            var (model, learnedFrom) = Learn(read, options, parsed.GetRequiredValue(name), console, cancellationToken);
            await ModelOutput.WriteAsync(parsed.GetRequiredValue(output), ModelFile.Encode(model), cancellationToken);
            await Console.Out.WriteLineAsync(
                $"{model.Name}: {CompletionTargets.NameOf(model.Target)} from {model.TrainedEnrolments:N0} enrolments, {model.Function.Trees.Trees.Count} trees, {console.Elapsed.TotalSeconds:F0} s -> {parsed.GetValue(output)}");
            if (parsed.GetValue(report) is { } directory)
            {
                TrainReport.Write(directory, read, model, learnedFrom, new(days, options), console, cancellationToken);
                await Console.Out.WriteLineAsync($"report of day {string.Join(", ", days)} -> {directory}");
            }

            return CommandRun.Ok;
        }));
        return command;
    }

    private static (CompletionModel Model, IReadOnlyList<SnapshotRow> LearnedFrom) Learn(
        CompletionHistory history, TrainingOptions options, string name, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        var learners = new Progress(progress, history.Learners.Count);
        var snapshots = SnapshotRows.Take(history, [], options.Instants, options.Views, learners, cancellationToken).Training;
        var learned = CompletionTrainer.Learn(history, snapshots, options, progress, "learning", cancellationToken);
        var model = new CompletionModel
        {
            Name = name,
            Target = history.Target,
            HorizonDays = (int)Math.Ceiling(history.Courses.Values.Max(course => course.EndsAtMs!.Value - course.StartsAtMs!.Value) / (double)Domain.Learners.LearnerTime.DayMs),
            FeatureVersion = CompletionFeatures.Version,
            FeatureNames = CompletionFeatures.Names,
            TrainedEnrolments = snapshots.Select(row => row.Outcome).Distinct().Count(),
            BaseRate = (float)history.Outcomes.Average(outcome => outcome.Completed ? 1.0 : 0),
            Trajectory = TrajectoryFit.Of(history, snapshots, learned.Function),
            Function = learned.Function,
            Spread = learned.Spread,
            Hazard = learned.Hazard,
        };
        return (model, snapshots);
    }

    private sealed class Progress(IProgress<TrainingProgress> progress, int total) : IProgress<int>
    {
        public void Report(int value) => progress.Report(new("replaying learners", value, total));
    }
}
