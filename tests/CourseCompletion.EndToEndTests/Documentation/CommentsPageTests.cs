using CourseCompletion.EndToEndTests.Hosts;
using Xunit;

namespace CourseCompletion.EndToEndTests.Documentation;

/// <summary>What docs/comments.md tells to type at a server, typed.</summary>
public sealed class CommentsPageTests : IDisposable
{
    private readonly TypedPage _page = new("comments.md");

    public void Dispose() => _page.Dispose();

    [Fact]
    public async Task Live_AsWritten_ReadsSumsListsAndLearns()
    {
        var commands = Assert.Single(_page.Commands("Live"));
        Assert.Equal(9, commands.Length);
        await using var server = _page.Start(
            "dotnet run -c Release --project src/CourseCompletion.Host --", HostProcess.ReadyPrefix, $" --data data --grpc-port {_page.Port} --http-port {_page.Port + 1}");
        await server.AwaitedLineAsync(TypedPage.Deadline);
        await _page.RunAsync(commands[0]);
        Assert.Contains("ACCEPTED", await _page.RunAsync(commands[1]), StringComparison.Ordinal);
        Assert.Contains("ACCEPTED", await _page.RunAsync(commands[2]), StringComparison.Ordinal);
        await Eventually.HoldsAsync("the comment to be counted", TypedPage.Deadline, async () =>
            await _page.RunAsync(commands[3]) is var feedback && feedback.Contains("1 texts", StringComparison.Ordinal) && feedback.Contains("1 confused", StringComparison.Ordinal)
            && feedback.Contains("4.0 stars of 1", StringComparison.Ordinal) && feedback.Contains("net promoter score 100", StringComparison.Ordinal) ? null : feedback);
        Assert.Contains("lesson-1 at 41 s", await _page.RunAsync(commands[4]), StringComparison.Ordinal);
        Assert.Contains("ACCEPTED", await _page.RunAsync(commands[5]), StringComparison.Ordinal);
        await Eventually.HoldsAsync("the reason to be listed", TypedPage.Deadline, async () =>
            await _page.RunAsync(commands[6]) is var reasons && reasons.Contains("too fast for me, I gave up", StringComparison.Ordinal) ? null : reasons);
        Assert.Contains("COMMENT_LANGUAGE_CHINESE", await _page.RunAsync(commands[7]), StringComparison.Ordinal);
        Assert.Contains("\"labels\":\"1\"", await _page.RunAsync(commands[8]), StringComparison.Ordinal);
        await server.InterruptAsync();
        Assert.Equal(0, await server.ExitCodeAsync(TypedPage.Deadline));
    }
}
