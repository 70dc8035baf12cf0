using CourseCompletion.Cli.Engagement;
using CourseCompletion.Prediction.Completion;
using CourseCompletion.Prediction.Completion.Evaluation;
using CourseCompletion.Prediction.Completion.Training;

namespace CourseCompletion.Cli.Completion;

/// <summary>The report of a trained model: how its recipe does on courses that it did not learn from, and what its features gain.</summary>
internal static class TrainReport
{
    private const int Folds = 5;
    private const int Draws = 1_000;

    /// <summary>Trains the recipe on parts of the history, measures it on the others and writes the files of an evaluation.</summary>
    /// <param name="directory">Where; what is there is replaced.</param>
    /// <param name="history">What the model was learned from.</param>
    /// <param name="model">The model.</param>
    /// <param name="learnedFrom">The rows that it was learned from.</param>
    /// <param name="options">The cut-offs, and how the model was trained.</param>
    /// <param name="console">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two trees.</param>
    /// <exception cref="DataFormatException">Nobody is at risk at any cut-off.</exception>
    public static void Write(
        DirectoryInfo directory,
        CompletionHistory history,
        CompletionModel model,
        IEnumerable<SnapshotRow> learnedFrom,
        EvaluationOptions options,
        TrainingConsole console,
        CancellationToken cancellationToken)
    {
        console.Report(new TrainingProgress("gain by feature", 0, model.TrainedEnrolments));
        var gains = FeatureGain.Of(model.Function, learnedFrom.Select(row => row.Vector), cancellationToken);
        var evaluation = new CompletionEvaluation(options, console, cancellationToken);
        var courses = history.Outcomes.Select(outcome => outcome.Course).Distinct().Count();
        var rows = courses > 1 ? evaluation.CrossValidate(history, Folds) : evaluation.CrossValidateLearners(history, Folds);
        if (rows.Count == 0)
        {
            throw new DataFormatException($"--report: nobody is at risk on day {string.Join(" or ", options.CutoffDays)}: give other days with --report-cutoffs.");
        }

        var dealt = courses > 1
            ? $"{Math.Min(Folds, courses)} folds by course"
            : $"{Folds} folds of learners, for there is one course only: how another course would do it cannot tell";
        var summary = EvaluationSummary.Measure(history.Target, $"the recipe of {model.Name}, measured on what it did not learn from: {dealt}", rows, [], Draws, console);
        EvaluationFiles.Write(directory, summary with { Gains = gains }, rows);
    }
}
