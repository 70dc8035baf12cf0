using CourseCompletion.Cli.Plots;
using CourseCompletion.Prediction.Completion.Evaluation;

namespace CourseCompletion.Cli.Completion;

/// <summary>The pictures of an evaluation.</summary>
internal static class EvaluationPlots
{
    private const int PointsMax = 200;
    private const int GainsShownMax = 25;

    /// <summary>Draws all; each with its file name and what it shows.</summary>
    public static IReadOnlyList<(string File, string Shows, byte[] Png)> Draw(EvaluationSummary summary, IReadOnlyList<ScoredRow> rows)
    {
        var reliability = new LinePlot("Reliability", "mean probability", "share that reached the target", (0, 1), (0, 1)) { HasDiagonal = true };
        var roc = new LinePlot("ROC", "false positive rate", "true positive rate", (0, 1), (0, 1)) { HasDiagonal = true };
        var precision = new LinePlot("Precision and recall", "recall", "precision", (0, 1), (0, 1));
        foreach (var at in summary.Cutoffs)
        {
            var ascending = rows.Where(row => row.CutoffDay == at.Cutoff).OrderBy(row => row.Logit).ToList();
            reliability.Add($"day {at.Cutoff}", Enumerable.Range(0, CalibrationMetrics.Bins)
                .Select(bin => ascending[(bin * ascending.Count / CalibrationMetrics.Bins)..((bin + 1) * ascending.Count / CalibrationMetrics.Bins)])
                .Where(bin => bin.Count > 0)
                .Select(bin => (bin.Average(row => row.Probability), bin.Average(row => row.Outcome.Completed ? 1.0 : 0))));
            var curve = CurveOf(ascending);
            roc.Add($"day {at.Cutoff}", curve.Select(point => (point.FalsePositives, point.Recall)));
            precision.Add($"day {at.Cutoff}", curve.Select(point => (point.Recall, point.Precision)));
        }

        return
        [
            ("reliability.png", "predicted and observed shares, in 15 bins of equal size", reliability.Draw()),
            ("roc.png", "ROC curves", roc.Draw()),
            ("precision-recall.png", "precision-recall curves", precision.Draw()),
            ("auc-by-cutoff.png", "AUC by cut-off day", ByCutoff(summary).Draw()),
            ("auc-by-course.png", "AUC by course at the last cut-off, courses in ascending order of their AUC", ByCourse(summary).Draw()),
            .. summary.Gains.Count > 0 ? [("gain-by-feature.png", "gain by feature, as shares of the trees' and of the linear part's", ByFeature(summary).Draw())] : NoPictures,
        ];
    }

    private static (string, string, byte[])[] NoPictures => [];

    private static BarPlot ByFeature(EvaluationSummary summary)
    {
        var plot = new BarPlot("Gain by feature", "share of gain within the part", ["trees", "linear part"]);
        foreach (var gain in summary.Gains.Take(GainsShownMax))
        {
            plot.Add(gain.Feature, [gain.Trees, gain.Linear]);
        }

        return plot;
    }

    private static LinePlot ByCutoff(EvaluationSummary summary)
    {
        var plot = new LinePlot("AUC by cut-off", "days after the start", "AUC", (0, summary.Cutoffs[^1].Cutoff), (0.5, 1));
        plot.Add("model", summary.Cutoffs.Select(at => ((double)at.Cutoff, at.Auc.Value)));
        plot.Add("logistic", summary.Cutoffs.Select(at => ((double)at.Cutoff, at.LogisticAuc)));
        plot.Add("recency", summary.Cutoffs.Select(at => ((double)at.Cutoff, at.RecencyAuc)));
        return plot;
    }

    private static LinePlot ByCourse(EvaluationSummary summary)
    {
        var aucs = summary.Cutoffs[^1].Courses.Select(course => course.Auc).Where(double.IsFinite).Order().ToList();
        var plot = new LinePlot($"AUC by course, day {summary.Cutoffs[^1].Cutoff}", "course", "AUC", (0, Math.Max(1, aucs.Count - 1)), (0.5, 1));
        plot.Add("course", aucs.Select((auc, index) => ((double)index, auc)));
        return plot;
    }

    private static List<(double FalsePositives, double Recall, double Precision)> CurveOf(List<ScoredRow> ascending)
    {
        var positives = ascending.Count(row => row.Outcome.Completed);
        var points = new List<(double, double, double)>();
        var found = 0;
        for (var taken = 1; taken <= ascending.Count; taken++)
        {
            found += ascending[^taken].Outcome.Completed ? 1 : 0;
            if (taken % Math.Max(1, ascending.Count / PointsMax) == 0)
            {
                points.Add(((double)(taken - found) / Math.Max(1, ascending.Count - positives), (double)found / Math.Max(1, positives), (double)found / taken));
            }
        }

        return points;
    }
}
