using System.Runtime.CompilerServices;
using System.Text;
using CourseCompletion.Domain.Comments.Contentment;
using CourseCompletion.Domain.Comments.Opinions;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Insights;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Comments;

/// <summary>What one learner wrote in one course: comments, and the texts of ratings, questions and answers.</summary>
/// <remarks>Features, not facts (decision 0036): bounded. What they take counts towards the learner's state.</remarks>
public sealed class EnrolmentComments
{
    /// <summary>Of how many lessons it is told apart; what is written at further ones counts for the course only.</summary>
    public const int LessonsMax = 64;

    // Counts up to 2 million, two comments that are not there, and which enrolment it is, twice.
    private const int EmptyBytes = 168;

    private AspectCounts _aspects;
    private DecayedContentment _recent;

    // What the roster has of them, until a comment comes, for one definition and status: most events are no comments.
    private RosterComments? _row;
    private CourseDefinition? _rowCourse;
    private EnrolmentStatus _rowStatus;
    private CompactList<LessonComments> _lessons;
    private int _lessonBytes;

    /// <summary>What was written.</summary>
    public CommentCounts Counts { get; private set; }

    /// <summary>The same by <see cref="CommentAspect"/>; a comment may be about several.</summary>
    public ReadOnlySpan<CommentCounts> Aspects => _aspects;

    /// <summary>By lesson, in the order in which they were first written at.</summary>
    public ref CompactList<LessonComments> Lessons => ref _lessons;

    /// <summary>The newest one; null while all are likely advertisement or abuse.</summary>
    public LatestComment? Latest { get; private set; }

    /// <summary>The newest reason that was given for a withdrawal.</summary>
    public LatestComment? Reason { get; private set; }

    /// <summary>The contentment of recent comments.</summary>
    public ref readonly DecayedContentment Recent => ref _recent;

    /// <summary>What they contribute to the course.</summary>
    /// <param name="status">Where the enrolment stands.</param>
    /// <param name="course">The definition.</param>
    public RosterComments RowOf(EnrolmentStatus status, CourseDefinition course)
    {
        if (_row is null || _rowStatus != status || !ReferenceEquals(_rowCourse, course))
        {
            (_row, _rowCourse, _rowStatus) = (RosterComments.From(this, status, course), course, status);
        }

        return _row;
    }

    /// <summary>About how many bytes they take in a snapshot, at most.</summary>
    public int Bytes => EmptyBytes + BytesOf(Latest) + BytesOf(Reason) + _lessonBytes;

    /// <summary>By how many bytes a comment may grow the snapshot at most.</summary>
    internal static int BytesAddedMax(EnrolmentComments? comments, LearnerEvent e) =>
        (comments is null ? EmptyBytes : 0)
        + LatestComment.BytesMax
        + (e.Lesson is null ? 0 : LessonComments.EmptyBytes + Encoding.UTF8.GetByteCount(e.Lesson) + PositionSample.PositionBytes + PlacedContentment.TextBytes);

    /// <summary>Takes in a comment.</summary>
    /// <param name="e">The event, with its note.</param>
    /// <param name="order">Its order.</param>
    internal void Fold(LearnerEvent e, EventOrder order)
    {
        var note = e.Note!.Value;
        _row = null;
        if (e.Kind == EventKind.Withdrew && !note.IsSpam)
        {
            Reason = Reason is null || order > Reason.Order ? Of(e, order, note) : Reason;
            return;
        }

        Counts = Counts.With(note);
        if (note.IsSpam)
        {
            return;
        }

        for (var aspect = 0; aspect < CommentAspectSet.AspectCount; aspect++)
        {
            if (note.Aspects.Contains((CommentAspect)aspect))
            {
                _aspects[aspect] = _aspects[aspect].With(note);
            }
        }

        _recent.Add(note.PositivePercent, e.OccurredAtMs);
        Latest = Latest is null || order > Latest.Order ? Of(e, order, note) : Latest;
        if (e.Lesson is { } lesson && FindOrAddLesson(lesson) is { } comments)
        {
            _lessonBytes -= comments.Bytes;
            comments.Fold(note, order, e.PositionMs);
            _lessonBytes += comments.Bytes;
        }
    }

