using System.Collections.Concurrent;
using CourseCompletion.Client;
using CourseCompletion.Protocol.V1;
using CourseCompletion.UnitTests.Gateway;
using Grpc.Core;
using Xunit;

namespace CourseCompletion.UnitTests.Client;

/// <summary>Events of one learner reach the server in their order, whatever it answers; the ids end with their learner's name.</summary>
public sealed class LearnerOrderTests
{
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task EnqueueBatchAsync_EarlierEventUnderWay_LaterOnesOfThatLearnerWaitForItsAnswer()
    {
        var received = new ConcurrentQueue<string>();
        await using var gateway = await ScriptedGateway.StartAsync(new(async stream =>
        {
            await stream.Requests.MoveNext();
            var january = stream.Requests.Current;
            Note(january, received);
            await stream.Requests.MoveNext();
            Note(stream.Requests.Current, received);
            await stream.Responses.WriteAsync(stream.Record(january, _ => EngagementClientTests.Retry(1)));
            await stream.Responses.WriteAsync(stream.Record(stream.Requests.Current));
            await foreach (var request in stream.Requests.ReadAllAsync())
            {
                Note(request, received);
                await stream.Responses.WriteAsync(stream.Record(request));
            }
        }));
        await using var client = EngagementClient.Connect(gateway.Address);

        var january = await client.EnqueueBatchAsync([EngagementClientTests.NewEvent("jan-x")]);
        var march = await client.EnqueueBatchAsync([EngagementClientTests.NewEvent("mar-x"), EngagementClientTests.NewEvent("mar-y")]);

        Assert.Equal(EventStatus.Accepted, (await january.WaitAsync(_deadline))[0].Status);
        Assert.All((await march.WaitAsync(_deadline)).Results, result => Assert.Equal(EventStatus.Accepted, result.Status));
        Assert.Equal(["jan-x", "mar-y", "jan-x", "mar-x"], received);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EnqueueBatchAsync_EarlierEventIsToBeSentAgain_LaterOnesOfThatLearnerWait(bool keepsOrder)
    {
        var accepted = new ConcurrentQueue<string>();
        var attempts = 0;
        await using var gateway = await ScriptedGateway.StartAsync(new(async stream =>
        {
            await foreach (var request in stream.Requests.ReadAllAsync())
            {
                await stream.Responses.WriteAsync(stream.Record(request, e =>
                {
                    if (e.EventId == "jan-x" && ++attempts == 1)
                        return EngagementClientTests.Retry(200);
                    accepted.Enqueue(e.EventId);
                    return null;
                }));
            }
        }));
        await using var client = EngagementClient.Connect(gateway.Address, new() { KeepLearnerOrder = keepsOrder });

        var answers = new List<Task<BatchAcknowledgement>> { await client.EnqueueBatchAsync([EngagementClientTests.NewEvent("jan-x")]) };
        await Eventually.HoldsAsync(() => client.Counters.Retried == 1, "January's event is to be sent again");
        foreach (var month in (string[])["feb", "mar"])
            answers.Add(await client.EnqueueBatchAsync([EngagementClientTests.NewEvent($"{month}-x"), EngagementClientTests.NewEvent($"{month}-y")]));
        await Task.WhenAll(answers).WaitAsync(_deadline);

        // The other learner's events do not wait.
        Assert.Equal(["feb-y", "mar-y", "jan-x", "feb-x", "mar-x"], accepted);
    }

    [Fact]
    public async Task EnqueueBatchAsync_StreamBreaksWhileLaterEventsWait_ResendsInOrder()
    {
        var received = new ConcurrentQueue<string>();
        await using var gateway = await ScriptedGateway.StartAsync(new(async stream =>
        {
            for (var isFirst = stream.Number == 1; await stream.Requests.MoveNext();)
            {
                if (isFirst && stream.Requests.Current.Events.Any(e => e.EventId == "mar-y"))
                    throw new RpcException(new(StatusCode.Unavailable, "going away"));
                if (isFirst)
                    continue;
                Note(stream.Requests.Current, received);
                await stream.Responses.WriteAsync(stream.Record(stream.Requests.Current));
            }
        }));
        await using var client = EngagementClient.Connect(gateway.Address, new() { ReconnectDelayMin = TimeSpan.FromMilliseconds(2) });

        var january = await client.EnqueueBatchAsync([EngagementClientTests.NewEvent("jan-x")]);
        var march = await client.EnqueueBatchAsync([EngagementClientTests.NewEvent("mar-x"), EngagementClientTests.NewEvent("mar-y")]);
        await Task.WhenAll(january, march).WaitAsync(_deadline);

        var order = received.ToList();
        Assert.True(order.IndexOf("jan-x") < order.IndexOf("mar-x"), string.Join(' ', order));
    }

    private static void Note(StreamEventsRequest request, ConcurrentQueue<string> received)
    {
        foreach (var e in request.Events)
            received.Enqueue(e.EventId);
    }
}
