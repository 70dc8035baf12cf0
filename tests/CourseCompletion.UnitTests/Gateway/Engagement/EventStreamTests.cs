using CourseCompletion.Gateway;
using CourseCompletion.Gateway.Engagement;
using CourseCompletion.Grains.Abstractions.Learners;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.UnitTests.Gateway.Engagement;

public sealed class EventStreamTests : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private readonly FakeLearners _learners = new();
    private readonly FakeLifetime _lifetime = new();
    private readonly FakeRequests<Wire.StreamEventsRequest> _requests = new();
    private readonly FakeResponses<Wire.StreamEventsResponse> _responses = new();
    private readonly CancellationTokenSource _client = new();
    private readonly TaskCompletionSource<RecordOutcome> _slow = new();
    private readonly EngagementGateway _gateway;
    private readonly Task _serving;

    public EventStreamTests()
    {
        _learners["slow"].OnRecord = _ => new(_slow.Task);
        var options = Options.Create(new GatewayOptions { InFlightBatchesMax = 3, InFlightBytesMax = 100, DrainTimeout = TimeSpan.FromMilliseconds(200) });
        var ingest = new EventIngest(_learners, options, TimeProvider.System, new(NullLogger<IngestFaultLog>.Instance, TimeProvider.System));
        _gateway = new EngagementGateway(ingest, new(options), options, _lifetime, TimeProvider.System);
        _serving = _gateway.StreamEvents(_requests, _responses, new FakeCall(_client.Token));
    }

    public void Dispose()
    {
        _lifetime.Dispose();
        _client.Dispose();
    }

    [Fact]
    public async Task StreamEvents_SlowBatch_DoesNotHoldTheNext()
    {
        _requests.Send(WireEvents.Batch("first", WireEvents.Liked("slow")));
        _requests.Send(WireEvents.Batch("second", WireEvents.Liked("well")));

        Assert.Equal("second", (await _responses.NextAsync()).BatchId);
        _slow.SetResult(new(new EventOutcome[1], []));
        Assert.Equal("first", (await _responses.NextAsync()).BatchId);
        await EndAsync();
    }

    [Fact]
    public async Task StreamEvents_TooMuchUnderWay_IsReadNoFurther()
    {
        for (var i = 0; i < 5; i++)
        {
            _requests.Send(WireEvents.Batch($"{i}", WireEvents.Liked("slow")));
        }

        await UntilAsync(() => _requests.TakenCount == 3, "three batches are read");
        Assert.Equal(3, _learners["slow"].Batches.Count);
        _slow.SetResult(new(new EventOutcome[1], []));
        for (var i = 0; i < 5; i++)
        {
            await _responses.NextAsync();
        }

        await EndAsync();
    }

    [Fact]
    public async Task StreamEvents_NoRoomForItsBytes_WaitsAndIsReadNoFurther()
    {
        for (var i = 0; i < 3; i++)
        {
            var batch = WireEvents.Batch($"{i}", WireEvents.Liked(i == 0 ? "slow" : "well"));
            batch.PayloadBytes = 60;
            _requests.Send(batch);
        }

        await UntilAsync(() => _requests.TakenCount == 2, "two batches are read");
        Assert.Empty(_learners["well"].Batches);
        var unary = new Wire.RecordEventsRequest { Events = { WireEvents.Liked("well") }, PayloadBytes = 60 };
        var refused = await Assert.ThrowsAsync<RpcException>(() => _gateway.RecordEvents(unary, new FakeCall()));
        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        Assert.NotNull(refused.GetRpcStatus()!.GetDetail<RetryInfo>());

        _slow.SetResult(new(new EventOutcome[1], []));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal($"{i}", (await _responses.NextAsync()).BatchId);
        }

        await _gateway.RecordEvents(unary, new FakeCall());
        await EndAsync();
    }

    [Fact]
    public async Task StreamEvents_OversizedBatchId_IsEchoedCut()
    {
        _requests.Send(WireEvents.Batch(string.Concat(Enumerable.Repeat("\u20ac", 50)), WireEvents.Liked("well")));

        Assert.Equal(string.Concat(Enumerable.Repeat("\u20ac", 42)), (await _responses.NextAsync()).BatchId);
        await EndAsync();
    }

    [Fact]
    public async Task StreamEvents_ClientThatDoesNotRead_IsReadNoFurther()
    {
        var reads = new TaskCompletionSource();
        _responses.Gate = reads.Task;
        for (var i = 0; i < 9; i++)
        {
            _requests.Send(WireEvents.Batch($"{i}", WireEvents.Liked("well")));
        }

        await UntilAsync(() => _requests.TakenCount == 3, "three batches are read");
        reads.SetResult();
        for (var i = 0; i < 9; i++)
        {
            Assert.Equal($"{i}", (await _responses.NextAsync()).BatchId);
        }

        await EndAsync();
    }

    [Fact]
    public async Task StreamEvents_MalformedBatches_AreRejectedWholeAndTheStreamGoesOn()
    {
        var lateClock = WireEvents.Batch("clock", WireEvents.Liked("well"));
        lateClock.SentAt = new() { Seconds = long.MaxValue };
        _requests.Send(WireEvents.Batch(new string('x', 129), WireEvents.Liked("well"), WireEvents.Liked("well")));
        _requests.Send(lateClock);
        _requests.Send(WireEvents.Batch("many", [.. Enumerable.Range(0, 1001).Select(i => WireEvents.Liked("well", $"{i}"))]));
        _requests.Send(WireEvents.Batch("good", WireEvents.Liked("well")));

        await AssertRejectedAsync(2, "batch_id");
        await AssertRejectedAsync(1, "sent_at");
        await AssertRejectedAsync(1001, "events");
        Assert.Equal(Wire.EventStatus.Accepted, Assert.Single((await _responses.NextAsync()).Results).Status);
        Assert.Single(_learners["well"].Batches);
        await EndAsync();
    }

    [Fact]
    public async Task StreamEvents_EmptyBatch_IsAnsweredLast()
    {
        _requests.Send(WireEvents.Batch("slow", WireEvents.Liked("slow")));
        _requests.Send(WireEvents.Batch("empty"));
        await UntilAsync(() => _requests.TakenCount == 2, "both batches are read");
        Assert.False(_responses.TryNext(out _));
        _slow.SetResult(new(new EventOutcome[1], []));

        Assert.Equal("slow", (await _responses.NextAsync()).BatchId);
        var empty = await _responses.NextAsync();
        Assert.Equal("empty", empty.BatchId);
        Assert.Empty(empty.Results);
        await EndAsync();
    }

    [Fact]
    public async Task StreamEvents_Shutdown_AnswersWhatWasReadThenGoesAway()
    {
        _requests.Send(WireEvents.Batch("read", WireEvents.Liked("slow")));
        await UntilAsync(() => _learners["slow"].Batches.Count == 1, "the batch is under way");
        _lifetime.StopApplication();
        await UntilAsync(() => !_serving.IsCompleted, "the stream waits");
        _requests.Send(WireEvents.Batch("unread", WireEvents.Liked("well")));
        _slow.SetResult(new(new EventOutcome[1], []));

        var end = await Assert.ThrowsAsync<RpcException>(() => _serving.WaitAsync(_patience));
        Assert.Equal(StatusCode.Unavailable, end.StatusCode);
        Assert.NotNull(end.GetRpcStatus()!.GetDetail<RetryInfo>());
        Assert.Equal("read", (await _responses.NextAsync()).BatchId);
        Assert.Empty(_learners["well"].Batches);
    }

    [Fact]
    public async Task StreamEvents_ShutdownWithAClientThatDoesNotRead_EndsAllTheSame()
    {
        _responses.Gate = new TaskCompletionSource().Task;
        _requests.Send(WireEvents.Batch("read", WireEvents.Liked("well")));
        await UntilAsync(() => _learners["well"].Batches.Count == 1, "the batch is recorded");
        _lifetime.StopApplication();

        var end = await Assert.ThrowsAsync<RpcException>(() => _serving.WaitAsync(_patience));
        Assert.Equal(StatusCode.Unavailable, end.StatusCode);
    }

    [Fact]
    public async Task StreamEvents_ClientGone_EndsWithoutWaitingForItsBatches()
    {
        _requests.Send(WireEvents.Batch("read", WireEvents.Liked("slow")));
        await UntilAsync(() => _learners["slow"].Batches.Count == 1, "the batch is under way");
        await _client.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _serving.WaitAsync(TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public async Task StreamEvents_BrokenConnection_EndsWithTheFault()
    {
        var connection = new TaskCompletionSource();
        _responses.Gate = connection.Task;
        for (var i = 0; i < 3; i++)
        {
            _requests.Send(WireEvents.Batch($"{i}", WireEvents.Liked("well")));
        }

        await UntilAsync(() => _learners["well"].Batches.Count == 3, "three answers wait");
        connection.SetException(new IOException());

        await Assert.ThrowsAsync<IOException>(() => _serving.WaitAsync(_patience));
    }

    private async Task AssertRejectedAsync(int count, string field)
    {
        var results = (await _responses.NextAsync()).Results;
        Assert.Equal(count, results.Count);
        Assert.All(results, result => Assert.Equal((Wire.EventStatus.Rejected, Wire.RejectionReason.InvalidField, field), (result.Status, result.Reason, result.Field)));
        Assert.NotEmpty(results[0].Message);
    }

    private async Task EndAsync()
    {
        _requests.End();
        await _serving.WaitAsync(_patience);
    }

    private static async Task UntilAsync(Func<bool> holds, string what)
    {
        await Eventually.HoldsAsync(holds, what);

        // Whoever would go too far gets a moment to do so.
        await Task.Delay(20);
    }
}
