using CourseCompletion.EndToEndTests.Hosts;
using Xunit;

namespace CourseCompletion.EndToEndTests.Documentation;

/// <summary>What docs/profile.md tells to type, typed.</summary>
public sealed class ProfilePageTests : IDisposable
{
    private readonly TypedPage _page = new("profile.md");

    public void Dispose() => _page.Dispose();

    [Fact]
    public async Task SeeIt_AsWritten_ShowsHowALearnerLearnsAndWhatComesNext()
    {
        var blocks = _page.Commands("See it");
        Assert.Equal([1, 6], blocks.Select(block => block.Length));
        await using var server = _page.Start(blocks[0][0], HostProcess.ReadyPrefix, $" --grpc-port {_page.Port} --http-port {_page.Port + 1}");
        await server.AwaitedLineAsync(TypedPage.Deadline);
        await _page.RunAsync(blocks[1][0]);
        await _page.RunAsync(blocks[1][1]);
        var learner = Busiest(await _page.RunAsync("cat data/profile-class/events.csv"));
        var commands = Array.ConvertAll(blocks[1], command => command.Replace("LEARNER", learner, StringComparison.Ordinal));

        var profile = await _page.RunAsync(commands[2]);
        Assert.All((string[])["hours", "days", "absence", "session", "watched", "clips", "format", "pace"], figure => Assert.Contains($"\n{figure} ", profile, StringComparison.Ordinal));
        Assert.Contains("course-1-lesson-", await _page.RunAsync(commands[3]), StringComparison.Ordinal);
        var json = await _page.RunAsync(commands[4]);
        Assert.Contains("\"bestHours\"", json, StringComparison.Ordinal);
        Assert.Contains("\"preferredSeconds\"", json, StringComparison.Ordinal);
        Assert.Contains("NEXT_CLIP_REASON_", await _page.RunAsync(commands[5]), StringComparison.Ordinal);
        await server.InterruptAsync();
        Assert.Equal(0, await server.ExitCodeAsync(TypedPage.Deadline));
    }

    // The learner with most events among those who did not leave or finish.
    private static string Busiest(string events)
    {
        var rows = events.Split('\n').Skip(1).Select(row => row.Split(',')).Where(row => row.Length > 5).ToArray();
        var gone = rows.Where(row => row[5] == "withdrew").Select(row => row[3]).ToHashSet(StringComparer.Ordinal);
        return rows.Select(row => row[3]).Where(learner => !gone.Contains(learner)).CountBy(learner => learner).MaxBy(count => count.Value).Key;
    }
}
