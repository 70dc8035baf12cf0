using System.Text.Json;
using System.Text.Json.Nodes;
using CourseCompletion.Prediction.Completion;
using CourseCompletion.Prediction.Completion.Evaluation;

namespace CourseCompletion.Cli.Completion;

/// <summary>Writes an evaluation to a directory: <c>evaluation.json</c> for programs, <c>report.md</c> with its plots for people.</summary>
internal static class EvaluationFiles
{
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    /// <summary>Writes the files; what is there is replaced.</summary>
    public static void Write(DirectoryInfo directory, EvaluationSummary summary, IReadOnlyList<ScoredRow> rows)
    {
        directory.Create();
        var cutoffs = new JsonArray([.. summary.Cutoffs.Select(at => ToJson(summary, at))]);
        File.WriteAllText(Path.Combine(directory.FullName, "evaluation.json"), cutoffs.ToJsonString(_indented) + "\n");
        var report = EvaluationText.ReportOf(summary);
        foreach (var (file, shows, png) in EvaluationPlots.Draw(summary, rows))
        {
            File.WriteAllBytes(Path.Combine(directory.FullName, file), png);
            report += $"\n![{shows}]({file})\n";
        }

        File.WriteAllText(Path.Combine(directory.FullName, "report.md"), report);
    }

    private static JsonObject ToJson(EvaluationSummary summary, CutoffReport at)
    {
        var (mean, worst) = EvaluationText.InTheLarge(at);
        return new()
        {
            ["cutoff"] = at.Cutoff,
            ["target"] = CompletionTargets.NameOf(summary.Target),
            ["protocol"] = summary.Protocol,
            ["n"] = at.Count,
            ["positives"] = at.Positives,
            ["auc"] = Number(at.Auc.Value),
            ["auc_ci"] = Interval(at.Auc),
            ["pr_auc"] = Number(at.PrAuc),
            ["brier"] = Number(at.Brier),
            ["ece"] = Number(at.Ece.Value),
            ["ece_ci"] = Interval(at.Ece),
            ["ece_raw"] = Number(at.RawEce),
            ["recall_top20"] = Number(at.RecallTop20),
            ["baselines"] = new JsonObject { ["recency"] = Number(at.RecencyAuc), ["logistic"] = Number(at.LogisticAuc) },
            ["calibration"] = new JsonObject
            {
                ["in_the_large"] = Number(at.InTheLarge),
                ["intercept"] = Number(at.Intercept),
                ["slope"] = Number(at.Slope),
                ["course_mean"] = Number(mean),
                ["course_worst"] = Number(worst.InTheLarge),
                ["course_worst_id"] = worst.Course.Value,
            },
            ["interval_coverage"] = Number(at.Coverage.Share),
            ["interval_cells"] = at.Coverage.Cells,
            ["hazard"] = new JsonObject
            {
                ["n"] = at.Stops.Count,
                ["positives"] = at.Stops.Positives,
                ["auc"] = Number(at.Stops.Auc),
                ["pr_auc"] = Number(at.Stops.PrAuc),
                ["recency_auc"] = Number(at.Stops.RecencyAuc),
                ["recency_pr_auc"] = Number(at.Stops.RecencyPrAuc),
            },
            ["unseen_learners"] = new JsonObject { ["n"] = at.UnseenCount, ["auc"] = Number(at.UnseenAuc) },
            ["courses"] = new JsonArray([.. at.Courses.Select(ToJson)]),
            ["groups"] = new JsonArray([.. at.Groups.Select(ToJson)]),
        };
    }

    private static JsonNode ToJson(CourseReport course) => new JsonObject
    {
        ["course"] = course.Course.Value,
        ["n"] = course.Count,
        ["auc"] = Number(course.Auc),
        ["base_rate"] = Number(course.BaseRate),
        ["in_the_large"] = Number(course.InTheLarge),
    };

    private static JsonNode ToJson(GroupReport group) => new JsonObject
    {
        ["column"] = group.Column,
        ["value"] = group.Value,
        ["n"] = group.Count,
        ["positives"] = group.Positives,
        ["base_rate"] = Number(group.BaseRate),
        ["mean_probability"] = Number(group.MeanProbability),
        ["in_the_large"] = Number(group.InTheLarge.Value),
        ["in_the_large_ci"] = Interval(group.InTheLarge),
        ["ece"] = Number(group.Ece.Value),
        ["ece_ci"] = Interval(group.Ece),
        ["auc"] = Number(group.Auc),
    };

    private static JsonArray Interval(Estimate of) => [Number(of.Low), Number(of.High)];

    // JSON has no NaN: a number that cannot be known is null.
    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(Math.Round(value, 6)) : null;
}
