using System.Text.Json;
using CourseCompletion.Cli.Completion;
using CourseCompletion.Domain.Comments;
using CourseCompletion.Prediction.Comments;
using CourseCompletion.UnitTests.Comments;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Comments;

/// <summary><c>evaluate comments</c> and <c>train comments</c> on files that the test writes.</summary>
public class CommentCommandTests
{
    [Fact]
    public async Task Evaluate_FiveFolds_WritesWhatWasMeasured()
    {
        using var files = new TemporaryFiles();
        var data = files.Write("comments.csv", "label,review\n" + CommentSamples.Csv(CommentSamples.Chinese(300)) + "1,重复的一条不错\n1,重复的一条不错\n");

        Assert.Equal(0, await EvaluateAsync(["--data", data, "--text", "review", "--label", "label", "--out", files.PathOf("out")]));

        using var json = JsonDocument.Parse(File.ReadAllText(files.PathOf("out/evaluation.json")));
        Assert.All(["accuracy", "auc", "macro_f1", "ece", "us_per_comment"], name => Assert.Equal(JsonValueKind.Number, json.RootElement.GetProperty(name).ValueKind));
        Assert.Equal(1, json.RootElement.GetProperty("left_out").GetInt32());
        Assert.Equal(301, json.RootElement.GetProperty("n").GetInt32());
        Assert.True(json.RootElement.GetProperty("accuracy").GetDouble() > 0.9);
        Assert.False(json.RootElement.TryGetProperty("vader", out _), "VADER reads English only.");
    }

    [Fact]
    public async Task Evaluate_TheSameSeed_GivesTheSameFigures()
    {
        using var files = new TemporaryFiles();
        var data = files.Write("comments.tsv", string.Concat(CommentSamples.Noisy(200).Select(comment => $"{(comment.IsPositive ? "positive" : "negative")}\t{comment.Text}\n")));
        foreach (var (seed, directory) in new[] { ("1", "a"), ("1", "b"), ("2", "c") })
        {
            Assert.Equal(0, await EvaluateAsync(["--data", data, "--text", "2", "--label", "1", "--seed", seed, "--out", files.PathOf(directory)]));
        }

        Assert.Equal(Figures("a"), Figures("b"));
        Assert.NotEqual(Figures("a"), Figures("c"));

        string Figures(string directory)
        {
            using var json = JsonDocument.Parse(File.ReadAllText(files.PathOf($"{directory}/evaluation.json")));
            return string.Join(' ', new[] { "accuracy", "auc", "macro_f1", "ece" }.Select(name => json.RootElement.GetProperty(name).GetDouble()));
        }
    }

    [Fact]
    public async Task Evaluate_TrainedOnOtherFiles_LeavesOutWhatStandsInThem()
    {
        using var files = new TemporaryFiles();
        var all = CommentSamples.English(300);
        var train = files.Write("train.csv", "rating,text\n" + CommentSamples.Csv(all[..200], comment => comment.IsPositive ? "2.4" : "-1.8"));
        var test = files.Write("test.csv", "rating,text\n" + CommentSamples.Csv(all[150..], comment => comment.IsPositive ? "3" : "-3") + "0.2,neither\n");

        Assert.Equal(0, await EvaluateAsync(["--train", train, "--data", test, "--text", "text", "--label", "rating", "--out", files.PathOf("out")]));

        using var json = JsonDocument.Parse(File.ReadAllText(files.PathOf("out/evaluation.json")));
        Assert.Equal(100, json.RootElement.GetProperty("n").GetInt32());
        Assert.Equal(50, json.RootElement.GetProperty("left_out").GetInt32());
        Assert.Contains("train.csv", json.RootElement.GetProperty("protocol").GetString());
        Assert.InRange(json.RootElement.GetProperty("vader").GetProperty("accuracy").GetDouble(), 0.5, 1);
    }

    [Fact]
    public async Task Evaluate_LabelsOfOneKindOnly_SaysWhatToLookAt()
    {
        using var files = new TemporaryFiles();
        var data = files.Write("stars.csv", "stars,text\n1,bad\n3,so so\n5,good\n");

        Assert.Equal(1, await EvaluateAsync(["--data", data, "--text", "text", "--label", "stars"]));
        Assert.Equal(1, await EvaluateAsync(["--data", data, "--text", "words", "--label", "stars"]));
    }

    [Fact]
    public async Task Train_LabelledFile_WritesAModelThatReads()
    {
        using var files = new TemporaryFiles();
        var data = files.Write("comments.csv", "label,review\n" + CommentSamples.Csv(CommentSamples.Chinese(300)));

        Assert.Equal(0, await TrainCommand.Create().Parse(["comments", "--data", data, "--text", "review", "--label", "label", "--name", "own-1", "--out", files.PathOf("own.model")]).InvokeAsync());

        var reader = new LearnedCommentReader(CommentModelFile.Decode(File.ReadAllBytes(files.PathOf("own.model"))));
        Assert.Equal(("own-1", "comments.csv"), (reader.ModelName, reader.LearnedFrom));
        Assert.True(reader.Read("房间很干净，服务不错", CommentAdaptation.None).Positive > 0.8);
        Assert.True(reader.Read("房间太脏，服务很差", CommentAdaptation.None).Positive < 0.2);
    }

    private static Task<int> EvaluateAsync(string[] arguments) => EvaluateCommand.Create().Parse(["comments", "--draws", "20", .. arguments]).InvokeAsync();
}
