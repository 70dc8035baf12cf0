using CourseCompletion.Domain.Comments.Contentment;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Comments;

/// <summary>What the comments in a course add up to. Exact, as all sums over a roster.</summary>
public sealed class CommentSums
{
    /// <summary>All of them.</summary>
    public CommentCounts Counts { get; private set; }

    /// <summary>By <see cref="CommentAspect"/>.</summary>
    public CommentCounts[] Aspects { get; } = new CommentCounts[CommentAspectSet.AspectCount];

    /// <summary>By lesson.</summary>
    public Dictionary<string, LessonCommentSums> Lessons { get; } = new(StringComparer.Ordinal);

    /// <summary>How content the recent ones sound.</summary>
    public ContentmentSums Recent { get; } = new();

    /// <summary>Learners who gave a reason when they withdrew.</summary>
    public long Reasons { get; private set; }

    /// <summary>How many of those reasons were about each <see cref="CommentAspect"/>.</summary>
    public long[] ReasonAspects { get; } = new long[CommentAspectSet.AspectCount];

    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => Counts == default && Reasons == 0 && Lessons.Count == 0;

    /// <summary>Replaces what one learner's comments contribute. It costs what changed, not what there is.</summary>
    internal void Replace(RosterComments? old, RosterComments? comments)
    {
        if (ReferenceEquals(old, comments))
        {
            return;
        }

        AddCourse(old, -1);
        AddCourse(comments, 1);
        var (before, after) = (old?.Lessons ?? [], comments?.Lessons ?? []);
        for (var i = 0; i < Math.Max(before.Length, after.Length); i++)
        {
            // Lessons keep their places.
            var (was, becomes) = (i < before.Length ? before[i] : null, i < after.Length ? after[i] : null);
            if (was != becomes)
            {
                AddLesson(was, -1);
                AddLesson(becomes, 1);
            }
        }
    }

    internal void Merge(CommentSums other)
    {
        Counts = Counts.Plus(other.Counts, 1);
        Recent.Merge(other.Recent);
        Reasons += other.Reasons;
        for (var aspect = 0; aspect < Aspects.Length; aspect++)
        {
            Aspects[aspect] = Aspects[aspect].Plus(other.Aspects[aspect], 1);
            ReasonAspects[aspect] += other.ReasonAspects[aspect];
        }

        foreach (var (id, lesson) in other.Lessons)
        {
            In(id).Merge(lesson);
        }
    }

    internal void Write(PayloadWriter to)
    {
        Counts.Write(to);
        to.Int(Reasons);
        for (var aspect = 0; aspect < Aspects.Length; aspect++)
        {
            Aspects[aspect].Write(to);
            to.Int(ReasonAspects[aspect]);
        }

        to.UInt((uint)Lessons.Count);
        foreach (var (id, lesson) in Lessons)
        {
            to.Text(id);
            lesson.Write(to);
        }
    }

    internal static CommentSums Read(ref PayloadReader from)
    {
        var sums = new CommentSums { Counts = CommentCounts.Read(ref from), Reasons = from.Int() };
        for (var aspect = 0; aspect < sums.Aspects.Length; aspect++)
        {
            sums.Aspects[aspect] = CommentCounts.Read(ref from);
            sums.ReasonAspects[aspect] = from.Int();
        }

        for (var left = from.Count(); left > 0; left--)
        {
            sums.Lessons.Add(from.Text(), LessonCommentSums.Read(ref from));
        }

        return sums;
    }

    /// <summary>Writes what <see cref="Write"/> does not.</summary>
    internal void WriteContentment(PayloadWriter to)
    {
        Recent.Write(to);
        foreach (var (id, lesson) in Lessons)
        {
            to.Text(id);
            lesson.WriteContentment(to);
        }
    }

    /// <summary>Reads what <see cref="WriteContentment"/> wrote of the same lessons.</summary>
    internal void ReadContentment(ref PayloadReader from)
    {
        Recent.Read(ref from);
        for (var left = Lessons.Count; left > 0; left--)
        {
            Lessons[from.Text()].ReadContentment(ref from);
        }
    }

