using CourseCompletion.Client;
using CourseCompletion.EndToEndTests.Engagement;
using CourseCompletion.Protocol.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Xunit;
using Xunit.Abstractions;

namespace CourseCompletion.EndToEndTests.Faults;

/// <summary>Callers who read slowly, or not at all, and callers who all leave at once: the others notice nothing, and the server's memory stays bounded.</summary>
[Collection(FaultCollection.Name)]
public sealed class ReaderTests(ITestOutputHelper output)
{
    private const int Writers = 40;
    private const int Watchers = 40;
    private const int BatchEvents = 200;
    private static readonly TimeSpan _lasts = TimeSpan.FromSeconds(20);

    [LongFault]
    public Task Read_NotAtAll_OthersNoticeNothing() => ReadBadlyAsync("stalled-readers", static proxy => proxy.Stall());

    [LongFault]
    public Task Read_AThousandBytesASecond_OthersNoticeNothing() => ReadBadlyAsync("slow-readers", static proxy => proxy.BytesPerSecondMax = 1_000);

    [LongFault]
    public Task Leave_FiveThousandStreamsAtOnce_OthersNoticeNothing() => FaultRun.RepeatAsync(output, PlanOf("dropped-streams-5000"), () => FaultCluster.StartAsync(new()), async (cluster, run) =>
    {
        await using var proxy = new FaultProxy(System.Net.IPEndPoint.Parse(cluster.Gateways[0].Grpc.Authority));
        using var channel = EngagementChannel.Open(proxy.Address);
        var service = new EngagementService.EngagementServiceClient(channel);
        for (var time = 0; time < 2; time++)
        {
            var streams = new List<AsyncDuplexStreamingCall<StreamEventsRequest, StreamEventsResponse>>();
            for (var opened = 0; opened < 5_000; opened += 250)
                streams.AddRange(await Task.WhenAll(Enumerable.Range(opened, 250).Select(number => OpenAsync(service, run, (time * 5_000) + number))));
            run.Begins("5,000 streams are reset");
            proxy.Reset();
            await Task.WhenAll(streams.Select(async stream => await Assert.ThrowsAnyAsync<Exception>(() => stream.ResponseStream.MoveNext(CancellationToken.None))));
            streams.ForEach(stream => stream.Dispose());
            await run.GoOnAsync(TimeSpan.FromSeconds(5));
        }
    });

    private Task ReadBadlyAsync(string name, Action<FaultProxy> spoil) => FaultRun.RepeatAsync(output, PlanOf(name), () => FaultCluster.StartAsync(new()), async (cluster, run) =>
    {
        await using var proxy = new FaultProxy(System.Net.IPEndPoint.Parse(cluster.Gateways[0].Grpc.Authority));
        var channels = Enumerable.Range(0, 4).Select(_ => EngagementChannel.Open(proxy.Address)).ToArray();
        using var end = new CancellationTokenSource();
        var watches = Enumerable.Range(0, Watchers).Select(number => WatchOnceAsync(channels[number % channels.Length], end.Token)).ToArray();
        using var first = await watches[0];
        await Task.WhenAll(watches);
        run.Begins(name);
        spoil(proxy);
        var writers = Enumerable.Range(0, Writers).Select(number => WriteWithoutReadingAsync(channels[number % channels.Length], run, number, end.Token)).ToArray();
        await FaultRun.LastsAsync(_lasts);
        await run.GoOnAsync(TimeSpan.FromSeconds(1));
        await end.CancelAsync();
        await Task.WhenAll(writers);
        foreach (var channel in channels)
            channel.Dispose();
        await run.GoOnAsync(TimeSpan.FromSeconds(5));
    });

    private static async Task<AsyncServerStreamingCall<WatchEngagementResponse>> WatchOnceAsync(GrpcChannel channel, CancellationToken end)
    {
        var watch = new CourseService.CourseServiceClient(channel).WatchEngagement(new() { CourseId = KillHistory.CourseId(0) }, cancellationToken: end);
        Assert.True(await watch.ResponseStream.MoveNext(end));
        return watch;
    }

    private static async Task WriteWithoutReadingAsync(GrpcChannel channel, FaultRun run, int writer, CancellationToken end)
    {
        try
        {
            using var call = new EngagementService.EngagementServiceClient(channel).StreamEvents(cancellationToken: end);
            for (var batch = 0; !end.IsCancellationRequested; batch++)
            {
                var events = Enumerable.Range(0, BatchEvents).Select(number => EventOf(run, $"reader-{writer}", $"r{writer}-{batch}-{number}")).ToArray();
                await call.RequestStream.WriteAsync(new() { BatchId = $"{batch}", Events = { events } }, end);
            }
        }
        catch (Exception exception) when (exception is RpcException or OperationCanceledException or InvalidOperationException)
        {
            // It is over.
        }
    }

    private static async Task<AsyncDuplexStreamingCall<StreamEventsRequest, StreamEventsResponse>> OpenAsync(EngagementService.EngagementServiceClient service, FaultRun run, int number)
    {
        var stream = service.StreamEvents();
        var e = EventOf(run, $"leaver-{number % 1_000}", $"s{number}");
        await stream.RequestStream.WriteAsync(new() { BatchId = "only", Events = { e } });
        Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));
        run.History.Ended(e, stream.ResponseStream.Current.Results[0]);
        return stream;
    }

    private static Event EventOf(FaultRun run, string learner, string id)
    {
        var made = Events.Liked(learner, KillHistory.CourseId(0), 0);
        (made.Source, made.EventId) = (HistoryEntry.Source, id);
        run.History.Invoked(run.History.Now, made);
        return made;
    }

    private static FaultPlan PlanOf(string name) => new(name) { WaitMax = TimeSpan.FromSeconds(5), RecoveryMax = TimeSpan.FromSeconds(25), MayEndOtherwise = true };
}
