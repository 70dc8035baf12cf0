using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using CourseCompletion.Client;
using CourseCompletion.EndToEndTests.Hosts;
using CourseCompletion.Protocol.V1;
using Grpc.Core;
using Grpc.Reflection.V1Alpha;
using Xunit;

namespace CourseCompletion.EndToEndTests.Engagement;

/// <summary>How a host stops, and what is there after it starts again.</summary>
public sealed class StopTests
{
    private const int Batches = 20_000;
    private const int BatchEvents = 20;
    private const string Course = "stop-course";

    [Fact]
    public async Task Terminate_MidStream_AnswersWhatItReadAndLosesNothing()
    {
        await using var host = await HostProcess.StartAsync();
        var answered = new ConcurrentDictionary<string, StreamEventsResponse>();
        int sent;
        using (var channel = EngagementChannel.Open(host.Grpc))
        {
            using var call = new EngagementService.EngagementServiceClient(channel).StreamEvents();
            var sending = SendAsync(call.RequestStream);
            var enough = new TaskCompletionSource();
            var reading = ReadAsync(call.ResponseStream, answered, enough);
            await Task.WhenAny(enough.Task, reading);

            var exitCode = await host.StopAsync();

            var end = await reading.WaitAsync(TimeSpan.FromSeconds(15));
            Assert.Equal(StatusCode.Unavailable, end.StatusCode);
            Assert.Contains("ends this stream", end.Status.Detail, StringComparison.Ordinal);
            Assert.Equal(0, exitCode);
            sent = await sending;
        }

        Assert.InRange(answered.Count, 50, Batches - 1);
        Assert.All(answered.Values, response => Assert.All(response.Results, result => Assert.Equal(EventStatus.Accepted, result.Status)));

        await host.StartAgainAsync();
        await using var client = EngagementClient.Connect(host.Grpc);
        var again = await client.SendBatchAsync([.. answered.Keys.SelectMany(id => BatchOf(int.Parse(id, null)))]);
        Assert.All(again.Results, result => Assert.Equal(EventStatus.Duplicate, result.Status));
        var rest = await client.SendBatchAsync([.. Enumerable.Range(0, sent).Where(batch => !answered.ContainsKey($"{batch}")).SelectMany(BatchOf)]);
        Assert.All(rest.Results, result => Assert.True(result.Status is EventStatus.Accepted or EventStatus.Duplicate));
        var count = 0L;
        for (var learner = 0; learner < BatchEvents; learner++)
            count += (await client.Learners.GetLearnerAsync(new() { LearnerId = $"stop-{learner}" })).Learner.EventCount;
        Assert.Equal((long)sent * BatchEvents, count);
    }

