using System.Text.Json;
using System.Text.Json.Nodes;

namespace CourseCompletion.Cli.Comments;

/// <summary>Writes an evaluation of comments for programs, as <c>evaluation.json</c>.</summary>
internal static class CommentEvaluationFile
{
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    /// <summary>Writes the file; what is there is replaced.</summary>
    public static void Write(DirectoryInfo directory, CommentSummary summary)
    {
        directory.Create();
        var report = summary.Report;
        var json = new JsonObject
        {
            ["protocol"] = summary.Protocol,
            ["n"] = report.Count,
            ["positives"] = report.Positives,
            ["left_out"] = summary.LeftOut,
            ["accuracy"] = Number(report.Accuracy),
            ["auc"] = Number(report.Auc),
            ["macro_f1"] = Number(report.MacroF1),
            ["ece"] = Number(report.Ece.Value),
            ["ece_ci"] = new JsonArray(Number(report.Ece.Low), Number(report.Ece.High)),
            ["ece_raw"] = Number(report.RawEce),
            ["us_per_comment"] = Number(report.MicrosecondsPerComment),
        };
        if (report.Vader is { } vader)
        {
            json["vader"] = new JsonObject
            {
                ["accuracy"] = Number(vader.Accuracy),
                ["auc"] = Number(vader.Auc),
                ["macro_f1"] = Number(vader.MacroF1),
                ["silent"] = vader.Silent,
            };
        }

        if (summary.SecondOpinion is { } second)
        {
            json["second_opinion"] = new JsonObject
            {
                ["asked"] = second.Asked,
                ["asked_accuracy_first"] = Number(second.FirstAccuracy),
                ["asked_accuracy_second"] = Number(second.SecondAccuracy),
                ["accuracy"] = Number(second.Accuracy),
                ["auc"] = Number(second.Auc),
                ["ms_per_comment"] = Number(second.MillisecondsPerComment),
            };
        }

        File.WriteAllText(Path.Combine(directory.FullName, "evaluation.json"), json.ToJsonString(_indented) + "\n");
    }

    // JSON has no NaN: a number that cannot be known is null.
    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(Math.Round(value, 6)) : null;
}
