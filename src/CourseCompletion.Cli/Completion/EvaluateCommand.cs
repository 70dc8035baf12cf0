using System.CommandLine;
using CourseCompletion.Cli.Campaigns;
using CourseCompletion.Cli.Comments;
using CourseCompletion.Cli.Connections;
using CourseCompletion.Cli.Recommendations;
using CourseCompletion.Prediction.Completion.Evaluation;

namespace CourseCompletion.Cli.Completion;

/// <summary><c>evaluate</c>: trains and tests on files, and says how good the predictions are.</summary>
internal static class EvaluateCommand
{
    private const int Folds = 5;
    private const string CourseCv = "course-cv";

    public static Command Create() => new("evaluate", "Measure how good predictions, recommendations and readings of comments are, on files, and what campaigns prove, on simulations.")
    {
        Completion(), PrequentialCommand.Create(), RecommendEvaluationCommand.Create(), EvaluateCommentsCommand.Create(), CampaignsCommand.Create(),
    };

    private static Command Completion()
    {
        var history = new HistoryOptions();
        var features = new FeatureOptions();
        var by = new GroupOption();
        var data = new Option<string?>("--data") { Description = "The directory of files.", HelpName = "DIRECTORY" };
        var protocol = new Option<string?>("--protocol") { Description = "course-cv: five folds by course (sorted by id as text, index mod 5).", HelpName = CourseCv };
        protocol.AcceptOnlyFromAmong(CourseCv);
        var train = new Option<string?>("--train") { Description = "neutral: the directory to train on. oulad: presentations such as AAA-2013J,BBB-2013B.", HelpName = "WHAT" };
        var test = new Option<string?>("--test") { Description = "The same, to test on.", HelpName = "WHAT" };
        var cutoffs = new Option<string>("--cutoffs")
        {
            Description = "Days after the course's start; what was received before start + day is known.",
            HelpName = "DAYS",
            DefaultValueFactory = _ => "7,14,21,30",
        };
        var output = new Option<DirectoryInfo?>("--out") { Description = "Write evaluation.json, report.md and its plots to this directory.", HelpName = "DIRECTORY" };
        var draws = WholeNumberOption.Create("--draws", "How many resamples make an interval.", 1_000);
        var command = new Command("completion", "Train and test the completion model: a table, and evaluation.json with one object per cut-off.")
        {
            data, protocol, train, test, cutoffs, output, draws,
        };
        history.AddTo(command);
        features.AddTo(command);
        by.AddTo(command);
        command.Validators.Add(result =>
        {
            var isCrossed = result.GetValue(protocol) is not null;
            if (isCrossed ? result.GetValue(data) is null || result.GetValue(train) is not null : result.GetValue(train) is null || result.GetValue(test) is null)
            {
                result.AddError("Give --data DIRECTORY --protocol course-cv, or --train and --test.");
            }
        });
        command.SetAction((parsed, cancellationToken) => CommandRun.GuardAsync(() =>
        {
            var console = new TrainingConsole(Console.Error);
            var options = new EvaluationOptions(CutoffDays.Parse("--cutoffs", parsed.GetRequiredValue(cutoffs)), features.TrainingOf(parsed));
            var evaluation = new CompletionEvaluation(options, console, cancellationToken);
            var histories = new HistorySource(history, parsed, console, cancellationToken);
            var isCrossed = parsed.GetValue(protocol) is not null;
            var columns = by.ColumnsOf(parsed, () => history.Open(parsed, (isCrossed || history.IsOulad(parsed) ? parsed.GetValue(data) : parsed.GetValue(test))!));
            IReadOnlyList<ScoredRow> rows;
            string described;
            if (isCrossed)
            {
                rows = evaluation.CrossValidate(histories.Read(parsed.GetRequiredValue(data)!), Folds);
                described = $"{Folds} folds by course";
            }
            else
            {
                var (trained, tested) = histories.ReadPair(parsed.GetValue(data), parsed.GetRequiredValue(train)!, parsed.GetRequiredValue(test)!);
                rows = evaluation.TrainAndTest(trained, tested);
                described = $"trained on {parsed.GetValue(train)}, tested on {parsed.GetValue(test)}";
            }

            var summary = EvaluationSummary.Measure(history.TargetOf(parsed), described, rows, columns, parsed.GetValue(draws), console);
            Console.Out.Write(EvaluationText.TableOf(summary));
            if (parsed.GetValue(output) is { } directory)
            {
                EvaluationFiles.Write(directory, summary, rows);
            }

            return Task.FromResult(CommandRun.Ok);
        }));
        return command;
    }
}
