using System.Globalization;
using System.Text;
using System.Text.Json;
using CourseCompletion.Cli.Completion;
using CourseCompletion.Prediction.Completion;
using CourseCompletion.UnitTests.Completion.Training;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Completion;

public class TrainCommandTests
{
    [Theory]
    [InlineData(6, "5 folds by course")]
    [InlineData(3, "3 folds by course")]
    [InlineData(1, "5 folds of learners, for there is one course only")]
    public async Task Train_WithReport_WritesTheModelAndHowItsRecipeDoesElsewhere(int courses, string protocol)
    {
        using var files = Files(courses);

        var code = await TrainCommand.Create().Parse(
            ["--data", files.Root, "--name", "small", "--out", files.PathOf("small.model"), "--report", files.PathOf("report"), "--until-day", "16"]).InvokeAsync();

        Assert.Equal(0, code);
        Assert.Equal("small", ModelFile.Decode(File.ReadAllBytes(files.PathOf("small.model"))).Name);
        using var json = JsonDocument.Parse(File.ReadAllText(files.PathOf("report/evaluation.json")));
        Assert.Equal([7, 14], json.RootElement.EnumerateArray().Select(at => at.GetProperty("cutoff").GetInt32()));
        Assert.All(json.RootElement.EnumerateArray(), at => Assert.Contains(protocol, at.GetProperty("protocol").GetString()));
        var report = File.ReadAllText(files.PathOf("report/report.md"));
        Assert.Contains(protocol, report);
        Assert.Contains("## Gain by feature", report);
        Assert.Contains("](gain-by-feature.png)", report);
        Assert.Equal(6, Directory.GetFiles(files.PathOf("report"), "*.png").Length);
    }

    [Fact]
    public async Task Train_ReportDayOutOfRange_FailsBeforeItTrains()
    {
        using var files = Files(1);

        Assert.Equal(1, await TrainCommand.Create().Parse(
            ["--data", files.Root, "--out", files.PathOf("small.model"), "--report", files.PathOf("report"), "--report-cutoffs", "0"]).InvokeAsync());

        Assert.False(File.Exists(files.PathOf("small.model")));
    }

    [Fact]
    public void Within_History_KeepsTheUsualDaysAsFarAsItGoes()
    {
        var history = HistoryBuilder.Class(10);

        Assert.Equal([7, 14, 21, 28], CutoffDays.Within(history, null));
        Assert.Equal([7, 14], CutoffDays.Within(history, 20));
        Assert.Equal([5], CutoffDays.Within(history, 5));
    }

    private static TemporaryFiles Files(int courses)
    {
        var history = HistoryBuilder.Class(courses * 40);
        var events = new StringBuilder("occurred_at,event_id,source,learner_id,course_id,kind,object_id,count\n");
        foreach (var learner in history.Learners.Values)
        {
            foreach (var e in learner.Events.Select(received => received.Event))
            {
                events.Append(CultureInfo.InvariantCulture, $"{Time(e.OccurredAtMs)},{e.EventId},test,{learner.Learner},{CourseOf(e.Course.Value)},activity_recorded,navigation,{e.Count}\n");
            }
        }

        var outcomes = new StringBuilder("learner_id,course_id,enrolled_at,observed_until,completed\n");
        foreach (var outcome in history.Outcomes)
        {
            outcomes.Append(CultureInfo.InvariantCulture, $"{outcome.Learner},{CourseOf(outcome.Course.Value)},,{Time(outcome.ObservedUntilMs)},{(outcome.Completed ? 1 : 0)}\n");
        }

        var files = new TemporaryFiles();
        files.Write("events.csv", events.ToString());
        files.Write("outcomes.csv", outcomes.ToString());
        return files;

        // Six courses as built, dealt to fewer.
        string CourseOf(string course) => $"c{(course[^1] - '0') % courses}";
    }

    private static string Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
