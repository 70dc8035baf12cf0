using System.Text.Json;
using CourseCompletion.Cli.Completion;
using CourseCompletion.Datasets;
using CourseCompletion.UnitTests.Cli;
using Xunit;

namespace CourseCompletion.UnitTests.Comments.Evaluation;

/// <summary>The command on real comments reaches what <c>docs/comments.md</c> says.</summary>
public class CommentDatasetTests
{
    private const string Takeaway = "comments-zh/waimai_10k.csv.gz";
    private const string Train = "comments-zh/ChnSentiCorp_train.tsv.gz";
    private const string Dev = "comments-zh/ChnSentiCorp_dev.tsv.gz";
    private const string Products = "comments-en/amazonReviewSnippets_GroundTruth.txt.gz";
    private const string Films = "comments-en/movieReviewSnippets_GroundTruth.txt.gz";

    [DatasetFact(Takeaway)]
    public async Task Evaluate_TakeawayReviews_ReachTheGoal()
    {
        var figures = await EvaluateAsync(["--data", Dataset.PathOf(Takeaway), "--text", "review", "--label", "label"]);

        Assert.True(figures.GetProperty("accuracy").GetDouble() >= 0.905, $"{figures}");
        Assert.True(figures.GetProperty("ece").GetDouble() <= 0.015, $"{figures}");
    }

    [DatasetFact(Train, Dev)]
    public async Task Evaluate_ReviewsOfThreeKinds_ReachTheGoal()
    {
        var figures = await EvaluateAsync(["--train", Dataset.PathOf(Train), "--data", Dataset.PathOf(Dev), "--text", "1", "--label", "2"]);

        Assert.True(figures.GetProperty("accuracy").GetDouble() >= 0.915, $"{figures}");
        Assert.True(figures.GetProperty("ece").GetDouble() <= 0.015, $"{figures}");
        Assert.InRange(figures.GetProperty("left_out").GetInt32(), 338, 380);
    }

    [DatasetFact(Products, Films)]
    public async Task Evaluate_EnglishSnippets_BeatVader()
    {
        var figures = await EvaluateAsync(["--data", $"{Dataset.PathOf(Products)},{Dataset.PathOf(Films)}", "--text", "3", "--label", "2"]);

        var vader = figures.GetProperty("vader").GetProperty("accuracy").GetDouble();
        Assert.InRange(vader, 0.6, 0.75);
        Assert.True(figures.GetProperty("accuracy").GetDouble() > vader + 0.1, $"{figures}");
        Assert.True(figures.GetProperty("ece").GetDouble() <= 0.015, $"{figures}");
    }

    private static async Task<JsonElement> EvaluateAsync(string[] arguments)
    {
        using var files = new TemporaryFiles();
        Assert.Equal(0, await EvaluateCommand.Create().Parse(["comments", "--draws", "100", "--out", files.Root, .. arguments]).InvokeAsync());
        using var json = JsonDocument.Parse(File.ReadAllText(files.PathOf("evaluation.json")));
        return json.RootElement.Clone();
    }
}
