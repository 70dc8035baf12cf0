using CourseCompletion.Domain.Insights;
using CourseCompletion.Domain.Interests;

namespace CourseCompletion.Domain.Courses;

/// <summary>What a course is, at one version. Versions are immutable; a change makes the next one.</summary>
public sealed record CourseDefinition
{
    /// <summary>How many lessons a course may have.</summary>
    public const int LessonsMax = 512;

    private Memo _memo = new();
    private readonly IReadOnlyList<LessonDefinition> _lessons = [];
    private readonly IReadOnlyList<string> _tags = [];
    private readonly string _title = "";

    /// <summary>The course.</summary>
    public required CourseId Course { get; init; }

    /// <summary>The version, from 1.</summary>
    public required long Version { get; init; }

    /// <summary>The title; may be empty.</summary>
    public string Title
    {
        get => _title;
        init => (_title, _memo) = (value, new());
    }

    /// <summary>Free labels.</summary>
    public IReadOnlyList<string> Tags
    {
        get => _tags;
        init => (_tags, _memo) = (value, new());
    }

    /// <summary>Courses that have to be completed before this one is recommended.</summary>
    public IReadOnlyList<string> Prerequisites { get; init; } = [];

    /// <summary>Whether it is to be promoted: recommended rather, within bounds.</summary>
    public bool IsPromoted { get; init; }

    /// <summary>The lessons in order.</summary>
    public IReadOnlyList<LessonDefinition> Lessons
    {
        get => _lessons;
        init => (_lessons, _memo) = (value, new());
    }

    /// <summary>When the course counts as completed.</summary>
    public CompletionRule Rule { get; init; } = CompletionRule.AllRequired;

    /// <summary>When the course starts, or null for a self-paced one.</summary>
    public long? StartsAtMs { get; init; }

    /// <summary>When the course ends, or null for a self-paced one.</summary>
    public long? EndsAtMs { get; init; }

    /// <summary>The IANA zone in which the course's days begin.</summary>
    public string TimeZone { get; init; } = "Etc/UTC";

    /// <summary>Whether the engine made it for events of a course nobody had defined.</summary>
    public bool IsDraft { get; init; }

    /// <summary>When the course was first defined.</summary>
    public long CreatedAtMs { get; init; }

    /// <summary>When this version was made.</summary>
    public long UpdatedAtMs { get; init; }

    /// <summary>A course of which only the id is known.</summary>
    public static CourseDefinition Draft(CourseId course, long nowMs) =>
        new() { Course = course, Version = 1, IsDraft = true, CreatedAtMs = nowMs, UpdatedAtMs = nowMs };

    /// <summary>How many lessons completion asks for.</summary>
    public int RequiredLessons => Indexed.RequiredLessons;

    /// <summary>Their weight in thousandths.</summary>
    public long RequiredWeightMilli => Indexed.RequiredWeightMilli;

    /// <summary>The length of all videos.</summary>
    public long LengthMs => Indexed.LengthMs;

    /// <summary>How many lessons are due at some time.</summary>
    public int DueLessons => Indexed.DueTimes.Length;

    /// <summary>What the course and its lessons are about.</summary>
    public CourseTopics Topics => _memo.Topics ??= CourseTopics.Of(this);

    private LessonIndex Indexed => _memo.Index ??= new(Lessons);

    /// <summary>Whether both say the same, version and times aside.</summary>
    public bool HasContentOf(CourseDefinition other) =>
        Course == other.Course && Title == other.Title && Rule == other.Rule && StartsAtMs == other.StartsAtMs && EndsAtMs == other.EndsAtMs
        && TimeZone == other.TimeZone && IsDraft == other.IsDraft && Tags.SequenceEqual(other.Tags)
        && IsPromoted == other.IsPromoted && Prerequisites.SequenceEqual(other.Prerequisites) && Lessons.SequenceEqual(other.Lessons);

    /// <summary>The lesson's definition, or null when the course has no such lesson.</summary>
    public LessonDefinition? FindLesson(string id) => FindLesson(id, out _);

    /// <summary>The lesson's definition and place, or null and -1 when the course has no such lesson.</summary>
    public LessonDefinition? FindLesson(string id, out int index)
    {
        if (Indexed.ById.TryGetValue(id, out index))
        {
            return Lessons[index];
        }

        index = -1;
        return null;
    }

    /// <summary>How many lessons are due at an instant or before.</summary>
    public int DueBy(long asOfMs)
    {
        var at = Array.BinarySearch(Indexed.DueTimes, asOfMs);
        if (at < 0)
        {
            return ~at;
        }

        while (at < Indexed.DueTimes.Length && Indexed.DueTimes[at] == asOfMs)
        {
            at++;
        }

        return at;
    }

