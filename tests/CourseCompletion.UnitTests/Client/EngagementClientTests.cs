using System.Collections.Concurrent;
using System.Diagnostics;
using CourseCompletion.Client;
using CourseCompletion.Protocol.V1;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Xunit;

namespace CourseCompletion.UnitTests.Client;

public sealed class EngagementClientTests
{
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(30);

    private static readonly EngagementClientOptions _quick = new()
    {
        ReconnectDelayMin = TimeSpan.FromMilliseconds(2),
        ReconnectDelayMax = TimeSpan.FromMilliseconds(20),
        ShutdownTimeout = TimeSpan.FromSeconds(5),
    };

    [Fact]
    public async Task SendAsync_HealthyServer_TellsAcceptedWithProbability()
    {
        await using var gateway = await ScriptedGateway.StartAsync(new(stream => stream.AnswerAllAsync()));
        await using var client = EngagementClient.Connect(gateway.Address, _quick);

        var acknowledgement = await client.SendAsync(NewEvent("e1")).WaitAsync(_deadline);

        Assert.Equal(EventStatus.Accepted, acknowledgement.Status);
        Assert.Equal(0.5, acknowledgement.Result.CompletionProbability);
        Assert.Equal("e1", acknowledgement.Event.EventId);
        Assert.Equal(new EngagementCounters(1, 1, 0, 0, 0, 0, 0, 0), client.Counters);
    }

    [Fact]
    public async Task SendAsync_CallerInASampledTrace_IsNamedInItsBatchOnly()
    {
        var traceparents = new ConcurrentQueue<string>();
        await using var gateway = await ScriptedGateway.StartAsync(new(async stream =>
        {
            await foreach (var request in stream.Requests.ReadAllAsync())
            {
                traceparents.Enqueue(request.Traceparent);
                await stream.Responses.WriteAsync(stream.Record(request));
            }
        }));
        await using var client = EngagementClient.Connect(gateway.Address, _quick);

        await client.SendAsync(NewEvent("before")).WaitAsync(_deadline);
        using (var caller = new Activity("caller") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start())
        {
            await client.SendAsync(NewEvent("alone")).WaitAsync(_deadline);
            await client.SendBatchAsync([NewEvent("batch")]).WaitAsync(_deadline);
            Assert.Equal(["", caller.Id, caller.Id], traceparents);
        }

        using (new Activity("not sampled").Start())
            await client.SendAsync(NewEvent("after")).WaitAsync(_deadline);
        Assert.Equal("", traceparents.Last());
    }

    [Fact]
    public async Task SendBatchAsync_MoreThanAMessageHolds_IsCutAndAnsweredInOrder()
    {
        var largest = 0;
        await using var gateway = await ScriptedGateway.StartAsync(new(async stream =>
        {
            await foreach (var request in stream.Requests.ReadAllAsync())
            {
                largest = Math.Max(largest, request.Events.Count);
                await stream.Responses.WriteAsync(stream.Record(request, e => e.EventId == "e1500" ? Rejected() : null));
            }
        }));
        await using var client = EngagementClient.Connect(gateway.Address, _quick);
        var events = Enumerable.Range(0, 2_345).Select(i => NewEvent($"e{i}")).ToArray();

        var answer = await client.SendBatchAsync(events).WaitAsync(_deadline);

        Assert.Equal(1_000, largest);
        Assert.Equal(2_345, answer.Results.Count);
        Assert.Equal([1_500], Enumerable.Range(0, 2_345).Where(i => answer[i].Status == EventStatus.Rejected));
    }

    [Fact]
    public async Task SendBatchAsync_EventLargerThanAMessage_IsRejectedAndTheOthersGo()
    {
        await using var gateway = await ScriptedGateway.StartAsync(new(stream => stream.AnswerAllAsync()));
        await using var client = EngagementClient.Connect(gateway.Address, With(batchBytesMax: 5_000));
        var events = Enumerable.Range(0, 50).Select(i => NewEvent($"e{i}")).ToArray();
        events[20].Commented = new() { Text = new string('x', 6_000) };

        var answer = await client.SendBatchAsync(events).WaitAsync(_deadline);

        Assert.Equal(EventStatus.Rejected, answer[20].Status);
        Assert.Equal(49, answer.Results.Count(result => result.Status == EventStatus.Accepted));
        Assert.Equal(49, gateway.Script.Durable.Count);
    }

