using CourseCompletion.EndToEndTests.Hosts;
using CourseCompletion.Prediction.Comments;
using CourseCompletion.Prediction.Comments.Default;
using CourseCompletion.Protocol.V1;
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
