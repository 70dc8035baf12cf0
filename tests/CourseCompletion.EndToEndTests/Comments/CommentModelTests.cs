using CourseCompletion.EndToEndTests.Engagement;
using CourseCompletion.EndToEndTests.Hosts;
using CourseCompletion.Prediction.Comments;
using CourseCompletion.Prediction.Comments.Default;
using CourseCompletion.Protocol.V1;
using CourseCompletion.Transformers;
using Grpc.Net.Client;
using Xunit;

namespace CourseCompletion.EndToEndTests.Comments;

public sealed class CommentModelTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task ModelFile_OfOnesOwn_IsReadWith()
    {
        var file = Path.Combine(_directory.Path, "mine.model");
        await File.WriteAllBytesAsync(file, CommentModelFile.Encode(DefaultCommentModel.Load() with { Name = "mine-1" }));
        await using var host = await HostProcess.StartAsync($"--Comments:ModelFile={file}");
        using var channel = GrpcChannel.ForAddress(host.Grpc);
        Assert.Equal("mine-1", (await new CommentService.CommentServiceClient(channel).ReadCommentAsync(new() { Text = "good" })).Model);
    }

    [Fact]
    public async Task SecondOpinion_OfATransformer_ReplacesWhatWasUnsure()
    {
        var (model, vocabulary) = TinyTransformer.Write(_directory.Path, new Dictionary<string, float[]> { ["天"] = [0, 2], ["气"] = [0, 2], ["great"] = [4, 0] });
        await using var host = await HostProcess.StartAsync($"--Comments:SecondOpinion:ModelFile={model}", $"--Comments:SecondOpinion:VocabularyFile={vocabulary}");
        using var channel = GrpcChannel.ForAddress(host.Grpc);
        var comments = new CommentService.CommentServiceClient(channel);
        Assert.InRange((await comments.ReadCommentAsync(new() { Text = "天气" })).Reading.Positive, 0.351, 0.649);
        var unsure = Events.Of("ana", "algebra", 1, e => e.Commented = new() { Text = "天气" });
        var sure = Events.Of("ben", "algebra", 2, e => e.Commented = new() { Text = "great, I love it" });
        var answer = await new EngagementService.EngagementServiceClient(channel).RecordEventsAsync(new() { Events = { unsure, sure } });
        Assert.All(answer.Results, result => Assert.Equal(EventStatus.Accepted, result.Status));

        var listed = await Eventually.GetAsync(
            "the second opinion in the course's list",
            TimeSpan.FromSeconds(20),
            async () => (await comments.ListCommentsAsync(new() { CourseId = "algebra" })).Comments,
            listed => listed.Any(comment => comment.LearnerId == "ana" && comment.Reading.Positive == 0.98));
        Assert.True(listed.Single(comment => comment.LearnerId == "ben").Reading.Positive > 0.65, "What the first reader was sure of stays.");
    }

    [Fact]
    public async Task SecondOpinion_OfADamagedModel_RefusesToStartAndSaysWhy()
    {
        var file = Path.Combine(_directory.Path, "damaged.onnx");
        await File.WriteAllTextAsync(file, "no model");
        await using var host = new HostProcess(new() { Settings = [$"--Comments:SecondOpinion:ModelFile={file}", $"--Comments:SecondOpinion:VocabularyFile={file}"] });
        var (code, errors) = await host.StartRefusedAsync();
        Assert.Equal(1, code);
        Assert.Contains("Comments:SecondOpinion:ModelFile", errors, StringComparison.Ordinal);
        Assert.Contains(file, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing.model", false)]
    [InlineData("damaged.model", true)]
    public async Task ModelFile_MissingOrDamaged_RefusesToStartAndSaysWhy(string name, bool exists)
    {
        var file = Path.Combine(_directory.Path, name);
        if (exists)
        {
            await File.WriteAllTextAsync(file, "no model");
        }

        await using var host = new HostProcess(new() { Settings = [$"--Comments:ModelFile={file}"] });
        var (code, errors) = await host.StartRefusedAsync();
        Assert.Equal(1, code);
        Assert.Contains("Comments:ModelFile", errors, StringComparison.Ordinal);
        Assert.Contains("train comments", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }
}
