using System.Collections.Concurrent;
using CourseCompletion.Client;
using CourseCompletion.Protocol.V1;
using CourseCompletion.UnitTests.Gateway;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Xunit;

namespace CourseCompletion.UnitTests.Client;

/// <summary>What the client shares with its caller: a callback, and lists of events.</summary>
public sealed class EngagementClientCallbackTests
{
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Acknowledged_ReportsFromTwoThreads_IsCalledOneAtATime()
    {
        await using var gateway = await ScriptedGateway.StartAsync(new(stream => stream.AnswerAllAsync()));
        using var release = new ManualResetEventSlim();
        var heard = new ConcurrentQueue<string>();
        await using var client = EngagementClient.Connect(gateway.Address, new()
        {
            BatchBytesMax = 5_000,
            Linger = TimeSpan.Zero,
            Acknowledged = acknowledgement =>
            {
                heard.Enqueue(acknowledgement.Event.EventId);
                if (heard.Count == 1)
                    release.Wait(_deadline);
            },
        });
        await client.EnqueueAsync(EngagementClientTests.NewEvent("small"));
        await Eventually.HoldsAsync(() => heard.Count == 1, "the reading loop is in the callback");
        var large = EngagementClientTests.NewEvent("large");
        large.Commented = new() { Text = new string('x', 6_000) };

        // Rejected without being sent, on this thread.
        await client.EnqueueAsync(large);

        Assert.Single(heard);
        release.Set();
        await client.FlushAsync().WaitAsync(_deadline);
        Assert.Equal(["small", "large"], heard);
    }

    [Fact]
    public async Task DisposeAsync_CallbackThrowsEachTime_ReportsEveryEventAndEnds()
    {
        await using var gateway = await ScriptedGateway.StartAsync(
            new(stream => Task.Delay(Timeout.InfiniteTimeSpan, stream.Context.CancellationToken)));
        var heard = new ConcurrentQueue<string>();
        var client = EngagementClient.Connect(gateway.Address, new()
        {
            Linger = TimeSpan.Zero,
            ShutdownTimeout = TimeSpan.FromMilliseconds(100),
            Acknowledged = acknowledgement =>
            {
                heard.Enqueue(acknowledgement.Event.EventId);
                throw new InvalidOperationException("a bug of the caller's");
            },
        });
        for (var i = 0; i < 3; i++)
            await client.EnqueueAsync(EngagementClientTests.NewEvent($"e{i}"));
        var awaited = client.SendAsync(EngagementClientTests.NewEvent("awaited"));

        await client.DisposeAsync().AsTask().WaitAsync(_deadline);

        Assert.Equal(EventStatus.Retry, (await awaited.WaitAsync(_deadline)).Status);
        Assert.Equal(["e0", "e1", "e2"], heard.Order());
        var failure = await Assert.ThrowsAsync<EngagementStreamException>(() => client.FlushAsync().WaitAsync(_deadline));
        Assert.Contains("a bug of the caller's", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnqueueBatchAsync_ListUsedAgain_AnswersForTheEventsThatWereGiven()
    {
        var release = new TaskCompletionSource();
        await using var gateway = await ScriptedGateway.StartAsync(new(async stream =>
        {
            await release.Task;
            await stream.AnswerAllAsync();
        }));
        await using var client = EngagementClient.Connect(gateway.Address, new() { ShutdownTimeout = TimeSpan.Zero });
        var events = new List<Event> { EngagementClientTests.NewEvent("e1") };

        var answer = await client.EnqueueBatchAsync(events);
        events.Clear();
        release.SetResult();

        Assert.Equal("e1", Assert.Single((await answer.WaitAsync(_deadline)).Events).EventId);
    }

    [Fact]
    public async Task SendBatchAsync_AnswerThatCannotBeRecorded_IsAskedForAgain()
    {
        await using var gateway = await ScriptedGateway.StartAsync(new(async stream =>
        {
            await stream.Requests.MoveNext();
            var result = stream.Number > 1
                ? new EventResult { Status = EventStatus.Accepted }
                : new EventResult { Status = EventStatus.Retry, RetryAfter = new Duration { Seconds = long.MaxValue } };
            await stream.Responses.WriteAsync(new() { BatchId = stream.Requests.Current.BatchId, Results = { result } });
            await stream.Requests.MoveNext();
        }));
        await using var client = EngagementClient.Connect(
            gateway.Address, new() { ReconnectDelayMin = TimeSpan.FromMilliseconds(2), ShutdownTimeout = TimeSpan.Zero });

        var answer = await client.SendBatchAsync([EngagementClientTests.NewEvent("e1")]).WaitAsync(_deadline);

        Assert.Equal(EventStatus.Accepted, answer[0].Status);
        Assert.Equal(2, gateway.Script.Streams);
    }
}
