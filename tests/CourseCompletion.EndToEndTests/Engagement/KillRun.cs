using System.Globalization;
using CourseCompletion.Client;
using CourseCompletion.EndToEndTests.Hosts;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.EndToEndTests.Engagement;

/// <summary>One client streams a history while the host is killed at random and started again; then the server's state is compared with the history.</summary>
internal sealed class KillRun(HostProcess host, int seed, int events)
{
    private const int Kills = 5;
    private const int BatchEvents = 100;
    private const int ResentEvents = 20_000;
    private static readonly TimeSpan _streamDeadline = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan _quietDeadline = TimeSpan.FromSeconds(60);

    private readonly KillHistory _history = new(seed, events);
    private readonly Random _random = new(seed);
    private int _acknowledged;
    private int _rejected;

    public async Task<KillReport> RunAsync()
    {
        await using var client = EngagementClient.Connect(host.Grpc, new() { ReconnectDelayMax = TimeSpan.FromMilliseconds(500) });
        for (var course = 0; course < KillHistory.Courses; course++)
            await client.Courses.UpsertCourseAsync(new() { Course = KillHistory.Definition(course) });

        using var deadline = new CancellationTokenSource(_streamDeadline);
        var streaming = StreamAsync(client, deadline.Token);
        await KillRepeatedlyAsync(streaming, deadline.Token);
        await streaming;
        var counters = client.Counters;
        var (missing, countedTwice) = await CompareLearnersAsync(client);
        missing += await ResendAsync(client);
        await CompareCoursesAsync(client);
        return new(seed, _acknowledged, _rejected, missing, countedTwice, counters);
    }

    private async Task StreamAsync(EngagementClient client, CancellationToken cancellationToken)
    {
        var answers = new List<Task>();
        foreach (var batch in _history.Events.Chunk(BatchEvents))
            answers.Add(CountAsync(await client.EnqueueBatchAsync(batch, cancellationToken)));
        await Task.WhenAll(answers).WaitAsync(cancellationToken);
    }

    private async Task CountAsync(Task<BatchAcknowledgement> answer)
    {
        var batch = await answer;
        var durable = batch.Results.Count(result => result.Status is EventStatus.Accepted or EventStatus.Duplicate);
        Interlocked.Add(ref _acknowledged, durable);
        Interlocked.Add(ref _rejected, batch.Results.Count - durable);
    }

    // Each kill comes at a random place of its fifth of the stream, a random moment later.
    private async Task KillRepeatedlyAsync(Task streaming, CancellationToken cancellationToken)
    {
        for (var kill = 0; kill < Kills; kill++)
        {
            var at = (int)(events * (kill + (0.9 * _random.NextDouble())) / Kills);
            while (Volatile.Read(ref _acknowledged) < at && !streaming.IsCompleted)
                await Task.Delay(1, cancellationToken);

            await Task.Delay(_random.Next(10), cancellationToken);
            if (streaming.IsCompleted)
                throw new InvalidOperationException($"Seed {seed}: the stream ended before kill {kill + 1}, with {_acknowledged} events acknowledged.");

            await host.KillAsync();
            await host.StartAgainAsync();
        }
    }

    private async Task<(int Missing, int CountedTwice)> CompareLearnersAsync(EngagementClient client)
    {
        var (missing, countedTwice) = (0, 0);
        await Parallel.ForEachAsync(Enumerable.Range(0, KillHistory.Learners), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (learner, cancellationToken) =>
        {
            var expected = _history.EventCounts[learner];
            if (expected == 0)
                return;

            var answer = await client.Learners.GetLearnerAsync(new() { LearnerId = KillHistory.LearnerId(learner) }, cancellationToken: cancellationToken);
            Interlocked.Add(ref missing, (int)Math.Max(0, expected - answer.Learner.EventCount));
            Interlocked.Add(ref countedTwice, (int)Math.Max(0, answer.Learner.EventCount - expected));
        });
        return (missing, countedTwice);
    }

    /// <summary>Sends a sample once more: what is accepted now was missing, whatever the counts say.</summary>
    private async Task<int> ResendAsync(EngagementClient client)
    {
        var sample = _history.Events.Where((_, i) => i % Math.Max(1, events / ResentEvents) == 0).ToList();
        var answer = await client.SendBatchAsync(sample);
        return answer.Results.Count(result => result.Status != EventStatus.Duplicate);
    }

    private async Task CompareCoursesAsync(EngagementClient client)
    {
        for (var course = 0; course < KillHistory.Courses; course++)
        {
            var expected = _history.Sums(course);
            var id = KillHistory.CourseId(course);
            await Eventually.HoldsAsync($"seed {seed}: the sums of {id}", _quietDeadline, async () =>
            {
                var answer = await client.Courses.GetEngagementAsync(new() { CourseId = id });
                var actual = CourseSums.Of(answer.Engagement);
                return actual == expected ? null : $"{actual} is not {expected}";
            });
        }
    }
}

/// <summary>How a run ended.</summary>
internal sealed record KillReport(int Seed, int Acknowledged, int Rejected, int Missing, int CountedTwice, EngagementCounters Counters)
{
    public string Line(int run) => string.Create(
        CultureInfo.InvariantCulture,
        $"run {run} seed {Seed}: acknowledged {Acknowledged}, missing {Missing}, counted twice {CountedTwice} (resent {Counters.Resent}, duplicates {Counters.Duplicate})");
}
