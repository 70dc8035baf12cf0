using CourseCompletion.Prediction.Completion;
using CourseCompletion.Prediction.Completion.Evaluation;

namespace CourseCompletion.Cli.Completion;

/// <summary>An evaluation's results.</summary>
/// <param name="Target">What was predicted.</param>
/// <param name="Protocol">What was trained and tested on.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Cutoffs">The results, one per cut-off.</param>
internal sealed record EvaluationSummary(CompletionTarget Target, string Protocol, TimeSpan Elapsed, IReadOnlyList<CutoffReport> Cutoffs);
