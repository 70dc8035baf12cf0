using System.Text;
using CourseCompletion.Prediction.Completion;
using CourseCompletion.Prediction.Completion.Evaluation;

namespace CourseCompletion.Cli.Completion;

/// <summary>An evaluation in text: the table on the console, and the report in Markdown.</summary>
internal static class EvaluationText
{
    /// <summary>The table.</summary>
    public static string TableOf(EvaluationSummary summary)
    {
        var text = new StringBuilder();
        text.Append($"target {CompletionTargets.NameOf(summary.Target)}, {summary.Protocol}, {summary.Elapsed.TotalSeconds:F0} s\n");
        text.Append("cutoff      n   base    auc (95 % interval)    recency logistic  pr_auc  brier    ece (95 % interval)  recall20  slope  course_in_the_large mean worst\n");
        foreach (var at in summary.Cutoffs)
        {
            var (mean, worst) = InTheLarge(at);
            text.Append($"{at.Cutoff,6} {at.Count,6} {(double)at.Positives / at.Count,6:F3} {at.Auc.Value,7:F4} ({at.Auc.Low:F4}-{at.Auc.High:F4}) {at.RecencyAuc,9:F4} {at.LogisticAuc,8:F4} ")
                .Append($"{at.PrAuc,7:F4} {at.Brier,6:F4} {at.Ece.Value,7:F4} ({at.Ece.Low,7:F4} {at.Ece.High,7:F4}) {at.RecallTop20,8:F4} {at.Slope,6:F2} {mean,24:F3} {worst.InTheLarge,6:F3} {worst.Course.Value}\n");
        }

        text.Append("\n80 % intervals: share of rates by course and decile that they hold, binomial noise aside; who stops within a week, by hazard and by recency\n");
        text.Append("cutoff  covered  cells     stop_n   base    auc  pr_auc  recency: auc  pr_auc\n");
        foreach (var at in summary.Cutoffs)
        {
            var stops = at.Stops;
            text.Append($"{at.Cutoff,6} {at.Coverage.Share,8:F3} {at.Coverage.Cells,6} {stops.Count,10} {(double)stops.Positives / stops.Count,6:F3} {stops.Auc,6:F4} {stops.PrAuc,7:F4} {stops.RecencyAuc,13:F4} {stops.RecencyPrAuc,7:F4}\n");
        }

        var all = IntervalCoverage.Of(summary.Cutoffs.Select(at => at.Coverage));
        return text.Append($"   all {all.Share,8:F3} {all.Cells,6}\n").Append(GroupText.TableOf(summary.Cutoffs)).ToString();
    }

    /// <summary>The report.</summary>
    public static string ReportOf(EvaluationSummary summary)
    {
        var text = new StringBuilder();
        text.Append($"# Completion model: evaluation\n\nTarget `{CompletionTargets.NameOf(summary.Target)}`; {summary.Protocol}. Rows are the enrolments at risk at each cut-off.\n\n");
        text.Append("| Cut-off (days) | Rows | Base rate | AUC (95 %) | Recency | Logistic | PR-AUC | Brier | ECE, debiased (95 %) | Recall in the top 20 % |\n");
        text.Append("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (var at in summary.Cutoffs)
        {
            text.Append($"| {at.Cutoff} | {at.Count:N0} | {(double)at.Positives / at.Count:F3} | {at.Auc.Value:F4} ({at.Auc.Low:F4}-{at.Auc.High:F4}) | {at.RecencyAuc:F4} | {at.LogisticAuc:F4} ")
                .Append($"| {at.PrAuc:F4} | {at.Brier:F4} | {at.Ece.Value:F4} ({at.Ece.Low:F4} to {at.Ece.High:F4}) | {at.RecallTop20:F3} |\n");
        }

        text.Append("\nECE: 15 bins of equal size, minus its mean over labels drawn from the model's own probabilities. Recency: time since the newest activity alone. ")
            .Append("Logistic: standardised logistic regression on the same features, fitted per cut-off.\n\n## Calibration by course\n\n");
        text.Append("| Cut-off | In the large | Intercept | Slope | Mean distance by course | Worst course |\n| --- | --- | --- | --- | --- | --- |\n");
        foreach (var at in summary.Cutoffs)
        {
            var (mean, worst) = InTheLarge(at);
            text.Append($"| {at.Cutoff} | {at.InTheLarge:F4} | {at.Intercept:F3} | {at.Slope:F3} | {mean:F4} | {worst.Course.Value}: {worst.InTheLarge:F4} |\n");
        }

        text.Append("\n## Intervals and stopping\n\n80 % intervals: the share of rates by course and decile that they hold, binomial noise aside. Stopping: who is active for the last time within a week, or silent for good already.\n\n");
        text.Append("| Cut-off | Covered | Cells | Stopping: rows | Base rate | AUC | PR-AUC | Recency: AUC | PR-AUC |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (var at in summary.Cutoffs)
        {
            var stops = at.Stops;
            text.Append($"| {at.Cutoff} | {at.Coverage.Share:F3} | {at.Coverage.Cells} | {stops.Count:N0} | {(double)stops.Positives / stops.Count:F3} | {stops.Auc:F4} | {stops.PrAuc:F4} | {stops.RecencyAuc:F4} | {stops.RecencyPrAuc:F4} |\n");
        }

        if (summary.Cutoffs.Any(at => at.UnseenCount < at.Count))
        {
            text.Append("\n## Learners who were not learned from in another course\n\n| Cut-off | Rows | AUC |\n| --- | --- | --- |\n");
            foreach (var at in summary.Cutoffs)
            {
                text.Append($"| {at.Cutoff} | {at.UnseenCount:N0} | {at.UnseenAuc:F4} |\n");
            }
        }

        return text.Append(GroupText.ChapterOf(summary.Cutoffs)).Append(GainText.ChapterOf(summary.Gains)).ToString();
    }

    /// <summary>The mean distance of label and probability over courses, and the course where it is largest.</summary>
    public static (double Mean, CourseReport Worst) InTheLarge(CutoffReport at) =>
        (at.Courses.Average(course => Math.Abs(course.InTheLarge)), at.Courses.MaxBy(course => Math.Abs(course.InTheLarge))!);
}