    /// <summary>Takes in a second opinion on a comment that was taken in before, wherever that was counted.</summary>
    internal void Fold(in CommentOpinion opinion)
    {
        var change = opinion.PositivePercent - opinion.Noted.PositivePercent;
        _row = null;
        Counts = Counts.Plus(change);
        for (var aspect = 0; aspect < CommentAspectSet.AspectCount; aspect++)
        {
            if (opinion.Noted.Aspects.Contains((CommentAspect)aspect))
            {
                _aspects[aspect] = _aspects[aspect].Plus(change);
            }
        }

        _recent.Revise(change, opinion.Order.OccurredAtMs);
        Latest = Latest?.Order == opinion.Order ? Latest with { Note = opinion.Revised } : Latest;
        if (opinion.Lesson is { } lesson && FindLesson(lesson) is { } comments)
        {
            comments.Fold(opinion, change);
        }
    }

    internal void Write(PayloadWriter to)
    {
        Counts.Write(to);
        foreach (ref readonly var aspect in Aspects)
        {
            aspect.Write(to);
        }

        to.UInt((uint)_lessons.Count);
        foreach (var lesson in _lessons)
        {
            lesson.Write(to);
        }

        _recent.Write(to);
        WriteComment(to, Latest);
        WriteComment(to, Reason);
    }

    internal static EnrolmentComments Read(ref PayloadReader from)
    {
        var comments = new EnrolmentComments { Counts = CommentCounts.Read(ref from) };
        for (var aspect = 0; aspect < CommentAspectSet.AspectCount; aspect++)
        {
            comments._aspects[aspect] = CommentCounts.Read(ref from);
        }

        for (var left = from.Count(); left > 0; left--)
        {
            var lesson = LessonComments.Read(ref from);
            comments._lessons.Add(lesson);
            comments._lessonBytes += lesson.Bytes;
        }

        comments._recent = DecayedContentment.Read(ref from);
        comments.Latest = ReadComment(ref from);
        comments.Reason = ReadComment(ref from);
        return comments;
    }

    /// <summary>Writes what the lessons have besides what <see cref="Write"/> writes of them.</summary>
    internal void WriteContentment(PayloadWriter to)
    {
        foreach (var lesson in _lessons)
        {
            lesson.WriteContentment(to);
        }
    }

    /// <summary>Reads what <see cref="WriteContentment"/> wrote of the same lessons.</summary>
    internal void ReadContentment(ref PayloadReader from)
    {
        foreach (var lesson in _lessons)
        {
            _lessonBytes -= lesson.Bytes;
            lesson.ReadContentment(ref from);
            _lessonBytes += lesson.Bytes;
        }
    }

    private static LatestComment Of(LearnerEvent e, EventOrder order, CommentNote note) =>
        new(order, LatestComment.ExcerptOf(e.Text!), e.Lesson ?? "", e.PositionMs, note);

    private static int BytesOf(LatestComment? comment) =>
        comment is null ? 1 : 48 + Encoding.UTF8.GetByteCount(comment.Excerpt) + Encoding.UTF8.GetByteCount(comment.Lesson);

    private static void WriteComment(PayloadWriter to, LatestComment? comment)
    {
        to.Bool(comment is not null);
        comment?.Write(to);
    }

    private static LatestComment? ReadComment(ref PayloadReader from) => from.Bool() ? LatestComment.Read(ref from) : null;

    private LessonComments? FindLesson(string id)
    {
        foreach (var lesson in _lessons)
        {
            if (lesson.Lesson == id)
            {
                return lesson;
            }
        }

        return null;
    }

    private LessonComments? FindOrAddLesson(string id)
    {
        if (FindLesson(id) is { } found)
        {
            return found;
        }

        if (_lessons.Count == LessonsMax)
        {
            return null;
        }

        var added = new LessonComments(id);
        _lessons.Add(added);
        _lessonBytes += added.Bytes;
        return added;
    }

    [InlineArray(CommentAspectSet.AspectCount)]
    private struct AspectCounts
    {
        private CommentCounts _first;
    }
}
