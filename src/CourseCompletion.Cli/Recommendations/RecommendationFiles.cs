using System.Text.Json;
using System.Text.Json.Nodes;
using CourseCompletion.Prediction.Completion.Evaluation;
using CourseCompletion.Prediction.Recommendations;
using CourseCompletion.Prediction.Recommendations.OffPolicy;

namespace CourseCompletion.Cli.Recommendations;

/// <summary>Writes an evaluation of recommenders to a directory as <c>evaluation.json</c>.</summary>
internal static class RecommendationFiles
{
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    /// <summary>Writes the file; what is there is replaced.</summary>
    /// <param name="directory">Where.</param>
    /// <param name="summary">What the file's own figures are of.</param>
    /// <param name="temporal">The same by time, where times are known.</param>
    public static void Write(DirectoryInfo directory, RecommendationSummary summary, RecommendationSummary? temporal)
    {
        directory.Create();
        var written = ToJson(summary);
        written["temporal"] = temporal is null ? null : ToJson(temporal);
        File.WriteAllText(Path.Combine(directory.FullName, "evaluation.json"), written.ToJsonString(_indented) + "\n");
    }

    /// <summary>Writes what policies would have brought; what is there is replaced.</summary>
    /// <param name="directory">Where.</param>
    /// <param name="report">The report.</param>
    /// <param name="rewardDays">Within how many days a shown course had to be taken.</param>
    public static void Write(DirectoryInfo directory, LogReport report, int rewardDays)
    {
        directory.Create();
        var written = new JsonObject
        {
            ["n"] = report.Places,
            ["immature"] = report.Immature,
            ["reward_days"] = rewardDays,
            ["logged"] = ToJson(report.Policies[0].Logged),
            ["off_policy"] = new JsonArray([.. report.Policies.Select(policy => new JsonObject
            {
                ["policy"] = policy.Policy,
                ["matched"] = policy.Matched,
                ["effective_n"] = Number(policy.EffectiveSize),
                ["snips"] = ToJson(policy.Snips),
                ["dr"] = ToJson(policy.DoublyRobust),
            })]),
        };
        File.WriteAllText(Path.Combine(directory.FullName, "evaluation.json"), written.ToJsonString(_indented) + "\n");
    }

    private static JsonObject ToJson(Estimate estimate) => new() { ["value"] = Number(estimate.Value), ["low"] = Number(estimate.Low), ["high"] = Number(estimate.High) };

    private static JsonObject ToJson(RecommendationSummary summary)
    {
        var written = ToJson(summary.Reports[0]);
        written["protocol"] = summary.Protocol;
        written["items"] = summary.HoldOut.Train.Items.Count;
        written["unknown_items"] = summary.HoldOut.UnknownCount;
        written["learners_without_history"] = summary.HoldOut.Strangers;
        written["peers"] = new JsonArray([.. summary.Reports.Skip(1).Select(ToJson)]);
        return written;
    }

    private static JsonObject ToJson(RecommendationReport report) => new()
    {
        ["recommender"] = report.Name,
        ["n"] = report.Count,
        ["ndcg10"] = Number(report.Ndcg),
        ["recall10"] = Number(report.Recall),
        ["coverage"] = Number(report.Coverage),
        ["popularity"] = Number(report.Popularity),
        ["popularity_lift"] = Number(report.PopularityLift),
    };

    // JSON has no NaN: a number that cannot be known is null.
    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(Math.Round(value, 6)) : null;
}
