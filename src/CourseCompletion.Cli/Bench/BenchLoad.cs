using System.Collections.Concurrent;
using System.Diagnostics;
using CourseCompletion.Protocol.V1;
using Google.Protobuf.WellKnownTypes;
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
internal sealed record LoadShape(
    int Learners, int Courses, int BatchSize, bool OneLearnerBatches = false, int Streams = 4, int InFlight = 8, bool InTurn = false, int EventsEach = 0);

/// <summary>What a load measured.</summary>
/// <param name="Events">Events acknowledged as accepted.</param>
/// <param name="Others">Events with any other result; a sound run has none.</param>
/// <param name="Seconds">How long it ran.</param>
/// <param name="Acknowledgements">Microseconds from sending a batch to its answer.</param>
internal sealed record LoadResult(long Events, long Others, double Seconds, LongHistogram Acknowledgements);

/// <summary>Streams made-up heartbeats through the gateway and clocks the answers.</summary>
/// <remarks>Each learner's events go on from where the load before left them, so every event is new and in order.</remarks>
internal sealed class BenchLoad(string name, int learnersMax)
{
    private const int LessonCount = 20;
    private static readonly TimeSpan _lead = TimeSpan.FromDays(10);

    // The token of the command that runs: a load ends with it, however deep in one of the bench's parts it was begun.
    private static readonly AsyncLocal<CancellationToken> _stop = new();

    private readonly long[] _eventsOf = new long[learnersMax];
    private readonly long _startMs = DateTimeOffset.UtcNow.Subtract(_lead).ToUnixTimeMilliseconds();
    private long _batchNumber;

    /// <summary>Stops every load that the caller begins from here on, directly or not, when the token is cancelled.</summary>
    public static void StopOn(CancellationToken cancellation) => _stop.Value = cancellation;

    /// <summary>Runs for a time, or until a number of events was sent.</summary>
    /// <exception cref="OperationCanceledException">It was stopped; what is under way is not waited for.</exception>
    public async Task<LoadResult> RunAsync(string address, LoadShape shape, TimeSpan duration, long eventsMax = long.MaxValue)
    {
        var cancellation = _stop.Value;
        using var channel = GrpcChannel.ForAddress(address, new() { MaxReceiveMessageSize = null, ThrowOperationCanceledOnCancellation = true, HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true } });
        var client = new EngagementService.EngagementServiceClient(channel);
        var clock = Stopwatch.StartNew();
        var left = eventsMax;
        var streams = Enumerable.Range(0, shape.Streams).Select(stream => Task.Run(() => StreamAsync(
            client, shape, new Turns(shape, stream), () => clock.Elapsed < duration && Interlocked.Add(ref left, -shape.BatchSize) > -shape.BatchSize, cancellation)));
        var results = await Task.WhenAll(streams);
        var histogram = NewHistogram();
        foreach (var result in results)
        {
            histogram.Add(result.Acknowledgements);
        }

        return new(results.Sum(r => r.Events), results.Sum(r => r.Others), clock.Elapsed.TotalSeconds, histogram);
    }

    /// <summary>The course definitions that the load's events belong to.</summary>
    public static IEnumerable<Course> Courses(int count) => Enumerable.Range(0, count).Select(CourseOf);

    private static Course CourseOf(int number)
    {
        var course = new Course { CourseId = $"bench-{number}", Title = $"Bench {number}" };
        for (var i = 0; i < LessonCount; i++)
        {
            course.Lessons.Add(new Lesson { LessonId = $"lesson-{i}", Kind = LessonKind.Video, Length = Duration.FromTimeSpan(TimeSpan.FromMinutes(10)) });
        }

        return course;
    }

    private async Task<LoadResult> StreamAsync(
        EngagementService.EngagementServiceClient client, LoadShape shape, Turns turns, Func<bool> goesOn, CancellationToken cancellation)
    {
        using var call = client.StreamEvents(cancellationToken: cancellation);
        using var room = new SemaphoreSlim(shape.InFlight);
        var sent = new ConcurrentDictionary<string, long>();
        var histogram = NewHistogram();
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
        while (goesOn())
        {
            await room.WaitAsync(cancellation);
            var batch = NextBatch(shape, turns);
            sent[batch.BatchId] = Stopwatch.GetTimestamp();
            await call.RequestStream.WriteAsync(batch, cancellation);
        }

        await call.RequestStream.CompleteAsync();
        await reading;
        return new(accepted, others, 0, histogram);
    }

    private StreamEventsRequest NextBatch(LoadShape shape, Turns turns)
    {
        var batch = new StreamEventsRequest { BatchId = Interlocked.Increment(ref _batchNumber).ToString() };
        var learner = turns.Next();
        for (var i = 0; i < shape.BatchSize; i++)
        {
            if (!shape.OneLearnerBatches)
            {
                learner = i == 0 ? learner : turns.Next();
            }

            batch.Events.Add(NextEvent(learner, shape));
        }

        return batch;
    }

    private Event NextEvent(int learner, LoadShape shape)
    {
        var number = Interlocked.Increment(ref _eventsOf[learner]) - 1;
        var generation = shape.EventsEach == 0 ? 0 : number / shape.EventsEach;
        number -= generation * shape.EventsEach;
        var from = number % 60 * 10;
        return new Event
        {
            EventId = $"{name}-{learner}-{generation}-{number}",
            Source = "bench",
            LearnerId = generation == 0 ? $"learner-{learner}" : $"learner-{learner}-{generation}",
            CourseId = $"bench-{learner % shape.Courses}",
            LessonId = $"lesson-{number / 60 % LessonCount}",
            SessionId = $"session-{number / 600}",
            OccurredAt = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(_startMs + (number * 1_000))),
            VideoWatched = new VideoWatched { From = from, To = from + 10, Speed = 1 },
        };
    }

    // Whose turn it is in one stream: by chance, or in turn every so-manieth learner, so that no two streams share one.
    private sealed class Turns
    {
        private readonly LoadShape _shape;
        private readonly Random _random;
        private int _next;

        public Turns(LoadShape shape, int stream)
        {
            (_shape, _random, _next) = (shape, new Random(stream), stream);
        }

        public int Next()
        {
            if (!_shape.InTurn)
            {
                return _random.Next(_shape.Learners);
            }

            var learner = _next;
            _next += _shape.Streams;
            if (_next >= _shape.Learners)
            {
                _next %= _shape.Streams;
            }

            return learner;
        }
    }

    private static LongHistogram NewHistogram() => new(60_000_000, 3);
}
