using System.CommandLine;
using CourseCompletion.Cli.Completion;
using CourseCompletion.Cli.Connections;
using CourseCompletion.Cli.Engagement;
using CourseCompletion.Prediction.Comments.Evaluation;
using CourseCompletion.Prediction.Comments.Training;
using CourseCompletion.Prediction.Completion.Training;

namespace CourseCompletion.Cli.Comments;

/// <summary><c>evaluate comments</c>: says how well the reader of comments tells good from bad ones, on labelled files.</summary>
internal static class EvaluateCommentsCommand
{
    private const int Folds = 5;

    public static Command Create()
    {
        var options = new CommentOptions();
        var secondOptions = new SecondReaderOptions();
        var data = new Option<string>("--data") { Description = "The labelled comments, in one or more files.", HelpName = "FILE,...", Required = true };
        var train = new Option<string?>("--train") { Description = "Train on these comments instead of on the other folds; texts that stand in them are not tested.", HelpName = "FILE,..." };
        var seed = new Option<long>("--seed") { Description = "The seed of the folds: the same one gives the same figures.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var output = new Option<DirectoryInfo?>("--out") { Description = "Write evaluation.json to this directory.", HelpName = "DIRECTORY" };
        var draws = WholeNumberOption.Create("--draws", "How many times labels are drawn to know what chance makes of the calibration error.", 1_000);
        var command = new Command("comments", "Train the reader of comments and test it: a table, and evaluation.json.") { data, train, seed, output, draws };
        options.AddTo(command);
        secondOptions.AddTo(command);
        command.SetAction((parsed, cancellationToken) => CommandRun.GuardAsync(() =>
        {
            using var second = secondOptions.Load(parsed);
            var console = new TrainingConsole(Console.Error);
            var evaluation = new CommentEvaluation(console, cancellationToken);
            var read = options.Read(parsed, parsed.GetRequiredValue(data), console, cancellationToken);
            var others = parsed.GetValue(train) is { } files ? DistinctComments.Of(options.Read(parsed, files, console, cancellationToken)) : [];
            var comments = DistinctComments.Without(read, others);
            if (comments.Count(comment => comment.IsPositive) < Folds || comments.Count(comment => !comment.IsPositive) < Folds)
            {
                throw new DataFormatException($"Of {read.Count:N0} comments {comments.Count:N0} are left to test; at least {Folds} good and {Folds} bad ones are needed.");
            }

            var protocol = others.Count > 0 ? $"trained on {parsed.GetValue(train)} ({others.Count:N0})" : $"{Folds} folds, seed {parsed.GetValue(seed)}";
            var scored = others.Count > 0 ? evaluation.TrainAndTest(others, comments) : evaluation.CrossValidate(comments, Folds, parsed.GetValue(seed));
            console.Report(new TrainingProgress("measuring", 0, scored.Count));
            var report = CommentReport.Of(scored, parsed.GetValue(draws));
            var opinion = second is null ? null : SecondOpinionReport.Of(scored, second, asked => console.Report(new TrainingProgress("second opinions", asked, 0)), cancellationToken);
            var summary = new CommentSummary(protocol, read.Count - comments.Count, console.Elapsed, report, opinion);
            Console.Out.Write(CommentEvaluationText.TableOf(summary));
            if (parsed.GetValue(output) is { } directory)
            {
                CommentEvaluationFile.Write(directory, summary);
            }

            return Task.FromResult(CommandRun.Ok);
        }));
        return command;
    }
}
