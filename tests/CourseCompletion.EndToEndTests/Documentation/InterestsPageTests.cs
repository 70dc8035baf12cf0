using CourseCompletion.EndToEndTests.Hosts;
using Xunit;

namespace CourseCompletion.EndToEndTests.Documentation;

/// <summary>What docs/interests.md tells to type at a server, typed.</summary>
public sealed class InterestsPageTests : IDisposable
{
    private readonly TypedPage _page = new("interests.md");

    public void Dispose() => _page.Dispose();

    [Fact]
    public async Task Live_AsWritten_ShowsInterestsTakesCorrectionsAndTopics()
    {
        var commands = Assert.Single(_page.Commands("Live"));
        Assert.Equal(9, commands.Length);
        await using var server = _page.Start(
            "dotnet run -c Release --project src/CourseCompletion.Host --", HostProcess.ReadyPrefix, $" --data data --grpc-port {_page.Port} --http-port {_page.Port + 1}");
        await server.AwaitedLineAsync(TypedPage.Deadline);
        await _page.RunAsync(commands[0]);
        Assert.Equal(2, (await _page.RunAsync(commands[1])).Split("ACCEPTED").Length - 1);
        var learner = await _page.RunAsync(commands[2]);
        Assert.Contains("interest  machine learning: 50.0", learner, StringComparison.Ordinal);
        Assert.Contains("because watched ml/l2, 600 s", learner, StringComparison.Ordinal);
        Assert.Contains("because asked ml/l2, 1 times", learner, StringComparison.Ordinal);
        var corrected = await _page.RunAsync(commands[3]);
        Assert.DoesNotContain("interest  decision:", corrected, StringComparison.Ordinal);
        Assert.Contains("says      decision: not interested", corrected, StringComparison.Ordinal);
        Assert.Contains("\"topology\"", await _page.RunAsync(commands[4]), StringComparison.Ordinal);
        await _page.RunAsync(commands[5]);
        Assert.Contains("noted", await _page.RunAsync(commands[6]), StringComparison.Ordinal);
        var searched = await _page.RunAsync(commands[7]);
        Assert.Contains("because searched 'how do decision trees work', 1 times", searched, StringComparison.Ordinal);
        Assert.Contains("interest  reinforcement learning:", searched, StringComparison.Ordinal);
        var topics = await _page.RunAsync(commands[8]);
        Assert.Contains("course    ml: machine learning 50", topics, StringComparison.Ordinal);
        Assert.Contains("lesson    l2: machine learning 50", topics, StringComparison.Ordinal);
        await server.InterruptAsync();
        Assert.Equal(0, await server.ExitCodeAsync(TypedPage.Deadline));
    }
}
