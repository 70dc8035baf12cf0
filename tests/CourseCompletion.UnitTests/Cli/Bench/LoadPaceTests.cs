using System.Diagnostics;
using CourseCompletion.Cli.Bench;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Bench;

public sealed class LoadPaceTests
{
    private static readonly LoadShape _shape = new(Learners: 10, Courses: 1, BatchSize: 5);

    [Fact]
    public async Task NextAsync_WithoutRate_IsDueWhenItIsSent() => Assert.Null(await new LoadPace(_shape).NextAsync(CancellationToken.None));

    [Fact]
    public async Task NextAsync_BatchesAheadOfTheRate_Waits()
    {
        var pace = new LoadPace(_shape with { EventsPerSecond = 100 });
        var began = Stopwatch.GetTimestamp();

        for (var batch = 0; batch < 5; batch++)
        {
            await pace.NextAsync(CancellationToken.None);
        }

        // The fifth is due after four intervals of 5 / 100 s.
        Assert.True(Stopwatch.GetElapsedTime(began) >= TimeSpan.FromMilliseconds(199));
    }

    [Fact]
    public async Task NextAsync_LateBatch_IsClockedFromWhenItWasDue()
    {
        var pace = new LoadPace(_shape with { EventsPerSecond = 100 });
        var began = Stopwatch.GetTimestamp();
        await pace.NextAsync(CancellationToken.None);
        await Task.Delay(300);

        var dueAt = await pace.NextAsync(CancellationToken.None);

        Assert.InRange(Stopwatch.GetElapsedTime(began, dueAt!.Value), TimeSpan.Zero, TimeSpan.FromMilliseconds(50));
        Assert.True(Stopwatch.GetElapsedTime(dueAt.Value) >= TimeSpan.FromMilliseconds(245));
    }
}