    private void AddCourse(RosterComments? comments, int times)
    {
        if (comments is null)
        {
            return;
        }

        Counts = Counts.Plus(comments.Counts, times);
        Recent.Add(comments.Recent, times);
        for (var aspect = 0; aspect < Aspects.Length; aspect++)
        {
            Aspects[aspect] = Aspects[aspect].Plus(comments.Aspects[aspect], times);
        }

        if (comments.Reason is { } reason)
        {
            Reasons += times;
            for (var aspect = 0; aspect < ReasonAspects.Length; aspect++)
            {
                ReasonAspects[aspect] += reason.Note.Aspects.Contains((CommentAspect)aspect) ? times : 0;
            }
        }
    }

    private void AddLesson(LessonCommentShare? lesson, int times)
    {
        if (lesson is null)
        {
            return;
        }

        var sums = In(lesson.Lesson);
        sums.Add(lesson, times);
        if (sums.Learners == 0)
        {
            Lessons.Remove(lesson.Lesson);
        }
    }

    private LessonCommentSums In(string id)
    {
        if (!Lessons.TryGetValue(id, out var sums))
        {
            Lessons.Add(id, sums = new());
        }

        return sums;
    }
}

/// <summary>What the comments at one lesson add up to.</summary>
public sealed class LessonCommentSums
{
    /// <summary>Learners who wrote there.</summary>
    public long Learners { get; private set; }

    /// <summary>What they wrote.</summary>
    public CommentCounts Counts { get; private set; }

    /// <summary>Learners who did not understand something in each hundredth of its video.</summary>
    public int[] ConfusedAt { get; } = new int[LessonSums.PositionCount];

    /// <summary>Texts in each hundredth of its video.</summary>
    public int[] TextsAt { get; } = new int[LessonSums.PositionCount];

    /// <summary>The sum of how likely their authors are content, in percents, in each hundredth of its video.</summary>
    public int[] PositivePercentAt { get; } = new int[LessonSums.PositionCount];

    /// <summary>How content the recent ones sound.</summary>
    public ContentmentSums Recent { get; } = new();

    internal void Add(LessonCommentShare lesson, int times)
    {
        Learners += times;
        Counts = Counts.Plus(lesson.Counts, times);
        Recent.Add(lesson.Recent, times);
        foreach (var share in lesson.Placed)
        {
            TextsAt[share.Hundredth] += times * share.Texts;
            PositivePercentAt[share.Hundredth] += times * share.PositivePercent;
        }

        for (var rest = lesson.ConfusedAt; rest != 0; rest &= rest - 1)
        {
            ConfusedAt[(int)UInt128.TrailingZeroCount(rest)] += times;
        }
    }

    internal void Merge(LessonCommentSums other)
    {
        Learners += other.Learners;
        Counts = Counts.Plus(other.Counts, 1);
        Recent.Merge(other.Recent);
        for (var i = 0; i < ConfusedAt.Length; i++)
        {
            ConfusedAt[i] += other.ConfusedAt[i];
            TextsAt[i] += other.TextsAt[i];
            PositivePercentAt[i] += other.PositivePercentAt[i];
        }
    }

    internal void Write(PayloadWriter to)
    {
        to.Int(Learners);
        Counts.Write(to);
        foreach (var count in ConfusedAt)
        {
            to.Int(count);
        }
    }

    internal static LessonCommentSums Read(ref PayloadReader from)
    {
        var sums = new LessonCommentSums { Learners = from.Int(), Counts = CommentCounts.Read(ref from) };
        foreach (ref var count in sums.ConfusedAt.AsSpan())
        {
            count = (int)from.Int();
        }

        return sums;
    }

    internal void WriteContentment(PayloadWriter to)
    {
        Recent.Write(to);
        for (var i = 0; i < TextsAt.Length; i++)
        {
            to.Int(TextsAt[i]);
            to.Int(PositivePercentAt[i]);
        }
    }

    internal void ReadContentment(ref PayloadReader from)
    {
        Recent.Read(ref from);
        for (var i = 0; i < TextsAt.Length; i++)
        {
            TextsAt[i] = (int)from.Int();
            PositivePercentAt[i] = (int)from.Int();
        }
    }
}
