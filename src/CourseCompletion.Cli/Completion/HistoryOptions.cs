using System.CommandLine;
using CourseCompletion.Cli.Engagement;
using CourseCompletion.Cli.Replay;
using CourseCompletion.Cli.Replay.Neutral;
using CourseCompletion.Cli.Replay.Oulad;
using CourseCompletion.Prediction.Completion;

namespace CourseCompletion.Cli.Completion;

/// <summary>The options that name a history to learn from, the same for training and evaluation.</summary>
internal sealed class HistoryOptions
{
    private const string Oulad = "oulad";

    private readonly Option<string> _format = new("--format") { Description = "The files' layout.", HelpName = "neutral|oulad", DefaultValueFactory = _ => "neutral" };

    private readonly Option<string?> _target = new("--target")
    {
        Description = "What an outcome of 1 means. Default: completed_by_rule; oulad has passed.",
        HelpName = string.Join('|', CompletionTargets.AllNames),
    };

    public HistoryOptions()
    {
        _format.AcceptOnlyFromAmong("neutral", Oulad);
        _target.AcceptOnlyFromAmong([.. CompletionTargets.AllNames]);
    }

    public void AddTo(Command command)
    {
        command.Options.Add(_format);
        command.Options.Add(_target);
    }

    public bool IsOulad(ParseResult parsed) => parsed.GetValue(_format) == Oulad;

    public IHistoryLayout Open(ParseResult parsed, string path)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw new DataFormatException($"{path} does not exist.");
        }

        return IsOulad(parsed) ? new OuladLayout(path, null) : new NeutralLayout(path);
    }

    public CompletionTarget TargetOf(ParseResult parsed) =>
        parsed.GetValue(_target) is { } name && CompletionTargets.TryParse(name, out var target) ? target
        : IsOulad(parsed) ? CompletionTarget.Passed
        : CompletionTarget.CompletedByRule;
}
