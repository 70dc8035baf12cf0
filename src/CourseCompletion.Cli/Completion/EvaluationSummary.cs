using CourseCompletion.Prediction.Completion;
using CourseCompletion.Prediction.Completion.Evaluation;
using CourseCompletion.Prediction.Completion.Training;

namespace CourseCompletion.Cli.Completion;

/// <summary>An evaluation's results.</summary>
/// <param name="Target">What was predicted.</param>
/// <param name="Protocol">What was trained and tested on.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Cutoffs">The results, one per cut-off.</param>
internal sealed record EvaluationSummary(CompletionTarget Target, string Protocol, TimeSpan Elapsed, IReadOnlyList<CutoffReport> Cutoffs)
{
    /// <summary>What the features of a trained model gain, the largest first; none where no single model is meant.</summary>
    public IReadOnlyList<FeatureGain> Gains { get; init; } = [];

    /// <summary>Measures scored rows.</summary>
    /// <param name="target">What was predicted.</param>
    /// <param name="protocol">What was trained and tested on.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="columns">By which columns groups are measured.</param>
    /// <param name="draws">How many resamples make an interval.</param>
    /// <param name="console">Told that it measures; knows how long it took.</param>
    public static EvaluationSummary Measure(
        CompletionTarget target, string protocol, IReadOnlyList<ScoredRow> rows, IReadOnlyList<GroupColumn> columns, int draws, TrainingConsole console)
    {
        var cutoffs = rows.GroupBy(row => row.CutoffDay).OrderBy(group => group.Key).ToList();
        console.Report(new TrainingProgress("measuring", 0, cutoffs.Count));
        var reports = cutoffs.ConvertAll(group => CutoffReport.Of([.. group], columns, draws));
        return new(target, protocol, console.Elapsed, reports);
    }
}
