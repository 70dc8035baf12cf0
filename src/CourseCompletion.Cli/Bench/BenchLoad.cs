using System.Collections.Concurrent;
using System.Diagnostics;
using CourseCompletion.Protocol.V1;
using Grpc.Core;
using Grpc.Net.Client;
using HdrHistogram;

namespace CourseCompletion.Cli.Bench;

/// <summary>What a load looks like.</summary>
/// <param name="Learners">How many learners the events are drawn from, uniformly.</param>
/// <param name="Courses">How many courses; learner n belongs to course n modulo this.</param>
/// <param name="BatchSize">Events in one batch.</param>
/// <param name="OneLearnerBatches">Whether all events of a batch belong to one learner.</param>
/// <param name="Streams">Streams at once.</param>
/// <param name="InFlight">Unanswered batches a stream.</param>
/// <param name="InTurn">Whether learners come in turn instead of by chance, each stream with learners of its own.</param>
/// <param name="EventsEach">After so many events a learner gives way to a new one with the same number; 0 for never.</param>
/// <param name="EventsPerSecond">How many events are sent each second, answered or not, as long as <paramref name="InFlight"/> leaves room; 0 for as many as are answered.</param>
/// <param name="CommentEvery">Every so-manieth event of a learner is a comment of 100 characters; 0 for none.</param>
internal sealed record LoadShape(
    int Learners,
    int Courses,
    int BatchSize,
    bool OneLearnerBatches = false,
    int Streams = 4,
    int InFlight = 8,
    bool InTurn = false,
    int EventsEach = 0,
    int EventsPerSecond = 0,
    int CommentEvery = 0);

/// <summary>What a load measured.</summary>
/// <param name="Events">Events acknowledged as accepted.</param>
/// <param name="Others">Events with any other result; a sound run has none.</param>
/// <param name="Seconds">How long it ran.</param>
/// <param name="Acknowledgements">Microseconds from sending a batch, or from when it was due although there was no room, to its answer.</param>
internal sealed record LoadResult(long Events, long Others, double Seconds, LongHistogram Acknowledgements)
{
    /// <summary>An empty histogram of answers up to a minute.</summary>
    public static LongHistogram NewHistogram() => new(60_000_000, 3);

    /// <summary>What several streams measured together.</summary>
    public static LoadResult Of(IReadOnlyCollection<LoadResult> streams, double seconds)
    {
        var histogram = NewHistogram();
        foreach (var stream in streams)
        {
            histogram.Add(stream.Acknowledgements);
        }

        return new(streams.Sum(stream => stream.Events), streams.Sum(stream => stream.Others), seconds, histogram);
    }
}

/// <summary>Streams made-up heartbeats through the gateway and clocks the answers.</summary>
/// <param name="events">What is streamed.</param>
internal sealed class BenchLoad(BenchEvents events)
{
    // The token of the command that runs: a load ends with it, however deep in one of the bench's parts it was begun.
    private static readonly AsyncLocal<CancellationToken> _stop = new();

    /// <summary>The token that ends the caller's loads.</summary>
    public static CancellationToken Stopping => _stop.Value;

    /// <summary>Stops every load that the caller begins from here on, directly or not, when the token is cancelled.</summary>
    public static void StopOn(CancellationToken cancellation) => _stop.Value = cancellation;

    /// <summary>Runs for a time, or until a number of events was sent.</summary>
    /// <exception cref="OperationCanceledException">It was stopped; what is under way is not waited for.</exception>
    public async Task<LoadResult> RunAsync(string address, LoadShape shape, TimeSpan duration, long eventsMax = long.MaxValue)
    {
        var cancellation = Stopping;
        using var channel = GrpcChannel.ForAddress(address, new() { MaxReceiveMessageSize = null, ThrowOperationCanceledOnCancellation = true, HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true } });
        var client = new EngagementService.EngagementServiceClient(channel);
        var clock = Stopwatch.StartNew();
        var left = eventsMax;
        var pace = new LoadPace(shape);
        var streams = Enumerable.Range(0, shape.Streams).Select(stream => Task.Run(() => StreamAsync(
            client, shape, new LoadTurns(shape, stream), pace, () => clock.Elapsed < duration && Interlocked.Add(ref left, -shape.BatchSize) > -shape.BatchSize, cancellation)));
        return LoadResult.Of(await Task.WhenAll(streams), clock.Elapsed.TotalSeconds);
    }

    private async Task<LoadResult> StreamAsync(
        EngagementService.EngagementServiceClient client, LoadShape shape, LoadTurns turns, LoadPace pace, Func<bool> goesOn, CancellationToken cancellation)
    {
        using var call = client.StreamEvents(cancellationToken: cancellation);
        using var room = new SemaphoreSlim(shape.InFlight);
        var sent = new ConcurrentDictionary<string, long>();
        var histogram = LoadResult.NewHistogram();
        long accepted = 0, others = 0;
        var reading = Task.Run(async () =>
        {
            await foreach (var response in call.ResponseStream.ReadAllAsync(cancellation))
            {
                sent.TryRemove(response.BatchId, out var sentAt);
                histogram.RecordValue(Math.Max(1, (long)Stopwatch.GetElapsedTime(sentAt).TotalMicroseconds));
                foreach (var result in response.Results)
                {
                    if (result.Status == EventStatus.Accepted)
                    {
                        accepted++;
                    }
                    else
                    {
                        others++;
                    }
                }

                room.Release();
            }
        }, cancellation);
        while (true)
        {
            var dueAt = await pace.NextAsync(cancellation);
            if (!goesOn())
            {
                break;
            }

            await room.WaitAsync(cancellation);
            var batch = events.NextBatch(shape, turns);
            sent[batch.BatchId] = dueAt ?? Stopwatch.GetTimestamp();
            await call.RequestStream.WriteAsync(batch, cancellation);
        }

        await call.RequestStream.CompleteAsync();
        await reading;
        return new(accepted, others, 0, histogram);
    }
}
