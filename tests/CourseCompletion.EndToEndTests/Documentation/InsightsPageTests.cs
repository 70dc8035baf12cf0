using CourseCompletion.EndToEndTests.Hosts;
using Xunit;

namespace CourseCompletion.EndToEndTests.Documentation;

/// <summary>What docs/insights.md tells a course team to type, typed.</summary>
public sealed class InsightsPageTests : IDisposable
{
    private readonly TypedPage _page = new("insights.md");

    public void Dispose() => _page.Dispose();

    [Fact]
    public async Task SeeIt_AsWritten_ShowsFindingsAndAVideoAndMarksOneFixed()
    {
        var blocks = _page.Commands("See it");
        Assert.Equal([1, 6], blocks.Select(block => block.Length));
        await using var server = _page.Start(blocks[0][0], HostProcess.ReadyPrefix, $" --grpc-port {_page.Port} --http-port {_page.Port + 1}");
        await server.AwaitedLineAsync(TypedPage.Deadline);
        await _page.RunAsync(blocks[1][0]);
        await _page.RunAsync(blocks[1][1]);

        var findings = await _page.RunAsync(blocks[1][2]);
        Assert.Contains("watched this part again", findings, StringComparison.Ordinal);
        Assert.Contains("viewers", await _page.RunAsync(blocks[1][3]), StringComparison.Ordinal);
        Assert.Contains("\"insightId\"", await _page.RunAsync(blocks[1][4]), StringComparison.Ordinal);
        Assert.Contains("\"retention\"", await _page.RunAsync(blocks[1][5]), StringComparison.Ordinal);

        var finding = findings.Split('\n').First(line => line.StartsWith("confusing-", StringComparison.Ordinal)).Split(' ')[0];
        var fixedOne = Assert.Single(Assert.Single(_page.Commands("After a change"))).Replace("FINDING", finding, StringComparison.Ordinal);
        Assert.Contains("  fixed ", await _page.RunAsync(fixedOne), StringComparison.Ordinal);
        await server.InterruptAsync();
        Assert.Equal(0, await server.ExitCodeAsync(TypedPage.Deadline));
    }
}