    [Fact]
    public async Task SendBatchAsync_ServerAnswersRetry_ResendsOnlyThoseAfterTheDelay()
    {
        var attempts = new ConcurrentDictionary<string, int>();
        await using var gateway = await ScriptedGateway.StartAsync(new(async stream =>
        {
            await foreach (var request in stream.Requests.ReadAllAsync())
            {
                await stream.Responses.WriteAsync(stream.Record(
                    request, e => attempts.AddOrUpdate(e.EventId, 1, (_, n) => n + 1) == 1 && e.EventId[^1] == '3' ? Retry(50) : null));
            }
        }));
        await using var client = EngagementClient.Connect(gateway.Address, _quick);

        var answer = await client.SendBatchAsync([.. Enumerable.Range(0, 40).Select(i => NewEvent($"e{i}"))]).WaitAsync(_deadline);

        Assert.All(answer.Results, result => Assert.Equal(EventStatus.Accepted, result.Status));
        Assert.All(attempts, pair => Assert.Equal(pair.Key[^1] == '3' ? 2 : 1, pair.Value));
        Assert.Equal(4, client.Counters.Retried);
        Assert.True(answer.Elapsed >= TimeSpan.FromMilliseconds(45), $"The delay that the server asked for was not kept: {answer.Elapsed}.");
    }

    [Fact]
    public async Task SendBatchAsync_StreamBreaksAfterRecording_ResendsAndTellsDuplicate()
    {
        await using var gateway = await ScriptedGateway.StartAsync(new(async stream =>
        {
            if (stream.Number > 1)
            {
                await stream.AnswerAllAsync();
                return;
            }

            await stream.Requests.MoveNext();
            stream.Record(stream.Requests.Current);
            throw new RpcException(new(StatusCode.Unavailable, "going away"));
        }));
        await using var client = EngagementClient.Connect(gateway.Address, _quick);

        var answer = await client.SendBatchAsync([NewEvent("e1"), NewEvent("e2")]).WaitAsync(_deadline);

        Assert.All(answer.Results, result => Assert.Equal(EventStatus.Duplicate, result.Status));
        Assert.Equal(1, client.Counters.Reconnects);
        Assert.Equal(2, client.Counters.Resent);
    }

    [Fact]
    public async Task SendBatchAsync_ServerStartsLater_IsSentThen()
    {
        int port;
        await using (var earlier = await ScriptedGateway.StartAsync(new(stream => stream.AnswerAllAsync())))
            port = earlier.Address.Port;
        await using var client = EngagementClient.Connect(new($"http://127.0.0.1:{port}"), _quick);
        var sending = client.SendBatchAsync([NewEvent("e1")]);
        Assert.False(sending.IsCompleted);

        await using var gateway = await ScriptedGateway.StartAsync(new(stream => stream.AnswerAllAsync()), port);

        Assert.Equal(EventStatus.Accepted, (await sending.WaitAsync(_deadline))[0].Status);
    }

