using CourseCompletion.Domain.Comments.Contentment;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Comments;

/// <summary>What one learner's comments contribute to a course.</summary>
/// <param name="Counts">All of them.</param>
/// <param name="Aspects">By <see cref="CommentAspect"/>, each of them.</param>
/// <param name="Lessons">By lesson of the definition that it was made with; producers may invent others.</param>
/// <param name="Latest">The newest one.</param>
/// <param name="Reason">The newest reason for a withdrawal, of who has withdrawn.</param>
public sealed record RosterComments(CommentCounts Counts, CommentCounts[] Aspects, LessonCommentShare[] Lessons, LatestComment? Latest, LatestComment? Reason)
{
    /// <summary>How content the recent ones sound.</summary>
    public ContentmentShare Recent { get; init; }

    /// <summary>Those of an enrolment.</summary>
    /// <param name="comments">What was written.</param>
    /// <param name="status">Where the enrolment stands: a reason for withdrawing counts of who has withdrawn.</param>
    /// <param name="course">The definition.</param>
    internal static RosterComments From(EnrolmentComments comments, EnrolmentStatus status, CourseDefinition course)
    {
        var lessons = new List<LessonCommentShare>(comments.Lessons.Count);
        foreach (var lesson in comments.Lessons)
        {
            if (lesson.ShareIn(course) is { } share)
            {
                lessons.Add(share);
            }
        }

        return new(comments.Counts, comments.Aspects.ToArray(), [.. lessons], comments.Latest, status == EnrolmentStatus.Withdrawn ? comments.Reason : null)
        {
            Recent = comments.Recent.Share(),
        };
    }

    internal void Write(PayloadWriter to)
    {
        Counts.Write(to);
        foreach (var aspect in Aspects)
        {
            aspect.Write(to);
        }

        to.UInt((uint)Lessons.Length);
        foreach (var lesson in Lessons)
        {
            to.Text(lesson.Lesson);
            lesson.Counts.Write(to);
            to.Fixed128(lesson.ConfusedAt);
        }

        WriteComment(to, Latest);
        WriteComment(to, Reason);
    }

    internal static RosterComments Read(ref PayloadReader from)
    {
        var counts = CommentCounts.Read(ref from);
        var aspects = new CommentCounts[CommentAspectSet.AspectCount];
        foreach (ref var aspect in aspects.AsSpan())
        {
            aspect = CommentCounts.Read(ref from);
        }

        var lessons = new LessonCommentShare[from.Count()];
        foreach (ref var lesson in lessons.AsSpan())
        {
            lesson = new(from.Text(), CommentCounts.Read(ref from), from.Fixed128());
        }

        return new(counts, aspects, lessons, from.Bool() ? LatestComment.Read(ref from) : null, from.Bool() ? LatestComment.Read(ref from) : null);
    }

    /// <summary>Writes what <see cref="Write"/> does not.</summary>
    internal void WriteContentment(PayloadWriter to)
    {
        Recent.Write(to);
        foreach (var lesson in Lessons)
        {
            lesson.Recent.Write(to);
            to.UInt((uint)lesson.Placed.Length);
            foreach (var share in lesson.Placed)
            {
                share.Write(to);
            }
        }
    }

    /// <summary>The same comments with what <see cref="WriteContentment"/> wrote of them.</summary>
    internal RosterComments ReadContentment(ref PayloadReader from)
    {
        var recent = ContentmentShare.Read(ref from);
        var lessons = new LessonCommentShare[Lessons.Length];
        for (var i = 0; i < lessons.Length; i++)
        {
            var lessonRecent = ContentmentShare.Read(ref from);
            var placed = new PlacedShare[from.Count()];
            foreach (ref var share in placed.AsSpan())
            {
                share = PlacedShare.Read(ref from);
            }

            lessons[i] = Lessons[i] with { Recent = lessonRecent, Placed = placed };
        }

        return this with { Recent = recent, Lessons = lessons };
    }

    private static void WriteComment(PayloadWriter to, LatestComment? comment)
    {
        to.Bool(comment is not null);
        comment?.Write(to);
    }
}

/// <summary>What one learner's comments contribute to one lesson.</summary>
/// <param name="Lesson">The lesson.</param>
/// <param name="Counts">The comments.</param>
/// <param name="ConfusedAt">At which hundredths of its video something was not understood: bit k for [k/100, (k+1)/100).</param>
public sealed record LessonCommentShare(string Lesson, CommentCounts Counts, UInt128 ConfusedAt)
{
    /// <summary>How content the recent ones sound.</summary>
    public ContentmentShare Recent { get; init; }

    /// <summary>How content those with a position in its video sound, by hundredth of the video.</summary>
    public PlacedShare[] Placed { get; init; } = [];

    /// <summary>Whether both contribute the same.</summary>
    public bool Equals(LessonCommentShare? other) => ReferenceEquals(this, other)
        || (other is not null && Lesson == other.Lesson && Counts == other.Counts && ConfusedAt == other.ConfusedAt && Recent == other.Recent && Placed.AsSpan().SequenceEqual(other.Placed));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Lesson, Counts, ConfusedAt, Recent, Placed.Length);
}
