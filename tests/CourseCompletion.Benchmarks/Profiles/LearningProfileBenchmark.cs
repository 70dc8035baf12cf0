using BenchmarkDotNet.Attributes;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Profiles;
using CourseCompletion.Domain.Recommendations;

namespace CourseCompletion.Benchmarks.Profiles;

/// <summary>What a learner's profile, and the next clips of a course, cost when they are asked for.</summary>
/// <remarks>Courses of 40 lessons, half of each watched in heartbeats of 10 seconds, a check-in each of 60 days.</remarks>
[MemoryDiagnoser]
public class LearningProfileBenchmark
{
    private const int Lessons = 40;
    private const long StartMs = 1_790_000_000_000;
    private const long NowMs = StartMs + (60 * LearnerTime.DayMs);

    private readonly LearnerState _state = new();
    private CourseDefinition[] _courses = [];
    private int _made;

    /// <summary>How many courses the learner takes.</summary>
    [Params(1, 3, 20)]
    public int Courses { get; set; }

    /// <summary>Gives the learner a history.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        _courses = [.. Enumerable.Range(0, Courses).Select(i => new CourseDefinition
        {
            Course = new($"course-{i}"),
            Version = 1,
            EndsAtMs = StartMs + (90 * LearnerTime.DayMs),
            Lessons = [.. Enumerable.Range(0, Lessons).Select(l => new LessonDefinition { Id = $"lesson-{l:00}", LengthMs = 300_000, DueAtMs = StartMs + (l * LearnerTime.DayMs) })],
        })];
        foreach (var course in _courses)
        {
            for (var day = 0; day < 60; day++)
            {
                Fold(course, EventKind.CheckedIn, day, 0);
                for (var beat = 0; day % 3 == 0 && beat < 30; beat++)
                {
                    Fold(course, EventKind.VideoWatched, day, beat);
                }
            }
        }
    }

    /// <summary>The whole profile.</summary>
    [Benchmark]
    public LearningProfile Profile() => LearningProfileRules.Of(_state, _courses, NowMs);

    /// <summary>The next five clips of a course.</summary>
    [Benchmark]
    public NextClip[] NextClips() => NextClipRules.Rank(_state, _state.Enrolments[0], _courses[0], NowMs, 5);

    private void Fold(CourseDefinition course, EventKind kind, int day, int beat)
    {
        _made++;
        LearnerRules.Fold(
            _state,
            new()
            {
                Source = "web",
                EventId = $"{_made}",
                Course = course.Course,
                Kind = kind,
                OccurredAtMs = StartMs + (day * LearnerTime.DayMs) + (beat * 10_000),
                Lesson = kind == EventKind.VideoWatched ? $"lesson-{day / 3:00}" : null,
                FromMs = beat * 10_000,
                ToMs = (beat + 1) * 10_000,
                Speed = 1,
            },
            (UInt128)_made,
            LearnerPolicy.Default);
    }
}
