using CourseCompletion.Client;
using CourseCompletion.EndToEndTests.Engagement;
using CourseCompletion.EndToEndTests.Hosts;
using CourseCompletion.EndToEndTests.Redis;
using CourseCompletion.Host;
using CourseCompletion.Protocol.V1;
using Xunit;

namespace CourseCompletion.EndToEndTests.Cluster;

/// <summary>A learner who is watched while silos leave.</summary>
public sealed class WatchedLearnerTests
{
    private const int Learners = 40;

    // Far below the patience of those who watch, and above what it takes to begin somewhere else.
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(10);

    // How much of the directory a silo keeps is chance: now and then it is next to nothing, and this proves nothing.
    [RedisFact]
    public async Task Stop_OfTheSiloThatKnewWhereOthersAre_HoldsUpNobodyWhoIsWatched()
    {
        await using var redis = await RedisServer.StartAsync();
        var plan = new HostPlan { Role = HostRole.Silo, Settings = ["--redis", redis.ConnectionString, "--Gateway:WatchPatience", "00:00:20"] };
        await using var staying = await HostProcess.StartAsync(plan);
        await using var leaving = await HostProcess.StartAsync(plan);
        await using var gateway = await HostProcess.StartAsync(plan with { Role = HostRole.Gateway });
        await using var client = EngagementClient.Connect(gateway.Grpc);
        await SendAsync(client, 0);
        var watches = Enumerable.Range(0, Learners).Select(learner => client.Learners.WatchLearner(new() { LearnerId = LearnerId(learner) })).ToArray();
        try
        {
            await Task.WhenAll(watches.Select(watch => watch.ResponseStream.MoveNext(default)));

            // They ask again now, and wait in the learners' grains.
            await Task.Delay(TimeSpan.FromSeconds(1));
            Assert.Equal(0, await leaving.StopAsync(TimeSpan.FromSeconds(30)));

            await SendAsync(client, 1).WaitAsync(_deadline);
            await Task.WhenAll(watches.Select(watch => watch.ResponseStream.MoveNext(default))).WaitAsync(_deadline);
            Assert.All(watches, watch => Assert.Equal(2, watch.ResponseStream.Current.Learner.EventCount));
        }
        finally
        {
            foreach (var watch in watches)
                watch.Dispose();
        }
    }

    private static string LearnerId(int learner) => $"watched-{learner}";

    private static async Task SendAsync(EngagementClient client, int round)
    {
        var answer = await client.SendBatchAsync([.. Enumerable.Range(0, Learners).Select(learner => Events.Liked(LearnerId(learner), "watched-course", round))]);
        Assert.All(answer.Results, result => Assert.Equal(EventStatus.Accepted, result.Status));
    }
}
