using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Courses;

/// <summary>What the rows of a roster add up to.</summary>
/// <remarks>
/// Facts are kept up row by row and are exact. What depends on time (<see cref="Timed"/>) is evaluated over all rows for one instant.
/// </remarks>
public sealed class RosterSums
{
    /// <summary>Learners enrolled: everyone but mere contacts, those who withdrew or completed included.</summary>
    public long Enrolled { get; set; }

    /// <summary>Learners who completed.</summary>
    public long Completed { get; set; }

    /// <summary>Learners who withdrew.</summary>
    public long Withdrawn { get; set; }

    /// <summary>The learners' facts.</summary>
    public RosterCounts Counts { get; set; }

    /// <summary>By lesson.</summary>
    public Dictionary<string, LessonSums> Lessons { get; } = new(StringComparer.Ordinal);

    /// <summary>What depends on time.</summary>
    public TimedSums Timed { get; set; } = TimedSums.None;

    /// <summary>A copy that further changes of the original do not touch.</summary>
    public static RosterSums CopyOf(RosterSums original)
    {
        var copy = new RosterSums();
        copy.Merge(original);
        return copy;
    }

    /// <summary>Adds a row (<paramref name="times"/> 1) or takes one away (-1).</summary>
    public void Add(RosterRow row, int times)
    {
        Enrolled += row.Status == EnrolmentStatus.Prospect ? 0 : times;
        Completed += row.Status == EnrolmentStatus.Completed ? times : 0;
        Withdrawn += row.Status == EnrolmentStatus.Withdrawn ? times : 0;
        Counts = Counts.Plus(row.Counts, times);
        foreach (var lesson in row.Lessons)
        {
            LessonFor(lesson.Lesson).Add(lesson, times);
        }
    }

    /// <summary>Replaces a row by a newer one of the same learner.</summary>
    public void Replace(RosterRow old, RosterRow row)
    {
        if (ReferenceEquals(old.Lessons, row.Lessons))
        {
            Add(old with { Lessons = [] }, -1);
            Add(row with { Lessons = [] }, 1);
            return;
        }

        Add(old, -1);
        Add(row, 1);
    }

    /// <summary>Adds another shard's sums.</summary>
    public void Merge(RosterSums other)
    {
        Enrolled += other.Enrolled;
        Completed += other.Completed;
        Withdrawn += other.Withdrawn;
        Counts = Counts.Plus(other.Counts, 1);
        Timed = Timed.Merge(other.Timed);
        foreach (var (id, lesson) in other.Lessons)
        {
            LessonFor(id).Merge(lesson);
        }
    }

    private LessonSums LessonFor(string id)
    {
        if (!Lessons.TryGetValue(id, out var sums))
        {
            Lessons.Add(id, sums = new());
        }

        return sums;
    }
}

/// <summary>What the rows add up to for one lesson.</summary>
public sealed class LessonSums
{
    /// <summary>How many positions a retention curve has.</summary>
    public const int PositionCount = 100;

    /// <summary>Learners who touched the lesson.</summary>
    public long Started { get; set; }

    /// <summary>Learners who completed it.</summary>
    public long Completed { get; set; }

    /// <summary>Learners who watched each hundredth of its video.</summary>
    public long[] Reached { get; } = new long[PositionCount];

    internal void Add(LessonContribution lesson, int times)
    {
        Started += times;
        Completed += lesson.Completed ? times : 0;
        for (var rest = lesson.Reached; rest != 0; rest &= rest - 1)
        {
            Reached[(int)UInt128.TrailingZeroCount(rest)] += times;
        }
    }

    internal void Merge(LessonSums other)
    {
        Started += other.Started;
        Completed += other.Completed;
        for (var i = 0; i < PositionCount; i++)
        {
            Reached[i] += other.Reached[i];
        }
    }
}
