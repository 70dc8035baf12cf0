using System.Text.RegularExpressions;
using CourseCompletion.EndToEndTests.Hosts;
using CourseCompletion.EndToEndTests.Redis;
using Xunit;

namespace CourseCompletion.EndToEndTests.Documentation;

/// <summary>What docs/operations.md tells a newcomer to type, typed.</summary>
public sealed partial class OperationsPageTests : IDisposable
{
    private readonly TypedPage _page = new("operations.md");

    public void Dispose() => _page.Dispose();

    [RedisFact]
    public async Task FromOneProcessToThreeSilos_AsWritten_BringsEverythingAlong()
    {
        var blocks = _page.Commands("From one process to three silos");
        Assert.Equal([1, 2, 2, 3], blocks.Select(block => block.Length));

        await using (var one = _page.Start(blocks[0][0], HostProcess.ReadyPrefix, $" --grpc-port {_page.Port} --http-port {_page.Port + 1}"))
        {
            await one.AwaitedLineAsync(TypedPage.Deadline);
            await _page.RunAsync(blocks[1][0]);
            Assert.Contains("Active", await _page.RunAsync(blocks[1][1]), StringComparison.Ordinal);
            await one.InterruptAsync();
            Assert.Equal(0, await one.ExitCodeAsync(TypedPage.Deadline));
        }

        await _page.RunAsync(blocks[2][0]);
        await using var cluster = _page.Start(blocks[2][1], "Logs are in", $" --port {_page.Port} --redis-port {_page.Port + 20}");
        await cluster.AwaitedLineAsync(TypedPage.Deadline);
        Assert.Contains("accepted", await _page.RunAsync(blocks[3][0]), StringComparison.OrdinalIgnoreCase);
        var status = await _page.RunAsync(blocks[3][1]);
        Assert.Equal(3, Active().Count(status));
        Assert.Contains("200 LearnerGrain", status, StringComparison.Ordinal);
        await Eventually.HoldsAsync("the doctor finds no fault", TypedPage.Deadline, async () =>
        {
            await using var doctor = _page.Start(blocks[3][2], null, "");
            return await doctor.ExitCodeAsync(TypedPage.Deadline) == 0 ? null : doctor.Output;
        });
        await cluster.InterruptAsync();
        await cluster.ExitCodeAsync(TypedPage.Deadline);
    }

    [GeneratedRegex("^Active ", RegexOptions.Multiline)]
    private static partial Regex Active();
}