    [Fact]
    public async Task SendBatchAsync_BackPressureWithRetryInfo_WaitsAtLeastThatLong()
    {
        await using var gateway = await ScriptedGateway.StartAsync(new(async stream =>
        {
            if (stream.Number > 1)
                await stream.AnswerAllAsync();
            else
                throw Exhausted(new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(300)) });
        }));
        var interruptions = new ConcurrentQueue<StreamInterruption>();
        await using var client = EngagementClient.Connect(gateway.Address, With(interrupted: interruptions.Enqueue));

        var answer = await client.SendBatchAsync([NewEvent("e1")]).WaitAsync(_deadline);

        Assert.Equal(EventStatus.Accepted, answer[0].Status);
        var interruption = Assert.Single(interruptions);
        Assert.Equal(StatusCode.ResourceExhausted, interruption.Status);
        Assert.InRange(interruption.Delay, TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(400));
    }

    [Fact]
    public async Task SendBatchAsync_RefusedForGood_ReportsRetryAndFailsLaterCalls()
    {
        await using var gateway = await ScriptedGateway.StartAsync(new(_ => throw Exhausted(null)));
        await using var client = EngagementClient.Connect(gateway.Address, _quick);

        var answer = await client.SendBatchAsync([NewEvent("e1")]).WaitAsync(_deadline);

        Assert.Equal(EventStatus.Retry, answer[0].Status);
        Assert.Contains("ResourceExhausted", answer[0].Result.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<EngagementStreamException>(() => client.SendAsync(NewEvent("e2")).WaitAsync(_deadline));
        await Assert.ThrowsAsync<EngagementStreamException>(() => client.FlushAsync().WaitAsync(_deadline));
    }

    [Fact]
    public async Task SendBatchAsync_ServerHangs_StreamIsTakenForDeadAndResent()
    {
        await using var gateway = await ScriptedGateway.StartAsync(new(async stream =>
        {
            if (stream.Number > 1)
                await stream.AnswerAllAsync();
            else
                await Task.Delay(Timeout.InfiniteTimeSpan, stream.Context.CancellationToken);
        }));
        await using var client = EngagementClient.Connect(gateway.Address, With(responseTimeout: TimeSpan.FromMilliseconds(200)));

        var answer = await client.SendBatchAsync([NewEvent("e1")]).WaitAsync(_deadline);

        Assert.Equal(EventStatus.Accepted, answer[0].Status);
        Assert.Equal(2, gateway.Script.Streams);
    }

    [Fact]
    public async Task SendBatchAsync_NoServerForLongerThanAllowed_IsReportedWithRetry()
    {
        await using var client = EngagementClient.Connect(new("http://127.0.0.1:1"), With(resendMax: TimeSpan.FromMilliseconds(150)));

        var answer = await client.SendBatchAsync([NewEvent("e1")]).WaitAsync(_deadline);

        Assert.Equal(EventStatus.Retry, answer[0].Status);
        Assert.Equal(1, client.Counters.Abandoned);
    }

    [Fact]
    public async Task EnqueueAsync_FullWindow_WaitsUntilAnswersCome()
    {
        var release = new TaskCompletionSource();
        await using var gateway = await ScriptedGateway.StartAsync(new(async stream =>
        {
            await release.Task;
            await stream.AnswerAllAsync();
        }));
        await using var client = EngagementClient.Connect(gateway.Address, With(unacknowledgedMax: 10));
        for (var i = 0; i < 10; i++)
            await client.EnqueueAsync(NewEvent($"e{i}")).AsTask().WaitAsync(_deadline);

        var eleventh = client.EnqueueAsync(NewEvent("e10")).AsTask();
        using var impatient = new CancellationTokenSource();
        var cancelled = client.EnqueueAsync(NewEvent("never"), impatient.Token).AsTask();
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(_deadline));
        Assert.False(eleventh.IsCompleted);
        release.SetResult();
        await eleventh.WaitAsync(_deadline);
        await client.FlushAsync().WaitAsync(_deadline);
        Assert.Equal(11, client.Counters.Accepted);
        Assert.DoesNotContain("never", gateway.Script.Durable.Keys);
    }

    [Fact]
    public async Task DisposeAsync_Unanswered_ReportsEachWithRetryAndRefusesMore()
    {
        await using var gateway = await ScriptedGateway.StartAsync(
            new(stream => Task.Delay(Timeout.InfiniteTimeSpan, stream.Context.CancellationToken)));
        var reported = new ConcurrentQueue<EventAcknowledgement>();
        var client = EngagementClient.Connect(
            gateway.Address, With(shutdownTimeout: TimeSpan.FromMilliseconds(200), acknowledged: reported.Enqueue));
        await client.EnqueueAsync(NewEvent("e1"));
        var sending = client.SendAsync(NewEvent("e2"));

        await client.DisposeAsync().AsTask().WaitAsync(_deadline);

        Assert.Equal(EventStatus.Retry, Assert.Single(reported).Status);
        Assert.Equal(EventStatus.Retry, (await sending).Status);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.SendAsync(NewEvent("e3")));
    }

    [Fact]
    public async Task DisposeAsync_HealthyServer_WaitsForAllAnswers()
    {
        await using var gateway = await ScriptedGateway.StartAsync(new(stream => stream.AnswerAllAsync()));
        var client = EngagementClient.Connect(gateway.Address, _quick);
        for (var i = 0; i < 1_000; i++)
            await client.EnqueueAsync(NewEvent($"e{i}"));

        await client.DisposeAsync().AsTask().WaitAsync(_deadline);

        Assert.Equal(1_000, client.Counters.Accepted);
        Assert.Equal(1_000, gateway.Script.Durable.Count);
    }

    [Fact]
    public async Task EnqueueAsync_CallbackThrows_OthersStillHearAndTheClientFails()
    {
        await using var gateway = await ScriptedGateway.StartAsync(new(stream => stream.AnswerAllAsync()));
        var heard = 0;
        await using var client = EngagementClient.Connect(gateway.Address, With(acknowledged: _ =>
        {
            if (Interlocked.Increment(ref heard) == 1)
                throw new InvalidOperationException("a bug of the caller's");
        }));
        await client.EnqueueAsync(NewEvent("e1"));
        await client.EnqueueAsync(NewEvent("e2"));

        var error = await Assert.ThrowsAsync<EngagementStreamException>(async () =>
        {
            await client.FlushAsync().WaitAsync(_deadline);
            await client.SendAsync(NewEvent("e3")).WaitAsync(_deadline);
            await client.FlushAsync().WaitAsync(_deadline);
        });

        Assert.Contains("a bug of the caller's", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, heard);
    }

    internal static Event NewEvent(string id) => new()
    {
        EventId = id,
        Source = "test",
        LearnerId = "learner-" + id[^1],
        CourseId = "course",
        OccurredAt = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch.AddYears(50)),
        CheckedIn = new(),
    };

    internal static EventResult Retry(int milliseconds) => new()
    {
        Status = EventStatus.Retry,
        RetryAfter = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(milliseconds)),
    };

    private static EventResult Rejected() => new() { Status = EventStatus.Rejected, Reason = RejectionReason.InvalidField };

    private static RpcException Exhausted(RetryInfo? retry)
    {
        var status = new Google.Rpc.Status { Code = (int)Code.ResourceExhausted, Message = "too much" };
        if (retry is not null)
            status.Details.Add(Any.Pack(retry));
        return status.ToRpcException();
    }

    private static EngagementClientOptions With(
        int? batchBytesMax = null,
        int? unacknowledgedMax = null,
        TimeSpan? responseTimeout = null,
        TimeSpan? resendMax = null,
        TimeSpan? shutdownTimeout = null,
        Action<EventAcknowledgement>? acknowledged = null,
        Action<StreamInterruption>? interrupted = null) => new()
        {
            BatchBytesMax = batchBytesMax ?? _quick.BatchBytesMax,
            UnacknowledgedEventsMax = unacknowledgedMax ?? _quick.UnacknowledgedEventsMax,
            ResponseTimeout = responseTimeout ?? _quick.ResponseTimeout,
            ResendDurationMax = resendMax,
            ShutdownTimeout = shutdownTimeout ?? _quick.ShutdownTimeout,
            ReconnectDelayMin = _quick.ReconnectDelayMin,
            ReconnectDelayMax = _quick.ReconnectDelayMax,
            Acknowledged = acknowledged,
            Interrupted = interrupted,
        };
}
