using CourseCompletion.Client;
using CourseCompletion.EndToEndTests.Engagement;
using CourseCompletion.Protocol.V1;
using Google.Protobuf.WellKnownTypes;
using Xunit;
using Xunit.Abstractions;

namespace CourseCompletion.EndToEndTests.Faults;

/// <summary>Events come ten times, shuffled, too late, from the future and from wrong clocks: each counts once or is rejected with its reason.</summary>
[Collection(FaultCollection.Name)]
public sealed class DisorderTests(ITestOutputHelper output)
{
    private const int Distinct = 3_000;
    private const int Copies = 10;
    private const int Learners = 100;
    private const int Senders = 4;
    private static readonly TimeSpan _skew = TimeSpan.FromHours(3);

    [LongFault]
    public Task Disorder_OnACluster_EachCountsOnce() => FaultRun.RepeatAsync(output, PlanOf("disorder-cluster"), () => FaultCluster.StartAsync(new()), (_, run) => SendAsync(run));

    [Fact]
    public Task Disorder_OnTheEmbeddedStore_EachCountsOnce() => FaultRun.RepeatAsync(output, PlanOf("disorder-embedded"), () => EmbeddedTarget.StartAsync(), (_, run) => SendAsync(run));

    private static async Task SendAsync(FaultRun run)
    {
        var newest = DateTime.UtcNow - TimeSpan.FromMinutes(10);
        run.Begins("disorder");
        await SendShuffledAsync(run, newest);
        await SendOneAsync(run, "late", newest - TimeSpan.FromDays(40), RejectionReason.TooLate);
        await SendOneAsync(run, "future", DateTime.UtcNow + TimeSpan.FromHours(2), RejectionReason.InTheFuture);
        await SendFromAWrongClockAsync(run);
    }

    // Several senders each send all of it, each in an order of its own.
    private static async Task SendShuffledAsync(FaultRun run, DateTime newest)
    {
        var events = Enumerable.Range(0, Distinct).Select(number => EventOf($"shuffled-{number % Learners}", $"shuffled-{number}", newest - TimeSpan.FromMinutes(run.Random.Next(20_000)))).ToArray();

        // The first of a source sets how old the others may be.
        for (var learner = 0; learner < Learners; learner++)
            events[learner].OccurredAt = Timestamp.FromDateTime(newest);
        foreach (var e in events)
            run.History.Invoked(run.History.Now, e);
        var copies = Enumerable.Range(0, Copies).SelectMany(_ => events).ToArray();
        run.Random.Shuffle(copies);
        var accepted = await Task.WhenAll(copies.Chunk(copies.Length / Senders).Select(share => SendShareAsync(run, share)));
        Assert.Equal(Distinct, accepted.Sum());
        foreach (var e in events)
            run.History.Ended(e, new() { Status = EventStatus.Accepted });
    }

    private static async Task<int> SendShareAsync(FaultRun run, Event[] share)
    {
        await using var client = EngagementClient.Connect(run.Workload.Addresses[0], new() { KeepLearnerOrder = false });
        var answer = await client.SendBatchAsync(share);
        Assert.All(answer.Results, result => Assert.True(result.Status is EventStatus.Accepted or EventStatus.Duplicate, $"{result}"));
        return answer.Results.Count(result => result.Status == EventStatus.Accepted);
    }

    private static async Task SendOneAsync(FaultRun run, string name, DateTime at, RejectionReason reason)
    {
        var e = EventOf("shuffled-0", name, at);
        run.History.Invoked(run.History.Now, e);
        var result = (await run.Workload.Reader.SendBatchAsync([e])).Results[0];
        run.History.Ended(e, result);
        Assert.Equal((EventStatus.Rejected, reason, "occurred_at"), (result.Status, result.Reason, result.Field));
    }

    // The producer's clock is three hours ahead, and says so: its times are shifted back. They are no part of the history, where they could not be compared.
    private static async Task SendFromAWrongClockAsync(FaultRun run)
    {
        var ahead = DateTime.UtcNow + _skew;
        var request = new RecordEventsRequest { SentAt = Timestamp.FromDateTime(ahead) };
        foreach (var number in Enumerable.Range(0, 100))
        {
            var e = EventOf("skewed", $"skewed-{number}", ahead - TimeSpan.FromSeconds(number));
            (e.Source, e.CourseId) = ("skewed", "skewed");
            request.Events.Add(e);
        }

        for (var copy = 0; copy < Copies; copy++)
        {
            var answer = await run.Workload.Reader.Engagement.RecordEventsAsync(request);
            Assert.All(answer.Results, result => Assert.True(result.Status == EventStatus.Duplicate || (result.Status == EventStatus.Accepted && result.ClockCorrected), $"{result}"));
        }

        var learner = (await run.Workload.Reader.Learners.GetLearnerAsync(new() { LearnerId = "skewed" })).Learner;
        Assert.Equal(100, learner.EventCount);
    }

    private static Event EventOf(string learner, string id, DateTime at)
    {
        var made = Events.Watched(learner, KillHistory.CourseId(0), 0, 1, 2.5);
        (made.Source, made.EventId, made.OccurredAt) = (HistoryEntry.Source, id, Timestamp.FromDateTime(at));
        return made;
    }

    private static FaultPlan PlanOf(string name) => new(name) { Workload = new() { EventsPerSecond = 500 }, EventsBefore = 5_000, MayEndOtherwise = true };
}
