using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Comments.Tones;
using CourseCompletion.Domain.Completion.Index;
using CourseCompletion.Domain.Insights;
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

    /// <summary>By lesson of the course's definition.</summary>
    public Dictionary<string, LessonSums> Lessons { get; } = new(StringComparer.Ordinal);

    /// <summary>By lesson that the definition does not have, as far as there is room.</summary>
    public OutsideLessons Outside { get; } = new();

    /// <summary>What the learners wrote.</summary>
    public CommentSums Comments { get; private set; } = new();

    /// <summary>What the learners rated.</summary>
    public RatingSums Ratings { get; private set; } = new();

    /// <summary>What they rated and whether they left, by how content they sound.</summary>
    public ToneSums Tones { get; } = new();

    /// <summary>What depends on time.</summary>
    public TimedSums Timed { get; set; } = TimedSums.None;

    /// <summary>What the last weeks say for the completion index, of one shard: <see cref="Merge"/> leaves it out, because only one reader needs it and it is large.</summary>
    public WindowSums Window { get; set; } = WindowSums.None;

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
        AddFacts(row, times);
        Comments.Replace(times < 0 ? row.Comments : null, times < 0 ? null : row.Comments);
        Tones.Replace(times < 0 ? row : null, times < 0 ? null : row);
        foreach (var lesson in row.Lessons)
        {
            Add(lesson, times);
        }
    }

    /// <summary>Replaces a row by a newer one of the same learner.</summary>
    public void Replace(RosterRow old, RosterRow row)
    {
        AddFacts(old, -1);
        AddFacts(row, 1);
        Comments.Replace(old.Comments, row.Comments);
        Tones.Replace(old, row);
        for (var i = 0; i < Math.Max(old.Lessons.Length, row.Lessons.Length); i++)
        {
            // A learner's lessons keep their places, and one that was not touched since is the same: a row costs what changed, not what there is.
            var (before, after) = (i < old.Lessons.Length ? old.Lessons[i] : null, i < row.Lessons.Length ? row.Lessons[i] : null);
            if (before != after)
            {
                Add(before, -1);
                Add(after, 1);
            }
        }
    }

    /// <summary>Adds another shard's sums.</summary>
    public void Merge(RosterSums other)
    {
        Enrolled += other.Enrolled;
        Completed += other.Completed;
        Withdrawn += other.Withdrawn;
        Counts = Counts.Plus(other.Counts, 1);
        Timed = Timed.Merge(other.Timed);
        Comments.Merge(other.Comments);
        Ratings.Merge(other.Ratings);
        Tones.Merge(other.Tones);
        foreach (var (id, lesson) in other.Lessons)
        {
            LessonSums.In(Lessons, id).Merge(lesson);
        }

        Outside.Merge(other.Outside);
    }

    internal void RestoreComments(CommentSums comments) => Comments = comments;

    internal void RestoreRatings(RatingSums ratings) => Ratings = ratings;

    /// <summary>What readers see: the lessons outside of the definition stand among the others.</summary>
    public RosterSums WithOutside()
    {
        var whole = CopyOf(this);
        foreach (var (id, lesson) in Outside.ById)
        {
            LessonSums.In(whole.Lessons, id).Merge(lesson);
        }

        whole.Outside.Clear();
        return whole;
    }

    private void AddFacts(RosterRow row, int times)
    {
        Enrolled += row.Status == EnrolmentStatus.Prospect ? 0 : times;
        Completed += row.Status == EnrolmentStatus.Completed ? times : 0;
        Withdrawn += row.Status == EnrolmentStatus.Withdrawn ? times : 0;
        Counts = Counts.Plus(row.Counts, times);
        if (row.Ratings is { } ratings)
        {
            Ratings.Add(ratings, times);
        }
    }

    private void Add(LessonContribution? lesson, int times)
    {
        if (lesson is not { Started: true })
        {
            return;
        }

        if (!lesson.Defined)
        {
            Outside.Add(lesson, times);
            return;
        }

        var sums = LessonSums.In(Lessons, lesson.Lesson);
        sums.Add(lesson, times);
        if (sums.Started == 0)
        {
            Lessons.Remove(lesson.Lesson);
        }
    }
}

/// <summary>What the rows add up to for one lesson.</summary>
public sealed class LessonSums
{
    /// <summary>How many positions a retention curve has.</summary>
    public const int PositionCount = 100;

    /// <summary>Learners who watched some of the lesson or completed it.</summary>
    public long Started { get; set; }

    /// <summary>Learners who completed it.</summary>
    public long Completed { get; set; }

    /// <summary>Learners who watched each hundredth of its video.</summary>
    public long[] Reached { get; } = new long[PositionCount];

    /// <summary>Where its video is hard to follow; null while nobody's marks are counted.</summary>
    public LessonMarkSums? Marks { get; set; }

    internal static LessonSums In(Dictionary<string, LessonSums> lessons, string id)
    {
        if (!lessons.TryGetValue(id, out var sums))
        {
            lessons.Add(id, sums = new());
        }

        return sums;
    }

    internal void Add(LessonContribution lesson, int times)
    {
        Started += times;
        Completed += lesson.Completed ? times : 0;
        for (var rest = lesson.Reached; rest != 0; rest &= rest - 1)
        {
            Reached[(int)UInt128.TrailingZeroCount(rest)] += times;
        }

        if (lesson.Marks is { } marks)
        {
            Marks ??= new();
            Marks.Add(marks, times);
            Marks = Marks.Learners == 0 ? null : Marks;
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

        if (other.Marks is { } marks)
        {
            Marks ??= new();
            Marks.Merge(marks);
        }
    }
}
