using System.Text.Json;
using CourseCompletion.Cli.Engagement;
using CourseCompletion.Cli.Recommendations;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Recommendations;

public class RecommendEvaluationCommandTests
{
    private const string Histories = "1 a b c d\n2 b c d\n3 a b c\n4 c d e a\n5 b a e\n";

    [Fact]
    public async Task Evaluate_TrainAndTest_WritesTheFiguresOfTheEngineAndItsPeers()
    {
        using var files = new TemporaryFiles();

        var code = await RunAsync("--train", files.Write("train.txt", Histories), "--test", files.Write("test.txt", "1 e\n2 a new\n9 a\n"), "--out", files.PathOf("out"));

        Assert.Equal(0, code);
        using var json = JsonDocument.Parse(File.ReadAllText(files.PathOf("out/evaluation.json")));
        var figures = json.RootElement;
        Assert.Equal(2, figures.GetProperty("n").GetInt32());
        Assert.Equal((5, 1, 1), (figures.GetProperty("items").GetInt32(), figures.GetProperty("unknown_items").GetInt32(), figures.GetProperty("learners_without_history").GetInt32()));

        // Five items in a list of ten: all but the one that nobody knows are found.
        Assert.Equal(0.75, figures.GetProperty("recall10").GetDouble());
        Assert.All(["ndcg10", "coverage", "popularity", "popularity_lift"], name => Assert.Equal(JsonValueKind.Number, figures.GetProperty(name).ValueKind));
        Assert.Equal(
            ["popularity", "item-knn", "item-knn, recency", "ease", "ease, recency"],
            figures.GetProperty("peers").EnumerateArray().Select(peer => peer.GetProperty("recommender").GetString()!));
        Assert.Equal(JsonValueKind.Null, figures.GetProperty("temporal").ValueKind);
    }

    [Fact]
    public async Task Evaluate_EventsWithTimes_HoldsOutByTimeToo()
    {
        using var files = new TemporaryFiles();
        files.Write(
            "events.csv",
            "occurred_at,event_id,source,learner_id,course_id,kind,object_id,count,value,text\n" + string.Concat(Enumerable.Range(0, 40).Select(
                i => $"2024-05-{1 + (i / 2):00}T12:00:00Z,{i},test,{(i * 7) % 10},{(char)('a' + (i % 6))},enrolled,,,,\n")));

        Assert.Equal(0, await RunAsync("--data", files.Root, "--out", files.PathOf("out")));

        using var json = JsonDocument.Parse(File.ReadAllText(files.PathOf("out/evaluation.json")));
        Assert.True(json.RootElement.GetProperty("n").GetInt32() > 0);
        Assert.True(json.RootElement.GetProperty("temporal").GetProperty("n").GetInt32() > 0);
    }

    [Theory]
    [InlineData("1 a b\n\n1 c\n", "line 3", "all of a learner's items on one line")]
    [InlineData("learner_id,course_id\n", "line 1", "separated by blanks")]
    [InlineData("\n7\n", "no items", "'learner item item ...'")]
    public void Read_FileThatCannotBeUsed_SaysWhereAndWhatToDo(string text, string where, string cure)
    {
        using var files = new TemporaryFiles();

        var error = Assert.Throws<DataFormatException>(() => ItemListFile.Read(files.Write("train.txt", text), CancellationToken.None));

        Assert.Contains(where, error.Message);
        Assert.Contains(cure, error.Message);
    }

    [Fact]
    public void Read_RepeatedItemsAndBlanks_KeepsTheFirstOfEach()
    {
        using var files = new TemporaryFiles();

        var read = ItemListFile.Read(files.Write("train.txt", "1  a\tb a\r\n\n2 c\n"), CancellationToken.None);

        Assert.Equal(["1", "2"], read.Select(learner => learner.Learner));
        Assert.Equal([["a", "b"], ["c"]], read.Select(learner => learner.Items));
    }

    [Theory]
    [InlineData("--train", "x")]
    [InlineData("--train", "x", "--test", "y", "--data", "z")]
    [InlineData("--out", "x")]
    public void Parse_OptionsThatDoNotFit_IsRefused(params string[] arguments) => Assert.NotEmpty(RecommendEvaluationCommand.Create().Parse(arguments).Errors);

    [Theory]
    [InlineData("--train", "missing", "--test", "missing")]
    [InlineData("--data", "missing")]
    public async Task Evaluate_FileThatIsNotThere_Fails(params string[] arguments) => Assert.Equal(1, await RunAsync(arguments));

    [Fact]
    public async Task Evaluate_NobodyToTest_Fails()
    {
        using var files = new TemporaryFiles();
        var train = files.Write("train.txt", Histories);

        Assert.Equal(1, await RunAsync("--train", train, "--test", files.Write("test.txt", "1 a\nx e\n")));
        Assert.Equal(1, await RunAsync("--data", files.Write("short.txt", "1 a b\n2 b\n")));
    }

    private static Task<int> RunAsync(params string[] arguments) => RecommendEvaluationCommand.Create().Parse(arguments).InvokeAsync();
}
