using CourseCompletion.Protocol.V1;
using Google.Protobuf.WellKnownTypes;

namespace CourseCompletion.Cli.Bench;

/// <summary>Makes up the heartbeats of a load.</summary>
/// <remarks>Each learner's events go on from where the load before left them, so every event is new and in order.</remarks>
/// <param name="name">Goes into every event id: two of the same name make the same events.</param>
/// <param name="learnersMax">How many learners there are at most.</param>
internal sealed class BenchEvents(string name, int learnersMax)
{
    private const int LessonCount = 20;
    private static readonly TimeSpan _lead = TimeSpan.FromDays(10);

    private readonly long[] _eventsOf = new long[learnersMax];
    private readonly long _startMs = DateTimeOffset.UtcNow.Subtract(_lead).ToUnixTimeMilliseconds();
    private long _batchNumber;

    /// <summary>The course definitions that the events belong to.</summary>
    public static IEnumerable<Course> Courses(int count) => Enumerable.Range(0, count).Select(CourseOf);

    /// <summary>The next batch, of the learners whose turn it is.</summary>
    public StreamEventsRequest NextBatch(LoadShape shape, LoadTurns turns)
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

    private static Course CourseOf(int number)
    {
        var course = new Course { CourseId = $"bench-{number}", Title = $"Bench {number}" };
        for (var i = 0; i < LessonCount; i++)
        {
            course.Lessons.Add(new Lesson { LessonId = $"lesson-{i}", Kind = LessonKind.Video, Length = Duration.FromTimeSpan(TimeSpan.FromMinutes(10)) });
        }

        return course;
    }

    private Event NextEvent(int learner, LoadShape shape)
    {
        var number = Interlocked.Increment(ref _eventsOf[learner]) - 1;
        var generation = shape.EventsEach == 0 ? 0 : number / shape.EventsEach;
        number -= generation * shape.EventsEach;
        var from = number % 60 * 10;
        var e = new Event
        {
            EventId = $"{name}-{learner}-{generation}-{number}",
            Source = "bench",
            LearnerId = generation == 0 ? $"learner-{learner}" : $"learner-{learner}-{generation}",
            CourseId = $"bench-{learner % shape.Courses}",
            LessonId = $"lesson-{number / 60 % LessonCount}",
            SessionId = $"session-{number / 600}",
            OccurredAt = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(_startMs + (number * 1_000))),
        };
        if (shape.CommentEvery > 0 && number % shape.CommentEvery == shape.CommentEvery - 1)
        {
            e.Position = from;
            e.Commented = new Commented { Text = BenchComments.Of(learner, number) };
        }
        else
        {
            e.VideoWatched = new VideoWatched { From = from, To = from + 10, Speed = 1 };
        }

        return e;
    }
}

/// <summary>Whose turn it is in one stream: by chance, or in turn every so-manieth learner, so that no two streams share one.</summary>
internal sealed class LoadTurns
{
    private readonly LoadShape _shape;
    private readonly Random _random;
    private int _next;

    public LoadTurns(LoadShape shape, int stream)
    {
        (_shape, _random, _next) = (shape, new Random(stream), stream);
    }

    /// <summary>The next learner's number.</summary>
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
