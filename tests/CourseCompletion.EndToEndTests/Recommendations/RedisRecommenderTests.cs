using System.Globalization;
using CourseCompletion.Client;
using CourseCompletion.EndToEndTests.Engagement;
using CourseCompletion.EndToEndTests.Hosts;
using CourseCompletion.EndToEndTests.Redis;
using CourseCompletion.Protocol.V1;
using Xunit;

namespace CourseCompletion.EndToEndTests.Recommendations;

[Collection(RedisCollection.Name)]
public sealed class RedisRecommenderTests(SharedRedisServer redis)
{
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(40);

    [RedisFact]
    public async Task Kill_BeforeWhatWasTakenIsStored_CountsEachCourseOnce()
    {
        const string name = "recommender-kill";
        await using var host = await HostProcess.StartAsync(
            "--redis", redis.Server.ConnectionString, "--Cluster:ServiceId", name, "--Cluster:ClusterId", name, "--Sweep:OlderThan", "00:00:06", "--Sweep:Every", "00:00:02");
        var taken = new List<Event>();
        for (var learner = 0; learner < 4; learner++)
        {
            taken.Add(Events.Of($"taker-{learner}", "algebra", 1, e => e.Enrolled = new()));
            taken.Add(Events.Of($"taker-{learner}", "geometry", 2, e => e.Enrolled = new()));
        }

        taken.Add(Events.Of("ben", "algebra", 1, e => e.Enrolled = new()));
        await DefineAsync(host, "algebra", "geometry");
        await RecordAsync(host, taken);
        await host.KillAsync();
        await host.StartAgainAsync();
        await CountedAsync(host, taken.Count);

        // What is repeated, by the producer or after a crash, counts nothing.
        await RecordAsync(host, taken);
        await host.KillAsync();
        await host.StartAgainAsync();
        await RecordAsync(host, [Events.Of("eve", "algebra", 1, e => e.Enrolled = new())]);
        await CountedAsync(host, taken.Count + 1);
    }

    private static async Task DefineAsync(HostProcess host, params string[] courses)
    {
        await using var client = EngagementClient.Connect(host.Grpc);
        foreach (var course in courses)
            await client.Courses.UpsertCourseAsync(new() { Course = new() { CourseId = course, Title = course } });
    }

    private static async Task RecordAsync(HostProcess host, List<Event> events)
    {
        await using var client = EngagementClient.Connect(host.Grpc);
        var answer = await client.EnqueueBatchAsync(events);
        Assert.All((await answer).Results, result => Assert.True(result.Status is EventStatus.Accepted or EventStatus.Duplicate, $"{result}"));
    }

    private static async Task CountedAsync(HostProcess host, int courses)
    {
        await using var client = EngagementClient.Connect(host.Grpc);
        await Eventually.GetAsync(
            $"{courses} courses taken to be counted",
            _deadline,
            async () => await client.Learners.RecommendCoursesAsync(new() { LearnerId = "ben" }),
            list => list.Courses is [{ CourseId: "geometry" } geometry] && RevisionOf(geometry.RecommendationId) == courses);
    }

    private static int RevisionOf(string id) => int.Parse(id.Split(':')[4], CultureInfo.InvariantCulture);
}
