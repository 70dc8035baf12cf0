using CourseCompletion.Cli.Connections;
using CourseCompletion.Cli.Delivery;
using CourseCompletion.Cli.Engagement;
using CourseCompletion.Cli.Replay;
using CourseCompletion.Cli.Replay.Neutral;
using CourseCompletion.UnitTests.Client;
using Grpc.Core;
using Spectre.Console;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Replay;

public sealed class ReplayRunTests
{
    private const int EventCount = 5_000;

    [Fact]
    public async Task RunAsync_ShuffledFile_SendsEachLearnersEventsInOrderOfTime()
    {
        using var files = Sample();
        var seen = new List<string>();
        await using var gateway = await ScriptedGateway.StartAsync(new(async stream =>
        {
            await foreach (var request in stream.Requests.ReadAllAsync())
            {
                seen.AddRange(request.Events.Select(e => e.EventId));
                await stream.Responses.WriteAsync(stream.Record(request));
            }
        }));

        Assert.Equal(CommandRun.Ok, await RunAsync(files, gateway, CancellationToken.None));

        Assert.Equal(EventCount, seen.Count);
        Assert.All(seen.GroupBy(id => id[^1]), learner => Assert.Equal(learner.Order(StringComparer.Ordinal), learner));
    }

    [Fact]
    public async Task RunAsync_StoppedAndRunAgain_GoesOnAndLosesNothing()
    {
        using var files = Sample();
        using var stop = new CancellationTokenSource();
        var answered = 0;
        await using var gateway = await ScriptedGateway.StartAsync(new(async stream =>
        {
            await foreach (var request in stream.Requests.ReadAllAsync())
            {
                await stream.Responses.WriteAsync(stream.Record(request));
                if (Interlocked.Increment(ref answered) == 20)
                {
                    await stop.CancelAsync();
                }
            }
        }));

        Assert.Equal(CommandRun.Interrupted, await RunAsync(files, gateway, stop.Token));
        var position = ReplayState.Load(files.PathOf("state.json"), "sample");
        Assert.InRange(position, 1, EventCount - 1);
        Assert.Equal(CommandRun.Ok, await RunAsync(files, gateway, CancellationToken.None));

        Assert.Equal(EventCount, gateway.Script.Durable.Count);
        Assert.Equal(EventCount, ReplayState.Load(files.PathOf("state.json"), "sample"));
        var batches = answered;
        Assert.Equal(CommandRun.Ok, await RunAsync(files, gateway, CancellationToken.None));
        Assert.Equal(batches, answered); // Nothing is left to send.
    }

    [Fact]
    public async Task RunAsync_RejectedEvents_AreSummedUpByReason()
    {
        using var files = Sample();
        await using var gateway = await ScriptedGateway.StartAsync(new(async stream =>
        {
            await foreach (var request in stream.Requests.ReadAllAsync())
            {
                await stream.Responses.WriteAsync(stream.Record(request, e => e.EventId[^1] == '7'
                    ? new() { Status = Protocol.V1.EventStatus.Rejected, Reason = Protocol.V1.RejectionReason.TooLate, Field = "occurred_at" }
                    : null));
            }
        }));
        using var text = new StringWriter();

        await RunAsync(files, gateway, CancellationToken.None, text);

        Assert.Matches("rejected +500", text.ToString());
        Assert.Matches(@"TOO_LATE \(occurred_at\), such as event e00007", text.ToString());
        Assert.Matches("accepted +4,500", text.ToString());
    }

    [Fact]
    public async Task RunAsync_StateCannotBeWritten_FailsBeforeAnythingIsSent()
    {
        using var files = Sample();
        files.Write("a-file", "");
        await using var gateway = await ScriptedGateway.StartAsync(new(stream => stream.AnswerAllAsync()));

        await Assert.ThrowsAnyAsync<IOException>(() => RunAsync(files, gateway, CancellationToken.None, state: "a-file/state.json"));

        Assert.Empty(gateway.Script.Durable);
    }

    [Fact]
    public async Task RunAsync_StateInAMissingDirectory_MakesIt()
    {
        using var files = Sample();
        await using var gateway = await ScriptedGateway.StartAsync(new(stream => stream.AnswerAllAsync()));

        Assert.Equal(CommandRun.Ok, await RunAsync(files, gateway, CancellationToken.None, state: "not/there/state.json"));

        Assert.Equal(EventCount, ReplayState.Load(files.PathOf("not/there/state.json"), "sample"));
    }

    private static Task<int> RunAsync(TemporaryFiles files, ScriptedGateway gateway, CancellationToken cancellationToken, StringWriter? text = null, string state = "state.json")
    {
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(text ?? new StringWriter()), Interactive = InteractionSupport.No });
        console.Profile.Width = 200;
        var options = new ReplayOptions(gateway.Address, Pace.Max, 50, files.PathOf(state), 1_000_000, IsSorted: false, IsJson: false);
        return new ReplayRun(new NeutralLayout(files.Root), "sample", options, console).RunAsync(cancellationToken);
    }

    private static TemporaryFiles Sample()
    {
        var files = new TemporaryFiles();
        var numbers = Enumerable.Range(0, EventCount).ToArray();
        new Random(3).Shuffle(numbers);
        using var text = new StreamWriter(files.PathOf("events.csv"));
        CsvText.WriteRecord(text, NeutralColumns.Base);
        foreach (var number in numbers)
        {
            var at = DateTime.UnixEpoch.AddYears(50).AddSeconds(number);
            text.Write($"{at:yyyy-MM-dd'T'HH:mm:ss}Z,e{number:D5},test,l{number % 10},c1,checked_in,,,,\n");
        }

        return files;
    }
}
