using System.Diagnostics;
using CourseCompletion.Client;
using CourseCompletion.Protocol.V1;
using Google.Protobuf.WellKnownTypes;
using HdrHistogram;
using Spectre.Console;

namespace CourseCompletion.Cli.Bench;

/// <summary>How long a caller waits for recommendations and next clips, at rest and while events stream in.</summary>
/// <param name="console">Where the table goes.</param>
/// <param name="duration">How long each is measured.</param>
/// <param name="eventsPerSecond">How many events a second stream in meanwhile.</param>
/// <param name="redis">A Redis connection string to measure that store instead of the embedded one, or null.</param>
internal sealed class RecommendBench(IAnsiConsole console, TimeSpan duration, int eventsPerSecond, string? redis)
{
    private const int CourseCount = 1_000;
    private const int LearnerCount = 10_000;
    private const int CoursesEach = 5;
    private const int HeartbeatCourses = 10;
    private const int CallsPerSecond = 50;
    private const int BatchEvents = 500;

    /// <summary>Measures.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var data = Directory.CreateTempSubdirectory("coursecompletion-bench-").FullName;
        await using (var server = await BenchServer.StartAsync(BenchMode.Engine, data, redis))
        {
            await using var client = EngagementClient.Connect(new(server.GrpcAddress));
            console.WriteLine($"Defining {CourseCount:N0} courses, enrolling {LearnerCount:N0} learners in {CoursesEach} each ...");
            await server.DefineCoursesAsync(CourseCount);
            await EnrolAsync(client, cancellation);
            var load = new BenchLoad(new(Path.GetFileName(data), LearnerCount));
            var ingest = new LoadShape(LearnerCount, HeartbeatCourses, BatchSize: 50, EventsPerSecond: eventsPerSecond);
            await server.WarmUpAsync(() => Task.WhenAll(load.RunAsync(server.GrpcAddress, ingest, BenchServer.WarmUpTime), AskAsync(client, BenchServer.WarmUpTime, cancellation)), cancellation);

            var table = new Table().Title("Top 10 through gRPC").AddColumns("while", "asked for", "calls", "p50 ms", "p99 ms");
            console.WriteLine("At rest ...");
            Add(table, "nothing streams", await AskAsync(client, duration, cancellation));
            console.WriteLine($"With {eventsPerSecond:N0} events/s ...");
            var streaming = load.RunAsync(server.GrpcAddress, ingest, duration);
            var asked = await AskAsync(client, duration, cancellation);
            var streamed = await streaming;
            Add(table, $"{streamed.Events / streamed.Seconds:N0} events/s", asked);
            table.Caption($"{CallsPerSecond} calls a second of each kind for {duration.TotalSeconds:F0} s, from learners by chance; {CourseCount:N0} courses, {LearnerCount:N0} learners. Goal of p99: 10 ms.");
            console.Write(table);
        }

        Directory.Delete(data, recursive: true);
    }

    private static void Add(Table table, string what, IEnumerable<(string Asked, LongHistogram Waits)> asked)
    {
        foreach (var (name, waits) in asked)
        {
            table.AddRow(what, name, $"{waits.TotalCount:N0}", $"{waits.GetValueAtPercentile(50) / 1000.0:F1}", $"{waits.GetValueAtPercentile(99) / 1000.0:F1}");
        }
    }

    // Few courses are taken by many, and what is taken next is near: so that there is something to learn.
    private static async Task EnrolAsync(EngagementClient client, CancellationToken cancellation)
    {
        var chance = new Random(1);
        var startsAt = DateTime.UtcNow.AddDays(-40);
        var batch = new List<Event>(BatchEvents);
        var answers = new List<Task<BatchAcknowledgement>>();
        for (var learner = 0; learner < LearnerCount; learner++)
        {
            var course = (int)(CourseCount * Math.Pow(chance.NextDouble(), 3));
            for (var i = 0; i < CoursesEach; i++)
            {
                // The last one is that of the heartbeats, of which next clips are asked.
                batch.Add(new()
                {
                    EventId = $"enrol-{learner}-{i}",
                    Source = "bench-enrol",
                    LearnerId = $"learner-{learner}",
                    CourseId = i == CoursesEach - 1 ? HeartbeatCourseOf(learner) : $"bench-{course}",
                    OccurredAt = Timestamp.FromDateTime(startsAt.AddDays(i)),
                    Enrolled = new(),
                });
                course = (course + 1 + chance.Next(10)) % CourseCount;
            }

            if (batch.Count >= BatchEvents || learner == LearnerCount - 1)
            {
                answers.Add(await client.EnqueueBatchAsync([.. batch], cancellation));
                batch.Clear();
            }
        }

        foreach (var answer in await Task.WhenAll(answers))
        {
            if (answer.Results.FirstOrDefault(result => result.Status is not (EventStatus.Accepted or EventStatus.Duplicate)) is { } refused)
            {
                throw new InvalidOperationException($"An enrolment was not accepted: {refused}");
            }
        }
    }

    // At a fixed rate, answered or not: a call that is late is clocked from when it was due.
    private static async Task<(string Asked, LongHistogram Waits)[]> AskAsync(EngagementClient client, TimeSpan duration, CancellationToken cancellation)
    {
        var kinds = new (string Name, Func<int, Task> Ask)[]
        {
            ("GetPreferences, to compare", async learner => await client.Learners.GetPreferencesAsync(new() { LearnerId = $"learner-{learner}" }, cancellationToken: cancellation)),
            ("RecommendCourses", async learner => await client.Learners.RecommendCoursesAsync(new() { LearnerId = $"learner-{learner}" }, cancellationToken: cancellation)),
            ("NextClips", async learner => await client.Learners.NextClipsAsync(new() { LearnerId = $"learner-{learner}", CourseId = HeartbeatCourseOf(learner) }, cancellationToken: cancellation)),
        };
        return await Task.WhenAll(kinds.Select(async kind =>
        {
            var chance = new Random(2);
            var waits = LoadResult.NewHistogram();
            var calls = new List<Task>();
            var clock = Stopwatch.StartNew();
            for (var call = 0; clock.Elapsed < duration; call++)
            {
                var due = TimeSpan.FromSeconds((double)call / CallsPerSecond);
                if (due - clock.Elapsed is { Ticks: > 0 } early)
                {
                    await Task.Delay(early, cancellation);
                    due = clock.Elapsed;
                }

                var from = due;
                calls.Add(Clocked(kind.Ask(chance.Next(LearnerCount)), from));
            }

            await Task.WhenAll(calls);
            return (kind.Name, waits);

            async Task Clocked(Task asking, TimeSpan from)
            {
                await asking;
                lock (waits)
                {
                    waits.RecordValue(Math.Max(1, (long)(clock.Elapsed - from).TotalMicroseconds));
                }
            }
        }));
    }

    private static string HeartbeatCourseOf(int learner) => $"bench-{learner % HeartbeatCourses}";
}
