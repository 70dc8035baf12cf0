using System.CommandLine;
using CourseCompletion.Cli.Completion;
using CourseCompletion.Cli.Engagement;
using CourseCompletion.Prediction.Comments.Training;
using CourseCompletion.Prediction.Completion.Training;

namespace CourseCompletion.Cli.Comments;

/// <summary>The options that name labelled comments, the same for training and evaluation.</summary>
internal sealed class CommentOptions
{
    private readonly Option<string> _text = new("--text") { Description = "The column of texts, by name, or by number from 1 in files without a header.", HelpName = "COLUMN", Required = true };

    private readonly Option<string> _label = new("--label")
    {
        Description = "The column of labels: 0 or 1, negative or positive, or ratings, of which the sign counts.",
        HelpName = "COLUMN",
        Required = true,
    };

    private readonly Option<double> _ratingMin = new("--rating-min") { Description = "Leave out ratings nearer to the middle than this.", HelpName = "RATING", DefaultValueFactory = _ => 0.5 };

    private readonly Option<double> _ratingMiddle = new("--rating-middle") { Description = "The rating that is neither good nor bad: 3 for one to five stars.", HelpName = "RATING", DefaultValueFactory = _ => 0 };

    public void AddTo(Command command)
    {
        command.Options.Add(_text);
        command.Options.Add(_label);
        command.Options.Add(_ratingMin);
        command.Options.Add(_ratingMiddle);
        command.Validators.Add(result =>
        {
            if (!double.IsFinite(result.GetValue(_ratingMiddle)) || result.GetValue(_ratingMin) is not (>= 0 and < double.PositiveInfinity))
            {
                result.AddError("--rating-min is 0 or more and --rating-middle a number.");
            }
        });
    }

    /// <summary>Reads the labelled comments of files.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="files">The files' names, with commas between them.</param>
    /// <param name="console">Told how far it is, and which rows were left out.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    /// <exception cref="DataFormatException">A file or a column is missing, or no label is positive, or none negative.</exception>
    public IReadOnlyList<LabelledComment> Read(ParseResult parsed, string files, TrainingConsole console, CancellationToken cancellationToken)
    {
        var columns = new CommentColumns(parsed.GetRequiredValue(_text), parsed.GetRequiredValue(_label));
        var faults = new RowFaults();
        var rows = new List<CommentRow>();
        foreach (var file in File.Exists(files) ? [files] : files.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (var row in CommentFile.Read(file, columns, faults))
            {
                cancellationToken.ThrowIfCancellationRequested();
                rows.Add(row);
                console.Report(new TrainingProgress("reading comments", rows.Count, 0));
            }
        }

        var comments = CommentLabels.Of(rows, parsed.GetValue(_ratingMiddle), parsed.GetValue(_ratingMin), faults);
        console.Show(faults);
        return comments.Any(comment => comment.IsPositive) && comments.Any(comment => !comment.IsPositive)
            ? comments
            : throw new DataFormatException(
                $"{files} has {comments.Count:N0} labelled comments, and not both good and bad ones among them. Does --label name the column of labels? Of stars, --rating-middle says which are neither.");
    }
}
