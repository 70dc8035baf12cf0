using System.Text;
using CourseCompletion.Domain.Comments.Contentment;
using CourseCompletion.Domain.Comments.Opinions;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Insights;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Comments;

/// <summary>What one learner wrote at one lesson.</summary>
public sealed class LessonComments(string lesson)
{
    // Counts up to 2 million.
    internal const int EmptyBytes = 28 + DecayedContentment.BytesMax;

    private PositionSample _confusedAt;
    private DecayedContentment _recent;
    private PlacedContentment _placed;

    private readonly int _emptyBytes = EmptyBytes + Encoding.UTF8.GetByteCount(lesson);

    // What the roster has of it, until a comment comes, for one definition.
    private LessonCommentShare? _share;
    private CourseDefinition? _shareCourse;

    /// <summary>The lesson.</summary>
    public string Lesson { get; } = lesson;

    /// <summary>What was written.</summary>
    public CommentCounts Counts { get; private set; }

    /// <summary>At which positions of the video something was not understood.</summary>
    public ref readonly PositionSample ConfusedAt => ref _confusedAt;

    /// <summary>The contentment of recent comments.</summary>
    public ref readonly DecayedContentment Recent => ref _recent;

    /// <summary>The contentment of comments with a position in the video.</summary>
    public ref readonly PlacedContentment Placed => ref _placed;

    /// <summary>About how many bytes it takes in a snapshot, at most.</summary>
    internal int Bytes => _emptyBytes + (_confusedAt.Count * PositionSample.PositionBytes) + (_placed.Count * PlacedContentment.TextBytes);

    /// <summary>What it contributes to the course; null for a lesson that the definition does not have.</summary>
    public LessonCommentShare? ShareIn(CourseDefinition course)
    {
        if (!ReferenceEquals(_shareCourse, course))
        {
            (_share, _shareCourse) = (course.FindLesson(Lesson) is { } definition ? ShareOf(definition) : null, course);
        }

        return _share;
    }

    /// <summary>Takes in a comment that is no spam.</summary>
    internal void Fold(in CommentNote note, EventOrder order, long? positionMs)
    {
        _shareCourse = null;
        Counts = Counts.With(note);
        _recent.Add(note.PositivePercent, order.OccurredAtMs);
        if (positionMs is not { } position)
        {
            return;
        }

        _placed.Add(order.Identity, position, note.PositivePercent);
        if (note.IsConfused)
        {
            _confusedAt.Add(position);
        }
    }

    /// <summary>Takes in a second opinion on a comment that was taken in before.</summary>
    /// <param name="opinion">The opinion.</param>
    /// <param name="change">By how many percents it changes the contentment.</param>
    internal void Fold(in CommentOpinion opinion, int change)
    {
        _shareCourse = null;
        Counts = Counts.Plus(change);
        _recent.Revise(change, opinion.Order.OccurredAtMs);
        _placed.Revise(opinion.Order.Identity, opinion.PositivePercent);
    }

    internal void Write(PayloadWriter to)
    {
        to.Text(Lesson);
        Counts.Write(to);
        _confusedAt.Write(to);
    }

    internal static LessonComments Read(ref PayloadReader from)
    {
        var comments = new LessonComments(from.Text()) { Counts = CommentCounts.Read(ref from) };
        comments._confusedAt = PositionSample.Read(ref from);
        return comments;
    }

    internal void WriteContentment(PayloadWriter to)
    {
        _recent.Write(to);
        _placed.Write(to);
    }

    internal void ReadContentment(ref PayloadReader from)
    {
        _recent = DecayedContentment.Read(ref from);
        _placed = PlacedContentment.Read(ref from);
    }

    private LessonCommentShare ShareOf(LessonDefinition definition) => new(Lesson, Counts, definition.LengthMs > 0 ? _confusedAt.Hundredths(definition.LengthMs) : 0)
    {
        Recent = _recent.Share(),
        Placed = definition.LengthMs > 0 ? _placed.Hundredths(definition.LengthMs) : [],
    };
}
