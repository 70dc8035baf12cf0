using CourseCompletion.Cli.Bench;
using CourseCompletion.Cli.Bench.Peers;
using CourseCompletion.Client;
using CourseCompletion.EndToEndTests.Engagement;
using CourseCompletion.EndToEndTests.Hosts;
using CourseCompletion.Protocol.V1;
using Xunit;

namespace CourseCompletion.EndToEndTests.Bench;

/// <summary>What the benchmark compares the engine with does its work: it accepts once, and keeps what it accepted.</summary>
public sealed class PeerTests
{
    private const string Course = "peer-course";
    private static readonly PeersDirectory _peers = PeersDirectory.Beside(AppContext.BaseDirectory);

    [Fact]
    public async Task AkkaPeer_KilledAndStartedAgain_KnowsWhatItAcceptedAndSoDoesTheEngine()
    {
        using var data = new TemporaryDirectory();

        Assert.All(await RecordAsync(AkkaAsync, data, from: 0, to: 20), status => Assert.Equal(EventStatus.Accepted, status));
        var again = await RecordAsync(AkkaAsync, data, from: 0, to: 25);

        Assert.All(again[..20], status => Assert.Equal(EventStatus.Duplicate, status));
        Assert.All(again[20..], status => Assert.Equal(EventStatus.Accepted, status));

        await using var engine = await BenchServer.StartHostAsync(data.Path, redis: null);
        await using var client = EngagementClient.Connect(new(engine.GrpcAddress));
        var learner = await client.Learners.GetLearnerAsync(new() { LearnerId = LearnerOf(0) });
        Assert.Equal(Enumerable.Range(0, 25).Count(number => LearnerOf(number) == LearnerOf(0)), learner.Learner.EventCount);
    }

    [Fact]
    public async Task AkkaPeer_ManyBatchesOfOneLearnerAtOnce_AcceptsEachOnceOverSnapshots()
    {
        using var data = new TemporaryDirectory();
        await using (var peer = await AkkaAsync(data))
        {
            await using var client = EngagementClient.Connect(new(peer.GrpcAddress));
            var batches = Enumerable.Range(0, 60).Select(batch => client.SendBatchAsync([.. Enumerable.Range(batch * 20, 20).Select(number => EventOf("busy", number))]));

            foreach (var answer in await Task.WhenAll(batches))
                Assert.All(answer.Results, result => Assert.Equal(EventStatus.Accepted, result.Status));
        }

        await using var engine = await BenchServer.StartHostAsync(data.Path, redis: null);
        await using var reader = EngagementClient.Connect(new(engine.GrpcAddress));
        Assert.Equal(1_200, (await reader.Learners.GetLearnerAsync(new() { LearnerId = "busy" })).Learner.EventCount);
    }

    [FlaskFact]
    public async Task FlaskPeer_KilledAndStartedAgain_KnowsWhatItAccepted()
    {
        using var data = new TemporaryDirectory();

        await using (var flask = await FlaskStack.StartAsync(_peers, data.Path, CancellationToken.None))
        {
            using var http = new HttpClient { BaseAddress = flask.Address };
            Assert.Equal(1, await FlaskLoad.PostAsync(http, Batch(0, 1), CancellationToken.None));
            Assert.Equal(19, await FlaskLoad.PostAsync(http, Batch(0, 20), CancellationToken.None));
            Assert.Equal(0, await FlaskLoad.PostAsync(http, Batch(0, 1), CancellationToken.None));
            Assert.True(flask.ServerCpuTime > TimeSpan.Zero);
        }

        await using var again = await FlaskStack.StartAsync(_peers, data.Path, CancellationToken.None);
        using var client = new HttpClient { BaseAddress = again.Address };
        Assert.Equal(5, await FlaskLoad.PostAsync(client, Batch(0, 25), CancellationToken.None));
    }

    private static Task<BenchServer> AkkaAsync(TemporaryDirectory data) => BenchServer.StartAsync(PeerNames.Akka, _peers.AkkaAssembly, ["--data", data.Path]);

    private static async Task<EventStatus[]> RecordAsync(Func<TemporaryDirectory, Task<BenchServer>> startAsync, TemporaryDirectory data, int from, int to)
    {
        await using var server = await startAsync(data);
        await using var client = EngagementClient.Connect(new(server.GrpcAddress));
        var answer = await client.SendBatchAsync([.. Batch(from, to).Events]);
        return [.. answer.Results.Select(result => result.Status)];
    }

    private static StreamEventsRequest Batch(int from, int to)
    {
        var batch = new StreamEventsRequest { BatchId = "batch" };
        batch.Events.AddRange(Enumerable.Range(from, to - from).Select(number => EventOf(LearnerOf(number), number)));
        return batch;
    }

    private static string LearnerOf(int number) => $"peer-learner-{number % 3}";

    private static Event EventOf(string learner, int number) => Events.Watched(learner, Course, number, number * 10, (number * 10) + 10);
}
