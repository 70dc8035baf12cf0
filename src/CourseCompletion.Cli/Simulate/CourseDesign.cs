using CourseCompletion.Protocol.V1;
using Google.Protobuf.WellKnownTypes;

namespace CourseCompletion.Cli.Simulate;

/// <summary>A course of the simulated class: three videos and a quiz, again and again, spread over its days.</summary>
internal sealed class CourseDesign
{
    /// <summary>The watched share at which a video is complete.</summary>
    public const double WatchedToComplete = 0.95;

    private const int LessonsPerUnit = 4;
    private const double CompletionShare = 0.8;

    // One video in three has a part that many do not understand at once.
    private const double HardPartShare = 0.33;

    private static readonly (string Name, string[] Topics)[] _subjects =
    [
        ("Statistics", ["probability", "sampling", "hypothesis tests", "regression"]),
        ("Photography", ["exposure", "composition", "portraits", "landscapes"]),
        ("World History", ["ancient Rome", "the silk road", "the printing press", "steam engines"]),
        ("Programming", ["variables", "loops", "recursion", "sorting"]),
        ("Nutrition", ["proteins", "vitamins", "food labels", "meal plans"]),
        ("Economics", ["supply and demand", "inflation", "trade", "game theory"]),
        ("Astronomy", ["planets", "star light", "galaxies", "black holes"]),
        ("Writing", ["short stories", "dialogue", "essays", "editing"]),
    ];

    private readonly DateTime _start;
    private readonly int _days;
    private readonly string[] _topics;

    /// <summary>Designs a course.</summary>
    public CourseDesign(ClassOptions options, int number)
    {
        var chance = new Chance(options.Seed, 3, number);
        var hard = new Chance(options.Seed, 7, number);
        _start = options.Start;
        _days = options.CourseDays;
        Number = number;
        Id = $"{options.Prefix}course-{number + 1}";
        (var subject, _topics) = _subjects[number % _subjects.Length];
        Title = $"{subject} {1 + (number / _subjects.Length)}";
        Subject = subject;
        var units = Math.Clamp(_days / 7, 1, 30);
        var count = units * LessonsPerUnit;
        Lessons =
        [
            .. Enumerable.Range(0, count).Select(i => new LessonDesign(
                $"{Id}-lesson-{i + 1}",
                i % LessonsPerUnit == LessonsPerUnit - 1,
                Math.Round(chance.Between(180, 660)),
                (0.6 * chance.Normal()) + (0.8 * i / count),
                hard.Hits(HardPartShare) ? hard.Between(0.2, 0.7) : null,
                ReleaseDay: i / LessonsPerUnit * _days / units,
                DueDay: Math.Min(_days, ((i / LessonsPerUnit) + 1) * _days / units))),
        ];
    }

    public int Number { get; }

    public string Id { get; }

    public string Title { get; }

    /// <summary>What it is about.</summary>
    public string Subject { get; }

    public IReadOnlyList<LessonDesign> Lessons { get; }

    /// <summary>How many lessons must be complete: four in five.</summary>
    public int LessonsToComplete => (int)Math.Ceiling(CompletionShare * Lessons.Count);

    /// <summary>When a lesson is due.</summary>
    public DateTime DueAt(LessonDesign lesson) => _start.AddDays(lesson.DueDay).AddSeconds(-1);

    /// <summary>How many lessons are due by a day.</summary>
    public int DueBy(int day) => Lessons.Count(lesson => lesson.DueDay <= day);

    /// <summary>The definition to upsert.</summary>
    public Course ToCourse()
    {
        var course = new Course
        {
            CourseId = Id,
            Title = Title,
            Tags = { Subject },
            StartsAt = Timestamp.FromDateTime(_start),
            EndsAt = Timestamp.FromDateTime(_start.AddDays(_days)),
            TimeZone = "UTC",
            CompletionRule = new() { Share = CompletionShare },
        };
        course.Lessons.Add(Lessons.Select((lesson, i) => new Lesson
        {
            LessonId = lesson.Id,
            Title = $"{(lesson.IsQuiz ? "Quiz" : "Video")} {i + 1}: {_topics[i / LessonsPerUnit % _topics.Length]}",
            Kind = lesson.IsQuiz ? LessonKind.Quiz : LessonKind.Video,
            Length = Duration.FromTimeSpan(TimeSpan.FromSeconds(lesson.Seconds)),
            DueAt = Timestamp.FromDateTime(DueAt(lesson)),
            CompletionThreshold = WatchedToComplete,
        }));
        return course;
    }
}

/// <summary>One lesson.</summary>
/// <param name="Id">Its id; for a quiz the assessment's too.</param>
/// <param name="IsQuiz">A quiz, and otherwise a video.</param>
/// <param name="Seconds">How long the video is, or the quiz takes.</param>
/// <param name="Difficulty">Around 0; see <see cref="HazardModel"/>.</param>
/// <param name="HardPart">Where in the video, as a share of it, something is that many do not understand at once; null when there is nothing.</param>
/// <param name="ReleaseDay">From which day on it is there.</param>
/// <param name="DueDay">By the end of which day it is due.</param>
internal sealed record LessonDesign(string Id, bool IsQuiz, double Seconds, double Difficulty, double? HardPart, int ReleaseDay, int DueDay);
