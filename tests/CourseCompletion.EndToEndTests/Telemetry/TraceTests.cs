using System.Collections.Concurrent;
using System.Diagnostics;
using CourseCompletion.Client;
using CourseCompletion.EndToEndTests.Engagement;
using CourseCompletion.EndToEndTests.Hosts;
using CourseCompletion.EndToEndTests.Redis;
using CourseCompletion.Host;
using CourseCompletion.Protocol.V1;
using Xunit;

namespace CourseCompletion.EndToEndTests.Telemetry;

/// <summary>One trace from the event that a client sends to the course that knows of it, as a collector gets it from real servers.</summary>
public sealed class TraceTests
{
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(60);

    // Nobody but the caller begins a trace, so that a single stray span would be noticed.
    private static readonly string[] _onlyCallers = ["--Telemetry:TraceRatio", "0"];

    [Fact]
    public async Task Event_SampledByItsClient_IsOneTraceToTheCourse()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var host = await HostProcess.StartAsync([.. receiver.Settings, .. _onlyCallers]);

        await AssertOneTraceAsync(receiver, host.Grpc);
    }

    [RedisFact]
    public async Task Event_SiloAndGatewayApart_IsOneTraceToTheCourse()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var receiver = await OtlpReceiver.StartAsync();
        string[] cluster = ["--redis", redis.ConnectionString, .. receiver.Settings, .. _onlyCallers];
        await using var silo = await HostProcess.StartAsync(new HostPlan { Role = HostRole.Silo, Settings = cluster });
        await using var gateway = await HostProcess.StartAsync(new HostPlan { Role = HostRole.Gateway, Settings = cluster });

        await AssertOneTraceAsync(receiver, gateway.Grpc);
    }

    [Fact]
    public async Task RecordEvents_TraceparentOfTheCall_IsFollowed()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var host = await HostProcess.StartAsync([.. receiver.Settings, .. _onlyCallers]);
        using var channel = EngagementChannel.Open(host.Grpc);
        const string traceId = "0af7651916cd43dd8448eb211c80319c";

        var answer = await new EngagementService.EngagementServiceClient(channel).RecordEventsAsync(
            new() { Events = { Events.Liked("ada", "algebra", 1) } }, new Grpc.Core.Metadata { { "traceparent", $"00-{traceId}-b7ad6b7169203331-01" } });

        Assert.Equal(EventStatus.Accepted, Assert.Single(answer.Results).Status);
        await SpanAsync(receiver, "course.report");
        Assert.Equal([traceId], receiver.Spans.Select(span => span.TraceId).Distinct());
    }

    private static async Task AssertOneTraceAsync(OtlpReceiver receiver, Uri grpc)
    {
        var batches = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "CourseCompletion.Client",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = batches.Enqueue,
        };
        await using var client = EngagementClient.Connect(grpc);
        using (var before = new Activity("unsampled").Start())
            await client.SendAsync(Events.Liked("bob", "algebra", 1));

        ActivitySource.AddActivityListener(listener);
        using var caller = new Activity("caller") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();
        var acknowledged = await client.SendAsync(Events.Liked("ada", "algebra", 1));

        Assert.Equal(EventStatus.Accepted, acknowledged.Status);

        // Clients of tests beside this one are listened to as well.
        var sent = Assert.Single(batches, sent => sent.TraceId == caller.TraceId);
        var batch = await SpanAsync(receiver, "gateway.batch");
        var learner = await SpanAsync(receiver, "learner.record");
        var roster = await SpanAsync(receiver, "roster.apply");
        var report = await SpanAsync(receiver, "roster.report");
        var course = await SpanAsync(receiver, "course.report");
        Assert.Equal(caller.SpanId, sent.ParentSpanId);
        Assert.Equal(
            [$"{sent.SpanId}", batch.SpanId, learner.SpanId, roster.SpanId, report.SpanId],
            [batch.ParentId, learner.ParentId, roster.ParentId, report.ParentId, course.ParentId]);
        Assert.Equal([$"{caller.TraceId}"], receiver.Spans.Select(span => span.TraceId).Distinct());
    }

    private static async Task<ReceivedSpan> SpanAsync(OtlpReceiver receiver, string name)
    {
        await Eventually.HoldsAsync($"the span {name}", _deadline, () => receiver.Spans.Any(span => span.Name == name));
        return Assert.Single(receiver.Spans, span => span.Name == name);
    }
}
