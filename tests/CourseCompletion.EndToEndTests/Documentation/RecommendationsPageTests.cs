using CourseCompletion.EndToEndTests.Hosts;
using Xunit;

namespace CourseCompletion.EndToEndTests.Documentation;

/// <summary>What docs/recommendations.md tells to type at a server, typed.</summary>
public sealed class RecommendationsPageTests : IDisposable
{
    private readonly TypedPage _page = new("recommendations.md");

    public void Dispose() => _page.Dispose();

    [Fact]
    public async Task Live_AsWritten_RecommendsDismissesAndRestores()
    {
        var commands = Assert.Single(_page.Commands("Live"));
        Assert.Equal(7, commands.Length);
        await using var server = _page.Start(
            "dotnet run -c Release --project src/CourseCompletion.Host --", HostProcess.ReadyPrefix, $" --data data --grpc-port {_page.Port} --http-port {_page.Port + 1}");
        await server.AwaitedLineAsync(TypedPage.Deadline);
        await _page.RunAsync(commands[0]);
        await _page.RunAsync(commands[1]);
        Assert.Contains("ACCEPTED", await _page.RunAsync(commands[2]), StringComparison.Ordinal);
        await Eventually.HoldsAsync("what ana took to be recommended to ben", TypedPage.Deadline, async () =>
            await _page.RunAsync(commands[3]) is var list && list.Contains("geometry 'Geometry'", StringComparison.Ordinal) && list.Contains("often taken after Algebra", StringComparison.Ordinal) ? null : list);
        Assert.Contains("RECOMMENDATION_REASON_POPULAR", await _page.RunAsync(commands[4]), StringComparison.Ordinal);
        Assert.StartsWith("0 courses for ben", await _page.RunAsync(commands[5]), StringComparison.Ordinal);
        Assert.Contains("geometry 'Geometry'", await _page.RunAsync(commands[6]), StringComparison.Ordinal);
        await server.InterruptAsync();
        Assert.Equal(0, await server.ExitCodeAsync(TypedPage.Deadline));
    }
}
