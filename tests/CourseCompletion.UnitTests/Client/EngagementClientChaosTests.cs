using System.Collections.Concurrent;
using CourseCompletion.Client;
using CourseCompletion.Protocol.V1;
using Grpc.Core;
using Xunit;
using Xunit.Abstractions;

namespace CourseCompletion.UnitTests.Client;

/// <summary>A server that drops streams, answers RETRY and answers in another order, all at random from a printed seed.</summary>
public sealed class EngagementClientChaosTests(ITestOutputHelper output)
{
    private static readonly TimeSpan _deadline = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task EveryEvent_WhateverTheServerDoes_IsAcknowledgedExactlyOnce(int seed)
    {
        output.WriteLine($"seed {seed}");
        await using var gateway = await ScriptedGateway.StartAsync(new(stream => MisbehaveAsync(stream, seed)));
        var heard = new ConcurrentDictionary<string, int>();
        await using var client = EngagementClient.Connect(gateway.Address, new()
        {
            BatchEventsMax = 37,
            Linger = TimeSpan.FromMilliseconds(1),
            UnacknowledgedEventsMax = 2_000,
            ReconnectDelayMin = TimeSpan.FromMilliseconds(1),
            ReconnectDelayMax = TimeSpan.FromMilliseconds(5),
            Acknowledged = acknowledgement => Hear(heard, acknowledgement),
        });

        var singles = EnqueueAsync(client, "single", 5_000);
        var awaited = Task.WhenAll(Enumerable.Range(0, 500).Select(async i =>
            Hear(heard, await client.SendAsync(EngagementClientTests.NewEvent($"awaited{i}")))));
        var batches = Task.WhenAll(Enumerable.Range(0, 100).Select(async b =>
        {
            var events = Enumerable.Range(0, 50).Select(i => EngagementClientTests.NewEvent($"batch{b}-{i}")).ToArray();
            var answer = await client.SendBatchAsync(events);
            for (var i = 0; i < events.Length; i++)
                Hear(heard, answer[i]);
        }));
        await Task.WhenAll(singles, awaited, batches).WaitAsync(_deadline);
        await client.FlushAsync().WaitAsync(_deadline);

        Assert.Equal(10_500, heard.Count);
        Assert.All(heard, pair => Assert.True(pair.Value == 1, $"{pair.Key} was reported {pair.Value} times."));
        Assert.Equal(10_500, gateway.Script.Durable.Count);
        var counters = client.Counters;
        output.WriteLine(counters.ToString());
        Assert.Equal(10_500, counters.Accepted + counters.Duplicate);
        Assert.True(counters.Reconnects > 0 && counters.Retried > 0 && counters.Resent > 0 && counters.Duplicate > 0, "The server was too kind.");
    }

    private static async Task EnqueueAsync(EngagementClient client, string name, int count)
    {
        for (var i = 0; i < count; i++)
            await client.EnqueueAsync(EngagementClientTests.NewEvent($"{name}{i}"));
    }

    private static void Hear(ConcurrentDictionary<string, int> heard, EventAcknowledgement acknowledgement)
    {
        Assert.True(acknowledgement.IsDurable, $"{acknowledgement.Event.EventId}: {acknowledgement.Status} {acknowledgement.Result.Message}");
        heard.AddOrUpdate(acknowledgement.Event.EventId, 1, (_, n) => n + 1);
    }

    private static async Task MisbehaveAsync(ScriptedStream stream, int seed)
    {
        var chance = new Random((seed * 7_919) + stream.Number);
        var oneWriter = new SemaphoreSlim(1); // Late answers of a dropped stream still use it.
        var answers = new List<Task>();
        for (var left = chance.Next(5, 60); await stream.Requests.MoveNext(); left--)
        {
            if (left == 0)
                stream.Context.GetHttpContext().Abort();
            if (left <= 0)
                throw new RpcException(new(StatusCode.Unavailable, "shutting down"));
            var response = stream.Record(
                stream.Requests.Current, _ => chance.Next(20) == 0 ? EngagementClientTests.Retry(chance.Next(3)) : null);
            answers.Add(AnswerLaterAsync(stream, response, TimeSpan.FromMilliseconds(chance.Next(4)), oneWriter));
        }

        await Task.WhenAll(answers);
    }

    private static async Task AnswerLaterAsync(
        ScriptedStream stream, StreamEventsResponse response, TimeSpan delay, SemaphoreSlim oneWriter)
    {
        await Task.Delay(delay);
        await oneWriter.WaitAsync();
        try
        {
            await stream.Responses.WriteAsync(response);
        }
        catch (Exception error) when (error is RpcException or InvalidOperationException or IOException or OperationCanceledException)
        {
            // The stream was dropped before this answer: the client must ask again.
        }
        finally
        {
            oneWriter.Release();
        }
    }
}
