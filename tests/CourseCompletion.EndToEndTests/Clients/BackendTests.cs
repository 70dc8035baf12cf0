using System.Net;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.EndToEndTests.Hosts;
using CourseCompletion.EndToEndTests.Redis;
using CourseCompletion.Grains.Abstractions.Learners;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Xunit;

namespace CourseCompletion.EndToEndTests.Clients;

/// <summary>A .NET backend that calls learners as an Orleans client and knows nothing of this solution but the grains' interfaces.</summary>
public sealed class BackendTests
{
    private const string Cluster = "backend";

    [Fact]
    public async Task Backend_EmbeddedStore_RecordsAndReadsBack()
    {
        await using var host = await HostProcess.StartAsync();

        await RecordAndReadAsync(
            client => client.UseStaticClustering(new IPEndPoint(IPAddress.Loopback, host.OrleansGatewayPort)), "coursecompletion");
    }

    [RedisFact]
    public async Task Backend_Redis_RecordsAndReadsBack()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var host = await HostProcess.StartAsync(
            "--redis", redis.ConnectionString, "--Cluster:ClusterId", Cluster, "--Cluster:ServiceId", Cluster);

        await RecordAndReadAsync(
            client => client.UseRedisClustering(redis.ConnectionString), Cluster);
    }

    private static async Task RecordAndReadAsync(Action<IClientBuilder> find, string cluster)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(names => (names.ClusterId, names.ServiceId) = (cluster, cluster));
            find(client);
        });
        using var backend = builder.Build();
        await backend.StartAsync();
        try
        {
            var grains = backend.Services.GetRequiredService<IGrainFactory>();
            var learner = grains.GetGrain<ILearnerGrain>(LearnerKey.For(TenantId.Default, new("backend-ada")).Value);
            var course = new CourseId("backend-101");
            var atMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - 60_000;
            var watched = new LearnerEvent
            {
                Source = "backend",
                EventId = "1",
                Course = course,
                Kind = EventKind.VideoWatched,
                Lesson = "lesson-1",
                OccurredAtMs = atMs,
                ToMs = 30_000,
                Speed = 1,
            };

            var outcome = await learner.RecordAsync(new([watched, watched, watched with { EventId = "2", ToMs = -1 }], 0));

            Assert.Equal([EventStatus.Accepted, EventStatus.Duplicate, EventStatus.Rejected], outcome.Results.Select(result => result.Status));
            Assert.Equal("video_watched.to", outcome.Results[2].Rejection?.Field);
            var enrolment = (await learner.GetEnrolmentAsync(course, null)).Value;
            Assert.Equal(30_000, Assert.Single(enrolment!.Lessons).UniqueMs);
            Assert.Equal(1, (await learner.GetProfileAsync(null)).Value!.EventCount);
            Assert.Equal(AnswerStatus.NotFound, (await learner.GetEnrolmentAsync(new("other"), null)).Status);
        }
        finally
        {
            await backend.StopAsync();
        }
    }
}
