using CourseCompletion.Prediction.Completion;
using CourseCompletion.Prediction.Completion.Prequential;

namespace CourseCompletion.Cli.Completion;

/// <summary>A prequential evaluation's results.</summary>
/// <param name="Target">What was predicted.</param>
/// <param name="Options">How.</param>
/// <param name="Result">The predictions and alarms.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Parts">The figures of the parts of the replay.</param>
/// <param name="Courses">The figures of each course, in the order of their first prediction.</param>
internal sealed record PrequentialSummary(
    CompletionTarget Target,
    PrequentialOptions Options,
    PrequentialResult Result,
    TimeSpan Elapsed,
    IReadOnlyList<PrequentialReport> Parts,
    IReadOnlyList<PrequentialReport> Courses);
