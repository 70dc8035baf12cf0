using System.Text.Json;
using CourseCompletion.Cli.Completion;
using CourseCompletion.Prediction.Completion;
using CourseCompletion.Prediction.Completion.Evaluation;
using CourseCompletion.Prediction.Completion.Training;
using CourseCompletion.UnitTests.Completion.Training;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Completion;

public class EvaluationFilesTests
{
    [Fact]
    public void Write_Evaluation_HasAnObjectPerCutoffAndAReportWithItsPlots()
    {
        var options = new EvaluationOptions([7, 14], new() { Boosting = new() { Trees = 10, Leaves = 4, LeafRowsMin = 10, Threads = 1 } });
        var rows = new CompletionEvaluation(options, new Progress<TrainingProgress>(), CancellationToken.None).CrossValidate(HistoryBuilder.Class(200), 5);
        var parity = new GroupColumn("parity", outcome => outcome.Learner.Value[^1] % 2 == 0 ? "even" : "odd");
        var summary = new EvaluationSummary(
            CompletionTarget.CompletedByRule, "5 folds by course", TimeSpan.FromSeconds(1), [.. rows.GroupBy(row => row.CutoffDay).OrderBy(at => at.Key).Select(at => CutoffReport.Of([.. at], [parity], 20))]);
        using var files = new TemporaryFiles();

        EvaluationFiles.Write(new(files.Root), summary, rows);

        using var json = JsonDocument.Parse(File.ReadAllText(files.PathOf("evaluation.json")));
        Assert.Equal([7, 14], json.RootElement.EnumerateArray().Select(at => at.GetProperty("cutoff").GetInt32()));
        foreach (var at in json.RootElement.EnumerateArray())
        {
            Assert.All(
                ["auc", "pr_auc", "brier", "ece", "recall_top20", "n"], name => Assert.Equal(JsonValueKind.Number, at.GetProperty(name).ValueKind));
            Assert.Equal(2, at.GetProperty("auc_ci").GetArrayLength());
            Assert.True(at.GetProperty("baselines").GetProperty("recency").GetDouble() > 0.5);
            Assert.True(at.GetProperty("baselines").GetProperty("logistic").GetDouble() > 0.5);
            var groups = at.GetProperty("groups").EnumerateArray().ToList();
            Assert.Equal(["even", "odd"], groups.Select(group => group.GetProperty("value").GetString()!).Order());
            Assert.Equal(at.GetProperty("n").GetInt32(), groups.Sum(group => group.GetProperty("n").GetInt32()));
            Assert.Equal(at.GetProperty("positives").GetInt32(), groups.Sum(group => group.GetProperty("positives").GetInt32()));
            Assert.All(groups, group => Assert.Equal("parity", group.GetProperty("column").GetString()));
        }

        var report = File.ReadAllText(files.PathOf("report.md"));
        var plots = Directory.GetFiles(files.Root, "*.png");
        Assert.Contains("## Groups by `parity`", report);
        Assert.Contains("by parity", EvaluationText.TableOf(summary));
        Assert.Equal(5, plots.Length);
        Assert.All(plots, plot => Assert.Contains($"]({Path.GetFileName(plot)})", report));
        Assert.All(plots, plot => Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(plot)[..4]));
    }
}
