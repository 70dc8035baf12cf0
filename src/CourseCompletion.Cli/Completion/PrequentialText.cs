using System.Text;
using CourseCompletion.Prediction.Completion;
using CourseCompletion.Prediction.Completion.Prequential;

namespace CourseCompletion.Cli.Completion;

/// <summary>A prequential evaluation as text on the console.</summary>
internal static class PrequentialText
{
    /// <summary>The table: three lines for each part, and what the calibration came to.</summary>
    public static string TableOf(PrequentialSummary summary)
    {
        var (result, text) = (summary.Result, new StringBuilder());
        text.Append($"target {CompletionTargets.NameOf(summary.Target)}, trained on {result.TrainedEnrolments} enrolments of {result.TrainedCourses} courses, {summary.Elapsed.TotalSeconds:F0} s\n");
        text.Append("part                                      n   base           mean_p     auc   brier    ece (95 % interval)\n");
        foreach (var part in summary.Parts)
        {
            Append(text, $"{part.Part,-38} {part.Count,6} {part.BaseRate,6:F3} model      ", part.Raw);
            Append(text, $"{"",-52} calibrated ", part.Calibrated);
            Append(text, $"{"",-52} persistence", part.Persistence);
        }

        text.Append("course                                    n   base            model_p   ece   calibrated_p   ece\n");
        foreach (var course in summary.Courses)
        {
            text.Append($"{course.Part,-38} {course.Count,6} {course.BaseRate,6:F3} {course.Raw.MeanProbability,18:F3} {course.Raw.Ece.Value,7:F4} {course.Calibrated.MeanProbability,12:F3} {course.Calibrated.Ece.Value,7:F4}\n");
        }

        foreach (var alarm in result.Alarms)
        {
            text.Append($"drift alarm at {DateTimeOffset.FromUnixTimeMilliseconds(alarm.AtMs):yyyy-MM-dd HH:mm}: {alarm.Course}, after {alarm.Labels} labels, {alarm.ShiftedLabels} of shifted predictions\n");
        }

        return text.Append($"in the end: slope {result.Calibration.Slope:F3}, global intercept {result.Calibration.GlobalIntercept:F3}\n").ToString();
    }

    private static void Append(StringBuilder text, string head, PrequentialScore score) => text.Append(
        $"{head} {score.MeanProbability:F3} {score.Auc,7:F4} {score.Brier,7:F4} {score.Ece.Value,7:F4} ({score.Ece.Low,7:F4} {score.Ece.High,7:F4})\n");
}
