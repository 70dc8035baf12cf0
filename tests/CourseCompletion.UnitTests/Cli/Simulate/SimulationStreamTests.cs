using System.Collections.Concurrent;
using CourseCompletion.Cli.Connections;
using CourseCompletion.Cli.Delivery;
using CourseCompletion.Cli.Simulate;
using CourseCompletion.UnitTests.Client;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Simulate;

public sealed class SimulationStreamTests
{
    private static readonly ClassOptions _options =
        new(Seed: 7, Learners: 200, Courses: 1, new(2025, 9, 1, 0, 0, 0, DateTimeKind.Utc), CourseDays: 7, Prefix: "");

    [Fact]
    public async Task RunAsync_ClassThatLivesNow_SendsThePastAtOnceAndTheRestAsItHappens()
    {
        // A moment of the last day with much to come in the next seconds.
        var times = new SimulatedClass(_options).Live(7).Select(e => e.OccurredAt.ToDateTime()).ToList();
        var present = times.Where(at => at >= _options.Start.AddDays(6)).MaxBy(at => times.Count(other => other > at && other < at.AddSeconds(2)));
        var past = times.Count(at => at <= present);
        var arrived = new ConcurrentQueue<(DateTime OccurredAt, DateTime At)>();
        var clock = new FakeTimeProvider(present);
        using var stop = new CancellationTokenSource();
        await using var gateway = await ScriptedGateway.StartAsync(new(async stream =>
        {
            await foreach (var request in stream.Requests.ReadAllAsync())
            {
                foreach (var e in request.Events)
                {
                    arrived.Enqueue((e.OccurredAt.ToDateTime(), TimeProvider.System.GetUtcNow().UtcDateTime));
                }

                await stream.Responses.WriteAsync(stream.Record(request));
                if (arrived.Count > past + 1)
                {
                    await stop.CancelAsync();
                }
            }
        }));
        var begun = TimeProvider.System.GetUtcNow().UtcDateTime;

        var exitCode = await new SimulationStream(gateway.Address, Pace.RealTime, clock, Quiet(), isJson: false)
            .RunAsync(new(_options), 7, stop.Token).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(CommandRun.Interrupted, exitCode);
        Assert.Equal(past, arrived.Count(e => e.OccurredAt <= present));
        var live = arrived.Where(e => e.OccurredAt > present).ToList();
        Assert.NotEmpty(live);
        Assert.All(live, e => Assert.True(
            e.At - begun >= e.OccurredAt - present - TimeSpan.FromMilliseconds(50), $"What happens {e.OccurredAt - present} later came after {e.At - begun}."));
    }

    [Fact]
    public async Task RunAsync_ClassOfLongAgo_SendsEverything()
    {
        await using var gateway = await ScriptedGateway.StartAsync(new(stream => stream.AnswerAllAsync()));

        var exitCode = await new SimulationStream(gateway.Address, Pace.Max, null, Quiet(), isJson: false)
            .RunAsync(new(_options), 7, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(CommandRun.Ok, exitCode);
        Assert.Equal(new SimulatedClass(_options).Live(7).Count(), gateway.Script.Durable.Count);
    }

    [Theory]
    [InlineData("--target http://127.0.0.1:5080 --start now", null)]
    [InlineData("--target http://127.0.0.1:5080 --start now --speed 10", "leave out --speed")]
    [InlineData("--target http://127.0.0.1:5080 --start 2025-09-01 --speed 10", null)]
    [InlineData("--start now", "--out")]
    public void Create_StartNow_AllowsNoOtherSpeed(string options, string? fault)
    {
        var errors = SimulateCommand.Create().Parse(options).Errors.Select(error => error.Message).ToList();

        Assert.Equal(fault is null ? 0 : 1, errors.Count);
        Assert.All(errors, error => Assert.Contains(fault!, error, StringComparison.Ordinal));
    }

    private static IAnsiConsole Quiet() =>
        AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(new StringWriter()), Interactive = InteractionSupport.No });
}
