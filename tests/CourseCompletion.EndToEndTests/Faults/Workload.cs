using System.Collections.Concurrent;
using System.Globalization;
using CourseCompletion.Client;
using CourseCompletion.EndToEndTests.Engagement;
using CourseCompletion.EndToEndTests.Hosts;
using CourseCompletion.Protocol.V1;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace CourseCompletion.EndToEndTests.Faults;

/// <summary>What a class does.</summary>
internal sealed record WorkloadPlan
{
    public int Learners { get; init; } = 2_000;

    public int Courses { get; init; } = 4;

    /// <summary>How many events a second are due, whatever the server does; 0 for as many as it takes.</summary>
    public int EventsPerSecond { get; init; } = 500;

    public int BatchEvents { get; init; } = 50;

    /// <summary>Whether no learner has more than one event.</summary>
    public bool IsEachLearnerNew { get; init; }
}

/// <summary>A class of learners, made from a seed, whose events stream through every door until it is stopped; everything is written into a history.</summary>
internal sealed class Workload : IAsyncDisposable
{
    private const int Lessons = 8;
    private const int LessonSeconds = 900;
    private const int WatchedLearners = 4;

    private readonly WorkloadPlan _plan;
    private readonly History _history;
    private readonly int _seed;
    private readonly EngagementClient[] _clients;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _stopWatching = new();
    private readonly DateTime _firstAt = DateTime.UtcNow - TimeSpan.FromDays(2);
    private readonly ConcurrentQueue<StatusCode> _brokenBy = new();
    private readonly ConcurrentQueue<string> _bugs = new();
    private Task _sending = Task.CompletedTask;
    private Task _watching = Task.CompletedTask;
    private TimeSpan _beganAt;
    private int _acknowledged;

    public Workload(WorkloadPlan plan, History history, int seed, IReadOnlyList<Uri> doors)
    {
        _plan = plan;
        _history = history;
        _seed = seed;
        Addresses = doors;
        _clients =
        [
            .. doors.Select(door => EngagementClient.Connect(door, new()
            {
                ReconnectDelayMax = TimeSpan.FromMilliseconds(500),
                Interrupted = Interrupted,
            })),
        ];
    }

    /// <summary>Events that are durable as far as the clients know.</summary>
    public int Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>The status of each end of a stream.</summary>
    public IReadOnlyList<StatusCode> BrokenBy => [.. _brokenBy];

    /// <summary>Watches that the server ended as it does when something is wrong with itself.</summary>
    public IReadOnlyList<string> Bugs => [.. _bugs];

    public IReadOnlyList<Uri> Addresses { get; }

    /// <summary>A client for reading.</summary>
    public EngagementClient Reader => _clients[0];

    /// <summary>Defines the courses and begins.</summary>
    public async Task StartAsync()
    {
        for (var course = 0; course < _plan.Courses; course++)
            await Reader.Courses.UpsertCourseAsync(new() { Course = KillHistory.Definition(course) });
        _beganAt = _history.Now;
        _sending = Task.WhenAll(Enumerable.Range(0, _clients.Length).Select(SendAsync));
        _watching = Task.WhenAll(Enumerable.Range(0, _clients.Length * WatchedLearners).Select(number => WatchAsync(_clients[number % _clients.Length], number)));
    }

    /// <summary>Waits until so many more events are acknowledged.</summary>
    public Task AcknowledgedMoreAsync(int events, TimeSpan deadline)
    {
        var target = Acknowledged + events;
        return Eventually.HoldsAsync($"{events} more events to be acknowledged", deadline, () =>
            _sending.IsFaulted ? throw _sending.Exception : Task.FromResult(Acknowledged >= target ? null : $"{target - Acknowledged} are missing"));
    }

    /// <summary>Waits until as many events are acknowledged as are due a while from now: the class goes on for so long, and nothing is left behind.</summary>
    public Task CaughtUpAsync(TimeSpan later, TimeSpan deadline) =>
        AcknowledgedMoreAsync((int)(_plan.EventsPerSecond * (_history.Now - _beganAt + later).TotalSeconds) - Acknowledged, deadline);

