using System.CommandLine;
using CourseCompletion.Cli.Completion;
using CourseCompletion.Cli.Connections;
using CourseCompletion.Prediction.Comments;
using CourseCompletion.Prediction.Comments.Training;

namespace CourseCompletion.Cli.Comments;

/// <summary><c>train comments</c>: learns a model of comments from labelled files and writes it to a file.</summary>
internal static class TrainCommentsCommand
{
    public static Command Create()
    {
        var options = new CommentOptions();
        var data = new Option<string>("--data") { Description = "The labelled comments, in one or more files.", HelpName = "FILE,...", Required = true };
        var name = new Option<string>("--name") { Description = "The model's name, recorded with what it read.", HelpName = "NAME", DefaultValueFactory = _ => "comments-own-1" };
        var learnedFrom = new Option<string?>("--learned-from") { Description = "What the model says that it was learned from. Default: the files' names.", HelpName = "TEXT" };
        var output = new Option<FileInfo>("--out") { Description = "The file to write.", HelpName = "FILE", Required = true };
        var command = new Command("comments", "Learn from labelled comments how to tell good from bad ones, and write a model to a file.") { data, name, learnedFrom, output };
        options.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(name) is not { Length: > 0 and <= CommentModel.NameCharsMax })
            {
                result.AddError($"--name has 1 to {CommentModel.NameCharsMax} characters.");
            }
        });
        command.SetAction((parsed, cancellationToken) => CommandRun.GuardAsync(async () =>
        {
            var console = new TrainingConsole(Console.Error);
            var files = parsed.GetRequiredValue(data);
            var comments = DistinctComments.Of(options.Read(parsed, files, console, cancellationToken));
            var described = parsed.GetValue(learnedFrom) ?? string.Join(", ", files.Split(',').Select(Path.GetFileName));
            var rows = CommentRows.Of(comments, console, cancellationToken);
            var model = CommentTrainer.Train(rows, [.. Enumerable.Range(0, comments.Count)], new(parsed.GetRequiredValue(name), described), console, "learning", cancellationToken);
            var bytes = CommentModelFile.Encode(model);
            await ModelOutput.WriteAsync(parsed.GetRequiredValue(output), bytes, cancellationToken);
            await Console.Out.WriteLineAsync($"{model.Name}: {model.TrainedComments:N0} comments, {bytes.Length:N0} bytes, {console.Elapsed.TotalSeconds:F0} s -> {parsed.GetValue(output)}");
            return CommandRun.Ok;
        }));
        return command;
    }
}
