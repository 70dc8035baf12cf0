using System.Text.Json;
using System.Text.Json.Nodes;
using CourseCompletion.Cli.Engagement;
using CourseCompletion.Prediction.Completion;
using CourseCompletion.Prediction.Completion.Prequential;

namespace CourseCompletion.Cli.Completion;

/// <summary>Writes a prequential evaluation to a directory as <c>prequential.json</c>, with every prediction in <c>predictions.csv</c>.</summary>
internal static class PrequentialFiles
{
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    /// <summary>Writes the files; what is there is replaced.</summary>
    public static void Write(DirectoryInfo directory, PrequentialSummary summary)
    {
        directory.Create();
        File.WriteAllText(Path.Combine(directory.FullName, "prequential.json"), ToJson(summary).ToJsonString(_indented) + "\n");
        using var rows = new StreamWriter(Path.Combine(directory.FullName, "predictions.csv"));
        CsvText.WriteRecord(rows, ["predicted_at", "matures_at", "course_id", "enrolment", "logit", "calibrated_logit", "persistence", "shifted", "completed"]);
        foreach (var row in summary.Result.Rows)
        {
            CsvText.WriteRecord(rows, [
                Time(row.PredictedAtMs), Time(row.MaturesAtMs), row.Course.Value, $"{row.Outcome}", $"{row.Logit:F6}", $"{row.Served:F6}", $"{row.Persistence:F6}",
                row.IsShifted ? "1" : "0", row.Completed ? "1" : "0",
            ]);
        }
    }

    private static JsonObject ToJson(PrequentialSummary summary) => new()
    {
        ["target"] = CompletionTargets.NameOf(summary.Target),
        ["trained"] = new JsonObject { ["courses"] = summary.Result.TrainedCourses, ["enrolments"] = summary.Result.TrainedEnrolments },
        ["grace_days"] = summary.Options.Maturity.Grace.TotalDays,
        ["shift"] = summary.Options.Shift == 0 ? null : new JsonObject { ["logits"] = summary.Options.Shift, ["at"] = summary.Options.ShiftAt },
        ["parts"] = new JsonArray([.. summary.Parts.Select(part => ToJson("part", part))]),
        ["courses"] = new JsonArray([.. summary.Courses.Select(course => ToJson("course", course))]),
        ["drift_alarms"] = new JsonArray([.. summary.Result.Alarms.Select(alarm => new JsonObject
        {
            ["at"] = DateTimeOffset.FromUnixTimeMilliseconds(alarm.AtMs).ToString("O"),
            ["course"] = alarm.Course.Value,
            ["labels"] = alarm.Labels,
            ["shifted_labels"] = alarm.ShiftedLabels,
        })]),
        ["calibration"] = new JsonObject { ["slope"] = Number(summary.Result.Calibration.Slope), ["intercept"] = Number(summary.Result.Calibration.GlobalIntercept) },
    };

    private static JsonObject ToJson(string kind, PrequentialReport report) => new()
    {
        [kind] = report.Part,
        ["n"] = report.Count,
        ["base_rate"] = Number(report.BaseRate),
        ["model"] = ToJson(report.Raw),
        ["calibrated"] = ToJson(report.Calibrated),
        ["persistence"] = ToJson(report.Persistence),
    };

    private static JsonObject ToJson(PrequentialScore score) => new()
    {
        ["auc"] = Number(score.Auc),
        ["brier"] = Number(score.Brier),
        ["ece"] = Number(score.Ece.Value),
        ["ece_ci"] = new JsonArray(Number(score.Ece.Low), Number(score.Ece.High)),
        ["mean_probability"] = Number(score.MeanProbability),
    };

    private static string Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-ddTHH:mm:ss.fffZ");

    // JSON has no NaN: a number that cannot be known is null.
    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(Math.Round(value, 6)) : null;
}