    /// <summary>Sends no more and waits until the fate of every event is known.</summary>
    public async Task StopAsync(TimeSpan deadline)
    {
        await _stop.CancelAsync();
        await _sending.WaitAsync(deadline);
        await _stopWatching.CancelAsync();
        await _watching;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _stopWatching.CancelAsync();
        foreach (var client in _clients)
            await client.DisposeAsync();
        await Task.WhenAll(_sending, _watching).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _stopWatching.Dispose();
    }

    private void Interrupted(StreamInterruption interruption)
    {
        _brokenBy.Enqueue(interruption.Status);
        _history.Fault($"a stream broke: {interruption.Status} {interruption.Detail.ReplaceLineEndings(" ")}");
    }

    private async Task SendAsync(int door)
    {
        await Task.Yield();
        var random = new Random(HashCode.Combine(_seed, door));
        var answers = new List<Task>();
        var share = (double)_plan.EventsPerSecond / _clients.Length;
        for (var number = 0; !_stop.IsCancellationRequested && (!_plan.IsEachLearnerNew || number * _clients.Length < _plan.Learners); number += _plan.BatchEvents)
        {
            var due = share > 0 ? _beganAt + TimeSpan.FromSeconds(number / share) : _history.Now;
            if (due - _history.Now is { Ticks: > 0 } early)
                await Task.Delay(early, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var batch = Enumerable.Range(number, _plan.BatchEvents).Select(i => EventAt(random, door, i)).ToArray();
            foreach (var e in batch)
                _history.Invoked(due, e);
            answers.Add(HearAsync(await _clients[door].EnqueueBatchAsync(batch)));
            answers.RemoveAll(answer => answer.IsCompletedSuccessfully);
        }

        await Task.WhenAll(answers);
    }

    private async Task HearAsync(Task<BatchAcknowledgement> answer)
    {
        var batch = await answer;
        for (var i = 0; i < batch.Events.Count; i++)
            _history.Ended(batch.Events[i], batch.Results[i]);
        Interlocked.Add(ref _acknowledged, batch.Results.Count(result => result.Status is EventStatus.Accepted or EventStatus.Duplicate));
    }

    // Each learner always comes through the same door, as an app does; most events watch something, in quarters of a second, which are exact in doubles.
    private Event EventAt(Random random, int door, int number)
    {
        var learner = _plan.IsEachLearnerNew ? number : random.Next(_plan.Learners / _clients.Length);
        var made = new Event
        {
            EventId = string.Create(CultureInfo.InvariantCulture, $"{door}-{number}"),
            Source = HistoryEntry.Source,
            LearnerId = LearnerId(door, learner),
            CourseId = KillHistory.CourseId(random.Next(4) == 0 ? random.Next(_plan.Courses) : learner % _plan.Courses),
            LessonId = $"lesson-{random.Next(Lessons)}",
            OccurredAt = Timestamp.FromDateTime(_firstAt.AddMilliseconds((number * 20) + random.Next(1000))),
        };
        switch (random.Next(20))
        {
            case 0:
                made.Commented = new() { Text = HistoryEntry.CommentText };
                break;
            case 1:
                made.Liked = new();
                break;
            default:
                var from = random.Next((LessonSeconds - 40) * 4) / 4.0;
                made.VideoWatched = new() { From = from, To = from + (random.Next(1, 160) / 4.0) };
                break;
        }

        return made;
    }

    // As an app watches: when the stream ends, it goes on from the last version that it saw.
    private async Task WatchAsync(EngagementClient client, int number)
    {
        var learner = LearnerId(number % _clients.Length, number / _clients.Length);
        var token = "";
        while (!_stopWatching.IsCancellationRequested)
        {
            try
            {
                using var watch = client.Learners.WatchLearner(new() { LearnerId = learner, ResumeToken = token }, cancellationToken: _stopWatching.Token);
                await foreach (var change in watch.ResponseStream.ReadAllAsync(_stopWatching.Token))
                {
                    token = change.ResumeToken;
                    _history.Saw($"watcher-{number}", change.Learner, token);
                }
            }
            catch (RpcException broken)
            {
                if (broken.GetRpcStatus()?.GetDetail<ErrorInfo>() is { Reason: "INTERNAL" })
                    _bugs.Enqueue($"the watch of {learner} ended: {broken.Status.Detail}");
                await Task.Delay(TimeSpan.FromMilliseconds(200), _stopWatching.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static string LearnerId(int door, int learner) => string.Create(CultureInfo.InvariantCulture, $"learner-{door}-{learner}");
}
