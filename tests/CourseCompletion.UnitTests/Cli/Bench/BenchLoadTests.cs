using CourseCompletion.Cli.Bench;
using CourseCompletion.UnitTests.Client;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Bench;

public sealed class BenchLoadTests
{
    private static readonly LoadShape _shape = new(Learners: 10, Courses: 1, BatchSize: 5);

    [Fact]
    public async Task RunAsync_EventsMax_EndsWithEveryEventAnswered()
    {
        await using var gateway = await ScriptedGateway.StartAsync(new(stream => stream.AnswerAllAsync()));

        var result = await new BenchLoad(new("bench", _shape.Learners)).RunAsync(gateway.Address.AbsoluteUri, _shape, TimeSpan.FromMinutes(10), eventsMax: 100);

        Assert.Equal((100, 0), (result.Events, result.Others));
    }

    [Fact]
    public async Task RunAsync_Stopped_EndsAtOnceAlthoughNothingIsAnswered()
    {
        using var stop = new CancellationTokenSource();
        await using var gateway = await ScriptedGateway.StartAsync(new(async stream =>
        {
            await stream.Requests.MoveNext(stream.Context.CancellationToken);
            await stop.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, stream.Context.CancellationToken);
        }));
        var load = new BenchLoad(new("bench", _shape.Learners));
        BenchLoad.StopOn(stop.Token);

        var running = load.RunAsync(gateway.Address.AbsoluteUri, _shape, TimeSpan.FromMinutes(10));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(TimeSpan.FromSeconds(30)));
    }
}
