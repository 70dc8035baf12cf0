using CourseCompletion.Client;
using CourseCompletion.EndToEndTests.Engagement;
using CourseCompletion.EndToEndTests.Hosts;
using CourseCompletion.EndToEndTests.Redis;
using CourseCompletion.Host;
using CourseCompletion.Protocol.V1;
using Grpc.Core;
using Xunit;

namespace CourseCompletion.EndToEndTests.Cluster;

/// <summary>What an operator sees of silos that are processes of their own, and how one is taken out of service.</summary>
public sealed class ClusterCommandTests
{
    private const string Course = "cluster-course";

    [RedisFact]
    public async Task Drain_OneOfTwoSilosUnderLoad_EndsInOrderAndNothingIsLost()
    {
        await using var redis = await RedisServer.StartAsync();
        var silo = new HostPlan { Role = HostRole.Silo, Settings = ["--redis", redis.ConnectionString] };
        await using var first = await HostProcess.StartAsync(silo);
        await using var second = await HostProcess.StartAsync(silo);
        await using var gateway = await HostProcess.StartAsync(silo with { Role = HostRole.Gateway });
        await using var client = EngagementClient.Connect(gateway.Grpc);
        await SendAsync(client, 0);

        var before = await StatusAsync(gateway);
        Assert.Equal(["Active", "Active"], before.Silos.Select(one => one.Status));
        Assert.All(before.Silos, one => Assert.Equal("redis", one.Report.Store.Kind));
        Assert.Equal(0, before.Silos.Count(one => one.Report.Store.Fault.Length > 0));
        Assert.Equal(40, before.Grains.Single(count => count.Kind == "LearnerGrain").Activations);

        var going = before.Silos[1].Address;
        var draining = CliAsync(gateway, "cluster", "drain", going);
        for (var round = 1; round < 200 && !draining.IsCompleted; round++)
        {
            await SendAsync(client, round);
        }

        var (exitCode, output) = await draining;
        Assert.True(exitCode == 0, output);
        Assert.Contains($"{going}: Dead", output, StringComparison.Ordinal);
        await Eventually.HoldsAsync("the drained silo's process has ended", TimeSpan.FromSeconds(30), () =>
            Task.FromResult(first.IsRunning != second.IsRunning ? null : "both run"));
        var events = 0L;
        for (var learner = 0; learner < 40; learner++)
        {
            events += (await client.Learners.GetLearnerAsync(new() { LearnerId = $"cluster-{learner}" })).Learner.EventCount;
        }

        Assert.Equal(_sent, events);

        // The last one stays.
        var (refused, why) = await CliAsync(gateway, "cluster", "drain", before.Silos[0].Address);
        Assert.Equal(1, refused);
        Assert.Contains("only silo", why, StringComparison.Ordinal);
        var (_, findings) = await CliAsync(gateway, "cluster", "doctor");
        Assert.Contains("has one silo", findings, StringComparison.Ordinal);
        var (_, purged) = await CliAsync(gateway, "cluster", "purge");
        Assert.Contains("1 dead silos are forgotten", purged, StringComparison.Ordinal);
    }

    // What needs the store is answered with UNAVAILABLE and not as a bug; and just then an operator has to learn why.
    [RedisFact]
    public async Task RedisIsGone_ReadsAreUnavailableAndTheDoctorSaysWhy()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var host = await HostProcess.StartAsync("--redis", redis.ConnectionString);
        await using var client = EngagementClient.Connect(host.Grpc);
        await SendAsync(client, 0);
        redis.Kill();

        // Nobody has asked for these before: they are read from the store.
        await AssertUnavailableAsync(async () => await client.Learners.GetLearnerAsync(new() { LearnerId = "somebody-else" }));
        await AssertUnavailableAsync(async () => await client.Courses.GetCourseAsync(new() { CourseId = "another-course" }));
        await AssertUnavailableAsync(async () =>
        {
            using var watch = client.Learners.WatchLearner(new() { LearnerId = "a-third" }, deadline: DateTime.UtcNow.AddSeconds(20));
            await watch.ResponseStream.MoveNext(default);
        });

        var (_, findings) = await CliAsync(host, "cluster", "doctor");
        Assert.Contains("cannot read which silos there are", findings, StringComparison.Ordinal);
        Assert.Contains("cannot use the store", findings, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_EmbeddedStore_HasNothingToSay()
    {
        await using var host = await HostProcess.StartAsync("--Sweep:Every", "00:00:00.200");

        await Eventually.HoldsAsync("the doctor has nothing to say", TimeSpan.FromSeconds(30), async () =>
        {
            var (exitCode, output) = await CliAsync(host, "cluster", "doctor");
            return exitCode == 0 && output.Contains("Nothing to look at", StringComparison.Ordinal) ? null : output;
        });
        var (_, status) = await CliAsync(host, "cluster", "status");
        Assert.Contains("Active", status, StringComparison.Ordinal);
        Assert.Contains("store: sqlite, answers in", status, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drain_NoSuchSilo_NamesTheField()
    {
        await using var host = await HostProcess.StartAsync();

        var (exitCode, output) = await CliAsync(host, "cluster", "drain", "127.0.0.1:1@1");

        Assert.Equal(1, exitCode);
        Assert.Contains("silo: Name an active silo", output, StringComparison.Ordinal);
    }

    private long _sent;

    private async Task SendAsync(EngagementClient client, int round)
    {
        var answer = await client.SendBatchAsync([.. Enumerable.Range(0, 40).Select(learner => Events.Liked($"cluster-{learner}", Course, round))]);
        Assert.All(answer.Results, result => Assert.Equal(EventStatus.Accepted, result.Status));
        _sent += 40;
    }

    private static async Task AssertUnavailableAsync(Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<RpcException>(call);
        Assert.True(error.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded, error.Message);
    }

    private static async Task<Protocol.V1.Cluster> StatusAsync(HostProcess host)
    {
        var (exitCode, output) = await CliAsync(host, "cluster", "status", "--json");
        Assert.True(exitCode == 0, output);
        return Protocol.V1.Cluster.Parser.ParseJson(output);
    }

    private static async Task<(int ExitCode, string Output)> CliAsync(HostProcess host, params string[] arguments)
    {
        await using var cli = ChildProcess.StartDotnet("CourseCompletion.Cli", [.. arguments, "--target", host.Grpc.ToString()]);
        var exitCode = await cli.ExitCodeAsync(TimeSpan.FromSeconds(90));
        return (exitCode, cli.Output + cli.Errors);
    }
}
