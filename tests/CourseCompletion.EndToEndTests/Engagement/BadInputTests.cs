using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CourseCompletion.Client;
using CourseCompletion.EndToEndTests.Hosts;
using CourseCompletion.Protocol.V1;
using Grpc.Core;
using Xunit;

namespace CourseCompletion.EndToEndTests.Engagement;

/// <summary>Whatever is sent gets a typed answer, and the host stays up.</summary>
[Collection(HostCollection.Name)]
public sealed class BadInputTests(SharedHost host)
{
    private static readonly Marshaller<byte[]> _raw = Marshallers.Create(static bytes => bytes, static bytes => bytes);

    [Theory]
    [InlineData("RecordEvents", MethodType.Unary)]
    [InlineData("StreamEvents", MethodType.DuplexStreaming)]
    public async Task Grpc_GarbageMessage_IsAnErrorWithoutAStackTrace(string name, MethodType type)
    {
        using var channel = EngagementChannel.Open(host.Process.Grpc);
        var method = new Method<byte[], byte[]>(type, "coursecompletion.v1.EngagementService", name, _raw, _raw);
        var garbage = new byte[2_000];
        new Random(7).NextBytes(garbage);

        var error = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            var invoker = channel.CreateCallInvoker();
            if (type == MethodType.Unary)
            {
                await invoker.AsyncUnaryCall(method, null, default, garbage);
                return;
            }

            using var call = invoker.AsyncDuplexStreamingCall(method, null, default);
            await call.RequestStream.WriteAsync(garbage);
            await call.ResponseStream.MoveNext();
        });

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.NotNull(error.GetRpcStatus()?.GetDetail<Google.Rpc.BadRequest>());
        Assert.DoesNotContain("   at ", error.Status.Detail, StringComparison.Ordinal);
        await AssertServesAsync();
    }

    [Theory]
    [InlineData("{\"events\": [")]
    [InlineData("[]")]
    [InlineData("{\"events\": [{\"occurred_at\": \"yesterday\"}]}")]
    [InlineData("{\"events\": []}")]
    [InlineData("\u0000\u0001\u0002")]
    public async Task Json_GarbageBody_IsABadRequest(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var answer = await host.Http.PostAsync(new Uri("/v1/events:record", UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var error = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((int)StatusCode.InvalidArgument, error.GetProperty("code").GetInt32());
        Assert.DoesNotContain("   at ", error.GetRawText(), StringComparison.Ordinal);
        await AssertServesAsync();
    }

    [Fact]
    public async Task Json_BodyOverTheLimit_IsFinal()
    {
        using var content = new StringContent(new(' ', 17 * 1024 * 1024), Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/events:record", UriKind.Relative)) { Content = content };
        request.Headers.ExpectContinue = true; // The answer comes before the body is sent.

        using var answer = await host.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        var error = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((int)StatusCode.ResourceExhausted, error.GetProperty("code").GetInt32());
        Assert.DoesNotContain("RetryInfo", error.GetRawText(), StringComparison.Ordinal);
        await AssertServesAsync();
    }

    [Fact]
    public async Task Stream_BatchOfFarTooManyEvents_EndsTheCall()
    {
        using var channel = EngagementChannel.Open(host.Process.Grpc);
        using var call = new EngagementService.EngagementServiceClient(channel).StreamEvents();
        var request = new StreamEventsRequest { BatchId = "huge" };
        request.Events.AddRange(Enumerable.Repeat(new Event(), 1_000_000));
        await call.RequestStream.WriteAsync(request);

        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Equal("events", Assert.Single(error.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations).Field);
        await AssertServesAsync();
    }

    [Fact]
    public async Task Stream_MalformedEventsAmongGoodOnes_AreRejectedAlone()
    {
        await using var client = EngagementClient.Connect(host.Process.Grpc);
        var tooLong = Events.Liked(new('x', 129), "bad-course", 1);
        var inTheFuture = Events.Liked("bad-1", "bad-course", 2);
        inTheFuture.OccurredAt.Seconds += 7200;

        var answer = await client.SendBatchAsync(
        [
            Events.Watched("bad-1", "bad-course", 0, 0, 10), Events.Malformed("bad-1", "bad-course", 1), tooLong, inTheFuture,
            Events.Watched("bad-1", "bad-course", 3, 10, 10), Events.Watched("bad-1", "bad-course", 4, double.NaN, 10), Events.Liked("bad-1", "bad-course", 5),
        ]);

        Assert.Equal(
            [
                (EventStatus.Accepted, RejectionReason.Unspecified, ""), (EventStatus.Rejected, RejectionReason.MissingField, "body"),
                (EventStatus.Rejected, RejectionReason.InvalidField, "learner_id"), (EventStatus.Rejected, RejectionReason.InTheFuture, "occurred_at"),
                (EventStatus.Rejected, RejectionReason.InvalidField, "video_watched.to"), (EventStatus.Rejected, RejectionReason.InvalidField, "video_watched.from"),
                (EventStatus.Accepted, RejectionReason.Unspecified, ""),
            ],
            answer.Results.Select(result => (result.Status, result.Reason, result.Field)));
        Assert.Equal(2, (await client.Learners.GetLearnerAsync(new() { LearnerId = "bad-1" })).Learner.EventCount);
    }

    [Fact]
    public async Task RecordEvents_TooManyEvents_NamesTheField()
    {
        var request = new RecordEventsRequest { Events = { Enumerable.Range(0, 1001).Select(i => Events.Liked("bad-many", "bad-course", i)) } };

        var error = await Assert.ThrowsAsync<RpcException>(() => host.Client.Engagement.RecordEventsAsync(request).ResponseAsync);

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        var violation = Assert.Single(error.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations);
        Assert.Equal("events", violation.Field);
    }

    [Fact]
    public async Task RecordEvents_MessageOverTheLimit_IsFinal()
    {
        using var channel = Grpc.Net.Client.GrpcChannel.ForAddress(host.Process.Grpc, new() { MaxSendMessageSize = null });
        var service = new EngagementService.EngagementServiceClient(channel);
        var request = new RecordEventsRequest { Events = { Events.Of("bad-large", "bad-course", 0, e => e.Commented = new() { Text = new('x', 17 * 1024 * 1024) }) } };

        var error = await Assert.ThrowsAsync<RpcException>(() => service.RecordEventsAsync(request).ResponseAsync);

        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
        Assert.Null(error.GetRpcStatus()?.GetDetail<Google.Rpc.RetryInfo>());
        await AssertServesAsync();
    }

    private async Task AssertServesAsync()
    {
        var answer = await host.Client.Engagement.RecordEventsAsync(new() { Events = { Events.Liked("bad-ok", "bad-course", 0) } });
        Assert.True(answer.Results[0].Status is EventStatus.Accepted or EventStatus.Duplicate);
    }
}
