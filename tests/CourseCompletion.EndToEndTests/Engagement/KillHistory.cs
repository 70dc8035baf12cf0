using CourseCompletion.Protocol.V1;
using Google.Protobuf.WellKnownTypes;

namespace CourseCompletion.EndToEndTests.Engagement;

/// <summary>What a class of learners did, made from a seed, with the sums that a server must come to.</summary>
internal sealed class KillHistory
{
    public const int Learners = 2_000;
    public const int Courses = 4;
    private const int Lessons = 8;
    private const int LessonSeconds = 900;
    private static readonly TimeSpan _span = TimeSpan.FromDays(10);

    private readonly CourseFold _fold = new();

    public KillHistory(int seed, int events)
    {
        var random = new Random(seed);
        var start = DateTime.UtcNow - _span - TimeSpan.FromMinutes(1);
        EventCounts = new int[Learners];
        for (var i = 0; i < events; i++)
        {
            // Most learners take one course, some all; time goes on, with some disorder, as from many devices.
            var learner = random.Next(Learners);
            var course = random.Next(4) == 0 ? random.Next(Courses) : learner % Courses;
            var lesson = random.Next(Lessons);
            var at = start + (_span * Math.Clamp((i + random.Next(-500, 500)) / (double)events, 0, 1));
            Events.Add(EventAt(random, i, learner, course, lesson, at));
            _fold.Add(Events[^1]);
            EventCounts[learner]++;
        }
    }

    public List<Event> Events { get; } = [];

    /// <summary>Distinct events of each learner.</summary>
    public int[] EventCounts { get; }

    public static string LearnerId(int learner) => $"learner-{learner}";

    public static string CourseId(int course) => $"course-{course}";

    /// <summary>A course's definition.</summary>
    public static Course Definition(int course) => new()
    {
        CourseId = CourseId(course),
        Title = $"Course {course}",
        Lessons =
        {
            Enumerable.Range(0, Lessons).Select(lesson => new Lesson
            {
                LessonId = $"lesson-{lesson}",
                Kind = LessonKind.Video,
                Length = Duration.FromTimeSpan(TimeSpan.FromSeconds(LessonSeconds)),
            }),
        },
    };

    /// <summary>What the server must say of a course.</summary>
    public CourseSums Sums(int course) => _fold.Sums(CourseId(course));

    // Every event but the comments watches something, in quarters of a second, which are exact in milliseconds and in doubles.
    private Event EventAt(Random random, int number, int learner, int course, int lesson, DateTime at)
    {
        var made = new Event
        {
            EventId = $"e{number}",
            Source = "kill-test",
            LearnerId = LearnerId(learner),
            CourseId = CourseId(course),
            LessonId = $"lesson-{lesson}",
            OccurredAt = Timestamp.FromDateTime(at),
        };
        if (_fold.HasWatched(made.CourseId, made.LearnerId, made.LessonId) && random.Next(20) == 0)
        {
            made.Commented = new() { Text = "I did not know that." };
            return made;
        }

        var from = random.Next((LessonSeconds - 40) * 4) / 4.0;
        var to = from + (random.Next(1, 160) / 4.0);
        made.VideoWatched = new() { From = from, To = to };
        return made;
    }
}
