using System.CommandLine;
using CourseCompletion.Cli.Engagement;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Prediction.Completion.Training;

namespace CourseCompletion.Cli.Completion;

/// <summary>Reads the histories that a command line names.</summary>
internal sealed class HistorySource(HistoryOptions options, ParseResult parsed, TrainingConsole console, CancellationToken cancellationToken)
{
    /// <summary>Reads a directory.</summary>
    public CompletionHistory Read(string path)
    {
        var faults = new RowFaults();
        var history = HistoryReader.Read(options.Open(parsed, path), options.TargetOf(parsed), faults, console, cancellationToken);
        console.Show(faults);
        return history.Outcomes.Count > 0 ? history : throw new DataFormatException($"{path} has no outcomes to learn from.");
    }

    /// <summary>Reads what to train and what to test on: two directories, or presentations of one.</summary>
    public (CompletionHistory Train, CompletionHistory Test) ReadPair(string? data, string train, string test)
    {
        if (!options.IsOulad(parsed))
        {
            return (Read(train), Read(test));
        }

        var all = Read(data ?? throw new DataFormatException("Give --data DIRECTORY: the directory of the OULAD files."));
        return (Only(all, train), Only(all, test));
    }

    /// <summary>The part of a history that is about some courses. What their learners did elsewhere stays.</summary>
    public static CompletionHistory Only(CompletionHistory all, string courses)
    {
        var wanted = courses.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(id => new CourseId(id)).ToHashSet();
        var outcomes = all.Outcomes.Where(outcome => wanted.Contains(outcome.Course)).ToList();
        if (wanted.FirstOrDefault(course => !outcomes.Exists(outcome => outcome.Course == course)) is { Value: { } missing })
        {
            throw new DataFormatException($"There is no outcome of {missing}. There are: {string.Join(", ", all.Outcomes.Select(o => o.Course.Value).Distinct().Order(StringComparer.Ordinal))}.");
        }

        return all with
        {
            Outcomes = outcomes,
            Learners = outcomes.Select(outcome => outcome.Learner).Distinct().ToDictionary(learner => learner, learner => all.Learners[learner]),
        };
    }
}
