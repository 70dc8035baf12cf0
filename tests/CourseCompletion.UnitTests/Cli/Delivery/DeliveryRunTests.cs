using CourseCompletion.Cli.Connections;
using CourseCompletion.Cli.Delivery;
using CourseCompletion.Client;
using CourseCompletion.Protocol.V1;
using CourseCompletion.UnitTests.Client;
using Grpc.Core;
using Spectre.Console;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Delivery;

public sealed class DeliveryRunTests
{
    private const int EventCount = 100;

    [Fact]
    public async Task RunAsync_SavingFailsForAWhile_GoesOnSaving()
    {
        var saves = 0;
        var savedAgain = new TaskCompletionSource();
        var saved = 0L;
        await using var gateway = await ScriptedGateway.StartAsync(new(async stream =>
        {
            await foreach (var request in stream.Requests.ReadAllAsync())
            {
                await savedAgain.Task; // Answered only when saving succeeded after it had failed.
                await stream.Responses.WriteAsync(stream.Record(request));
            }
        }));
        var plan = Plan(gateway) with
        {
            SaveEvery = TimeSpan.FromMilliseconds(10),
            Save = position =>
            {
                if (++saves <= 3)
                {
                    throw new IOException("The disk is full.");
                }

                saved = position;
                savedAgain.TrySetResult();
            },
        };

        var (exitCode, text) = await RunAsync(plan, CancellationToken.None);

        Assert.Equal(CommandRun.Ok, exitCode);
        Assert.Equal(EventCount, saved);
        Assert.Contains("The disk is full.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_PositionCannotBeSavedAtTheEnd_FailsAndSumsUp()
    {
        await using var gateway = await ScriptedGateway.StartAsync(new(stream => stream.AnswerAllAsync()));
        using var text = new StringWriter();

        await Assert.ThrowsAsync<IOException>(() => RunAsync(Plan(gateway) with { Save = _ => throw new IOException("The disk is full.") }, CancellationToken.None, text));

        Assert.Matches($"accepted +{EventCount}", text.ToString());
    }

    [Fact]
    public async Task RunAsync_StreamRefused_SumsUp()
    {
        await using var gateway = await ScriptedGateway.StartAsync(new(_ => throw new RpcException(new(StatusCode.PermissionDenied, "not you"))));

        // Often: a run that waits for room just as its lane fails must hear of it too.
        for (var run = 0; run < 100; run++)
        {
            using var text = new StringWriter();

            await Assert.ThrowsAsync<EngagementStreamException>(() => RunAsync(Plan(gateway), CancellationToken.None, text));

            Assert.Matches("accepted +0", text.ToString());
        }
    }

    [Fact]
    public async Task RunAsync_Interrupted_WaitsForWhatIsUnderWay()
    {
        using var stop = new CancellationTokenSource();
        await using var gateway = await ScriptedGateway.StartAsync(new(async stream =>
        {
            await foreach (var request in stream.Requests.ReadAllAsync())
            {
                await stop.CancelAsync();
                await Task.Delay(300); // As long as a slow disk takes.
                await stream.Responses.WriteAsync(stream.Record(request));
            }
        }));
        var saved = 0L;

        var (exitCode, text) = await RunAsync(Plan(gateway) with { Save = position => saved = position }, stop.Token);

        Assert.Equal(CommandRun.Interrupted, exitCode);
        Assert.Matches($"accepted +{gateway.Script.Durable.Count} ", text);
        Assert.InRange(saved, 1, gateway.Script.Durable.Count);
    }

    private static DeliveryPlan Plan(ScriptedGateway gateway) =>
        new(gateway.Address, [], Enumerable.Range(0, EventCount).Select(NewEvent), 10, Pace.Max);

    private static Event NewEvent(int number)
    {
        var e = EngagementClientTests.NewEvent($"e{number:D5}");
        e.LearnerId = "learner";
        e.OccurredAt.Seconds += number;
        return e;
    }

    private static async Task<(int ExitCode, string Text)> RunAsync(DeliveryPlan plan, CancellationToken cancellationToken, StringWriter? writer = null)
    {
        var text = writer ?? new StringWriter();
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(text), Interactive = InteractionSupport.No });
        console.Profile.Width = 200;
        var exitCode = await new DeliveryRun(plan, console, isJson: false).RunAsync(cancellationToken).WaitAsync(TimeSpan.FromSeconds(30));
        return (exitCode, text.ToString());
    }
}