    [Fact]
    public async Task Terminate_StreamsOpen_EndsThemWithUnavailableAndInTime()
    {
        await using var host = await HostProcess.StartAsync("--Gateway:LearnerCallTimeout", "00:00:01", "--Gateway:DrainTimeout", "00:00:02", "--Gateway:WatchPatience", "00:00:01");
        using var channel = EngagementChannel.Open(host.Grpc);
        await new EngagementService.EngagementServiceClient(channel).RecordEventsAsync(new() { Events = { Events.Liked("stop-ada", Course, 0) } });
        using var batches = new EngagementService.EngagementServiceClient(channel).StreamEvents();
        await batches.RequestStream.WriteAsync(new() { BatchId = "barrier" });
        using var watch = new LearnerService.LearnerServiceClient(channel).WatchLearner(new() { LearnerId = "stop-ada" });
        using var reflection = new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo();
        await reflection.RequestStream.WriteAsync(new() { ListServices = "" });
        Task<RpcException>[] ends =
        [
            await EndAfterFirstAsync(batches.ResponseStream), await EndAfterFirstAsync(watch.ResponseStream), await EndAfterFirstAsync(reflection.ResponseStream),
        ];

        // A caller that never sends the body it promised.
        using var half = new TcpClient();
        await half.ConnectAsync("127.0.0.1", host.Http.Port);
        await half.GetStream().WriteAsync("POST /v1/events:record HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n"u8.ToArray());

        var clock = Stopwatch.StartNew();
        Assert.Equal(0, await host.StopAsync());

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.All(await Task.WhenAll(ends).WaitAsync(TimeSpan.FromSeconds(10)), end =>
        {
            Assert.Equal(StatusCode.Unavailable, end.StatusCode);
            Assert.Contains("ends this stream", end.Status.Detail, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task StartAgain_AfterStopAndKill_KeepsLearnersAndCourses()
    {
        await using var host = await HostProcess.StartAsync();
        await using var client = EngagementClient.Connect(host.Grpc);
        await client.Courses.UpsertCourseAsync(new() { Course = KillHistory.Definition(0) });
        var course = KillHistory.CourseId(0);
        var answer = await client.SendBatchAsync([.. Enumerable.Range(0, 500).Select(i => Events.Watched($"kept-{i % 50}", course, i, i / 2.0, i + 1))]);
        Assert.All(answer.Results, result => Assert.Equal(EventStatus.Accepted, result.Status));
        await Eventually.HoldsAsync("all learners are in the course", TimeSpan.FromSeconds(20), async () =>
            await EngagementAsync(client, course) is { Enrolled: 50, WatchSeconds: > 62_000 } ? null : "too few");
        var numbers = CourseSums.Of(await EngagementAsync(client, course));
        var hashes = await HashesAsync(client, course);
        Assert.Equal(50, hashes.Distinct().Count());

        Assert.Equal(0, await host.StopAsync());
        await host.StartAgainAsync();
        Assert.Equal(numbers, CourseSums.Of(await EngagementAsync(client, course)));
        Assert.Equal(hashes, await HashesAsync(client, course));

        await host.KillAsync();
        await host.StartAgainAsync();
        Assert.Equal(hashes, await HashesAsync(client, course));
        Assert.Equal(numbers, CourseSums.Of(await EngagementAsync(client, course)));
    }

    [Fact]
    public async Task Start_SecondOnTheSameData_SaysWhichDirectoryAndEnds()
    {
        await using var host = await HostProcess.StartAsync();

        await using var second = ChildProcess.StartDotnet(
            HostProcess.Assembly, ["--data", host.DataDirectory, "--grpc-port", "0", "--http-port", "0"], HostProcess.ReadyPrefix);

        Assert.NotEqual(0, await second.ExitCodeAsync(TimeSpan.FromSeconds(60)));
        Assert.Contains(host.DataDirectory, second.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Errors, StringComparison.Ordinal);
        Assert.Empty(second.Output);
        Assert.True(host.IsRunning);
    }

    private static IEnumerable<Event> BatchOf(int batch) =>
        Enumerable.Range(0, BatchEvents).Select(learner => Events.Watched($"stop-{learner}", Course, batch % 3000, batch % 100, (batch % 100) + 1.5)).Select(e =>
        {
            e.EventId = $"{batch}-{e.LearnerId}";
            return e;
        });

    private static async Task<int> SendAsync(IClientStreamWriter<StreamEventsRequest> requests)
    {
        var batch = 0;
        try
        {
            for (; batch < Batches; batch++)
                await requests.WriteAsync(new() { BatchId = $"{batch}", Events = { BatchOf(batch) } });
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException)
        {
            // The stream ended: the batch may or may not have left.
        }

        return Math.Min(batch + 1, Batches);
    }

    private static async Task<RpcException> ReadAsync(
        IAsyncStreamReader<StreamEventsResponse> responses, ConcurrentDictionary<string, StreamEventsResponse> answered, TaskCompletionSource enough)
    {
        try
        {
            while (await responses.MoveNext())
            {
                answered[responses.Current.BatchId] = responses.Current;
                if (answered.Count == 50)
                    enough.SetResult();
            }
        }
        catch (RpcException end)
        {
            return end;
        }

        return new RpcException(Status.DefaultSuccess);
    }

    // Returns once the stream is open, with a task for its end.
    private static async Task<Task<RpcException>> EndAfterFirstAsync<T>(IAsyncStreamReader<T> responses)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        Assert.True(await responses.MoveNext(timeout.Token));
        return EndAsync();

        async Task<RpcException> EndAsync() => await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await responses.MoveNext(CancellationToken.None))
            {
                // A watch may still have something to say.
            }
        });
    }

    private static async Task<Protocol.V1.Engagement> EngagementAsync(EngagementClient client, string course) =>
        (await client.Courses.GetEngagementAsync(new() { CourseId = course })).Engagement;

    private static async Task<string[]> HashesAsync(EngagementClient client, string course)
    {
        var hashes = new string[50];
        for (var learner = 0; learner < hashes.Length; learner++)
            hashes[learner] = (await client.Learners.GetEnrolmentAsync(new() { LearnerId = $"kept-{learner}", CourseId = course })).Enrolment.FactHash;
        return hashes;
    }
}
