using System.CommandLine;
using CourseCompletion.Cli.Engagement;
using CourseCompletion.Cli.Replay;
using CourseCompletion.Prediction.Completion.Evaluation;

namespace CourseCompletion.Cli.Completion;

/// <summary>The option that says by which columns the calibration is reported beside that of all.</summary>
internal sealed class GroupOption
{
    private readonly Option<string?> _by = new("--by")
    {
        Description = "Report each group of these columns too: of learners.csv, or outcomes.csv where there is none; oulad: of studentInfo.csv. Never a feature.",
        HelpName = "COLUMNS",
    };

    public void AddTo(Command command) => command.Options.Add(_by);

    /// <summary>The columns, read from the files of what is tested; none when none are asked for.</summary>
    /// <exception cref="DataFormatException">There is no such column; the message names those that there are.</exception>
    public IReadOnlyList<GroupColumn> ColumnsOf(ParseResult parsed, Func<IHistoryLayout> open)
    {
        var names = (parsed.GetValue(_by) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length == 0)
        {
            return [];
        }

        try
        {
            // Rows that are malformed were counted when the history was read.
            var groups = open().ReadGroups(names, new());
            return [.. names.Select((name, column) => new GroupColumn(name, outcome => groups.ValueOf(outcome.Learner.Value, outcome.Course.Value, column)))];
        }
        catch (DataFormatException error)
        {
            throw new DataFormatException($"--by: {error.Message}");
        }
    }
}