    /// <summary>The place of a lesson, given by its index, in the order in which lessons fall due; -1 when it never does.</summary>
    public int DuePlaceOf(int index) => Indexed.DuePlaces[index];

    // Compared and copied with the record, yet derived from title, tags and lessons alone: any two are equal, filled or not, and a copy with others starts anew.
    private sealed class Memo : IEquatable<Memo>
    {
        public LessonIndex? Index { get; set; }

        public CourseTopics? Topics { get; set; }

        public bool Equals(Memo? other) => true;

        public override bool Equals(object? obj) => obj is Memo;

        public override int GetHashCode() => 0;
    }

    private sealed class LessonIndex
    {
        public LessonIndex(IReadOnlyList<LessonDefinition> lessons)
        {
            ById = new(lessons.Count, StringComparer.Ordinal);
            for (var i = 0; i < lessons.Count; i++)
            {
                var lesson = lessons[i];
                ById[lesson.Id] = i;
                LengthMs += lesson.LengthMs;
                RequiredLessons += lesson.Required ? 1 : 0;
                RequiredWeightMilli += lesson.Required ? lesson.WeightMilli : 0;
            }

            var due = Enumerable.Range(0, lessons.Count).Where(i => lessons[i].DueAtMs is not null).OrderBy(i => lessons[i].DueAtMs).ToArray();
            DueTimes = [.. due.Select(i => lessons[i].DueAtMs!.Value)];
            DuePlaces = new int[lessons.Count];
            Array.Fill(DuePlaces, -1);
            for (var place = 0; place < due.Length; place++)
            {
                DuePlaces[due[place]] = place;
            }
        }

        public Dictionary<string, int> ById { get; }

        public long[] DueTimes { get; }

        public int[] DuePlaces { get; }

        public int RequiredLessons { get; }

        public long RequiredWeightMilli { get; }

        public long LengthMs { get; }
    }
}

/// <summary>One lesson of a course.</summary>
public sealed record LessonDefinition
{
    /// <summary>The lesson's id, unique in its course.</summary>
    public required string Id { get; init; }

    /// <summary>The title; may be empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>What it is.</summary>
    public LessonKind Kind { get; init; } = LessonKind.Video;

    /// <summary>The video's length, or 0 when unknown.</summary>
    public long LengthMs { get; init; }

    /// <summary>Whether the course's completion asks for it.</summary>
    public bool Required { get; init; } = true;

    /// <summary>Its share in the progress relative to the other required lessons. Above 0.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The weight in whole thousandths, at least 1: sums of integers do not depend on their order.</summary>
    public long WeightMilli => Math.Max(1, (long)Math.Round(Weight * 1000));

    /// <summary>When it is due, or null.</summary>
    public long? DueAtMs { get; init; }

    /// <summary>The watched share at which its video is complete, above 0 and at most 1. Default 0.95.</summary>
    public double CompletionThreshold { get; init; } = 0.95;

    /// <summary>Where scenes change in its video.</summary>
    public SceneChanges SceneChanges { get; init; } = SceneChanges.None;
}

/// <summary>What a lesson is. The numbers are stored and never reused.</summary>
public enum LessonKind : byte
{
    /// <summary>A video.</summary>
    Video = 0,

    /// <summary>Something to read.</summary>
    Reading = 1,

    /// <summary>A quiz.</summary>
    Quiz = 2,

    /// <summary>Work to hand in.</summary>
    Assignment = 3,

    /// <summary>A live session.</summary>
    Live = 4,

    /// <summary>Anything else.</summary>
    Other = 5,
}

/// <summary>When a course counts as completed.</summary>
/// <param name="Kind">Which rule.</param>
/// <param name="Share">For <see cref="CompletionRuleKind.Share"/>: the progress, above 0 and at most 1. For an assessment: the lowest score share, 0 to 1.</param>
/// <param name="Assessment">For <see cref="CompletionRuleKind.Assessment"/>: its object id.</param>
public sealed record CompletionRule(CompletionRuleKind Kind, double Share, string? Assessment)
{
    /// <summary>Every required lesson is completed.</summary>
    public static CompletionRule AllRequired { get; } = new(CompletionRuleKind.AllRequired, 1, null);
}

/// <summary>The rules by which a course is completed. The numbers are stored and never reused.</summary>
public enum CompletionRuleKind : byte
{
    /// <summary>Every required lesson.</summary>
    AllRequired = 0,

    /// <summary>A share of the progress.</summary>
    Share = 1,

    /// <summary>A score in one assessment.</summary>
    Assessment = 2,
}
