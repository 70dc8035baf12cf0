using System.Text.Json;
using CourseCompletion.Cli.Completion;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Prediction.Completion;
using CourseCompletion.Prediction.Completion.Prequential;
using CourseCompletion.Prediction.Completion.Training;
using CourseCompletion.UnitTests.Completion.Training;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Completion;

public class PrequentialFilesTests
{
    [Fact]
    public void Write_Replay_HasFiguresBeforeAndAfterCalibrationBesideThePersistenceBaseline()
    {
        var options = new PrequentialOptions
        {
            Training = new() { Boosting = new() { Trees = 10, Leaves = 4, LeafRowsMin = 10, Threads = 1 } },
            TrainCourses = new HashSet<CourseId> { new("course-0"), new("course-1") },
            Shift = 1,
            ShiftAt = 0.5,
        };
        var result = PrequentialReplay.Run(HistoryBuilder.Class(200), options, new Progress<TrainingProgress>(), CancellationToken.None)!;
        var parts = PrequentialReport.PartsOf(result.Rows, 10, 20).Where(part => part.Rows.Count > 0).Select(part => PrequentialReport.Of(part.Part, part.Rows, 20)).ToList();
        var summary = new PrequentialSummary(CompletionTarget.CompletedByRule, options, result, TimeSpan.FromSeconds(1), parts, [parts[0] with { Part = "course-2" }]);
        using var files = new TemporaryFiles();

        PrequentialFiles.Write(new(files.Root), summary);

        using var json = JsonDocument.Parse(File.ReadAllText(files.PathOf("prequential.json")));
        Assert.Equal(1, json.RootElement.GetProperty("shift").GetProperty("logits").GetDouble());
        Assert.Equal(["all", "before the shift", "shifted, labels pending"], json.RootElement.GetProperty("parts").EnumerateArray().Select(part => part.GetProperty("part").GetString()));
        foreach (var part in json.RootElement.GetProperty("parts").EnumerateArray())
        {
            Assert.All(["model", "calibrated", "persistence"], who =>
                Assert.All(["auc", "brier", "ece", "mean_probability"], name => Assert.Equal(JsonValueKind.Number, part.GetProperty(who).GetProperty(name).ValueKind)));
        }

        Assert.Equal(result.Rows.Count + 1, File.ReadAllLines(files.PathOf("predictions.csv")).Length);
        Assert.Contains("course-2", PrequentialText.TableOf(summary));
        Assert.Contains("persistence", PrequentialText.TableOf(summary));
    }
}
