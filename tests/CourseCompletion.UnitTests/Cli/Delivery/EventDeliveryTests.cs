using System.Collections.Concurrent;
using CourseCompletion.Cli.Delivery;
using CourseCompletion.Client;
using CourseCompletion.Protocol.V1;
using CourseCompletion.UnitTests.Client;
using Grpc.Core;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Delivery;

public sealed class EventDeliveryTests
{
    private const int EventCount = 3_000;

    // Answers as the engine does: batches side by side, each after a while of its own.
    [Fact]
    public async Task RunAsync_BatchesAnsweredSideBySide_KeepsEachLearnersOrder()
    {
        var applied = new ConcurrentDictionary<string, ConcurrentQueue<string>>();
        await using var gateway = await ScriptedGateway.StartAsync(new(stream => SideBySideAsync(stream, e =>
        {
            applied.GetOrAdd(e.LearnerId, _ => new()).Enqueue(e.EventId);
            return e.EventId.EndsWith("99", StringComparison.Ordinal) && stream.Script.Durable.TryAdd("once " + e.EventId, e)
                ? EngagementClientTests.Retry(1)
                : null;
        })));
        await using var client = EngagementClient.Connect(gateway.Address);
        var delivery = new EventDelivery(client, 20, Pace.Max, _ => { });

        await delivery.RunAsync(Events(), null, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(EventCount, delivery.Position);
        Assert.Equal(50, applied.Count);
        Assert.All(applied.Values, ids => Assert.Equal(ids.Order(StringComparer.Ordinal).Distinct(), ids.Distinct()));
    }

    [Fact]
    public async Task Position_AnswersOfOneLearnerMissing_StaysBeforeThem()
    {
        var release = new TaskCompletionSource();
        await using var gateway = await ScriptedGateway.StartAsync(new(async stream =>
        {
            var held = new TaskCompletionSource<StreamEventsRequest>();
            using var writing = new SemaphoreSlim(1);
            var releasing = ReleaseAsync();
            await foreach (var request in stream.Requests.ReadAllAsync())
            {
                if (request.Events[0].EventId == "e00000")
                {
                    held.SetResult(request);
                    continue;
                }

                await AnswerAsync(request);
            }

            await releasing;

            // The others may be answered before it has even arrived.
            async Task ReleaseAsync()
            {
                await release.Task;
                await AnswerAsync(await held.Task);
            }

            // A stream takes one answer at a time.
            async Task AnswerAsync(StreamEventsRequest request)
            {
                await writing.WaitAsync();
                await stream.Responses.WriteAsync(stream.Record(request));
                writing.Release();
            }
        }));
        await using var client = EngagementClient.Connect(gateway.Address);
        var others = new TaskCompletionSource();
        var delivery = new EventDelivery(client, 10, Pace.Max, _ => others.TrySetResult());

        var running = delivery.RunAsync(Events(), null, CancellationToken.None);
        await others.Task.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(0, delivery.Position); // The very first event is learner-0's.
        release.SetResult();
        await running.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(EventCount, delivery.Position);
    }

    [Fact]
    public async Task RunAsync_AtAPace_SendsNothingBeforeItIsDue()
    {
        await using var gateway = await ScriptedGateway.StartAsync(new(stream => stream.AnswerAllAsync()));
        await using var client = EngagementClient.Connect(gateway.Address);
        var answered = new ConcurrentQueue<long>();
        var started = TimeProvider.System.GetTimestamp();
        var delivery = new EventDelivery(client, 1_000, new(10), _ => answered.Enqueue(TimeProvider.System.GetTimestamp()));

        // Four seconds of event time, a second apart, at ten times the speed.
        await delivery.RunAsync(Events().Take(5), null, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));

        var times = answered.Select(at => TimeProvider.System.GetElapsedTime(started, at).TotalMilliseconds).ToArray();
        Assert.Equal(5, times.Length);
        Assert.All(times.Index(), time => Assert.True(time.Item >= (time.Index * 100) - 25, $"Event {time.Index} was answered after {time.Item} ms."));
    }

    private static IEnumerable<Event> Events() => Enumerable.Range(0, EventCount).Select(i =>
    {
        var e = EngagementClientTests.NewEvent($"e{i:D5}");
        e.LearnerId = $"learner-{i % 50}";
        e.OccurredAt.Seconds += i;
        return e;
    });

    private static async Task SideBySideAsync(ScriptedStream stream, Func<Event, EventResult?> apply)
    {
        var oneWriter = new SemaphoreSlim(1);
        var chance = new Random(11);
        var answers = new List<Task>();
        await foreach (var request in stream.Requests.ReadAllAsync())
        {
            answers.Add(AnswerAsync(request, TimeSpan.FromMilliseconds(chance.Next(15))));
        }

        await Task.WhenAll(answers);

        async Task AnswerAsync(StreamEventsRequest request, TimeSpan delay)
        {
            await Task.Delay(delay);
            var response = stream.Record(request, apply);
            await oneWriter.WaitAsync();
            await stream.Responses.WriteAsync(response);
            oneWriter.Release();
        }
    }
}
