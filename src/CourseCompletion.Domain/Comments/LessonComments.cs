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
    private PositionSample _confusedAt;
    private DecayedContentment _recent;
    private PlacedContentment _placed;

    // What the roster has of it, until a comment comes, for one length of the video.
    private LessonCommentShare? _share;
    private long _shareLengthMs;

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

    /// <summary>What it contributes to the course.</summary>
    /// <param name="lesson">The lesson's definition.</param>
    public LessonCommentShare ShareOf(LessonDefinition lesson)
    {
        if (_share is null || _shareLengthMs != lesson.LengthMs)
        {
            _shareLengthMs = lesson.LengthMs;
            _share = new(Lesson, Counts, lesson.LengthMs > 0 ? _confusedAt.Hundredths(lesson.LengthMs) : 0)
            {
                Recent = _recent.Share(),
                Placed = lesson.LengthMs > 0 ? _placed.Hundredths(lesson.LengthMs) : [],
            };
        }

        return _share;
    }

    /// <summary>Takes in a comment that is no spam.</summary>
    internal void Fold(in CommentNote note, EventOrder order, long? positionMs)
    {
        _share = null;
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
        _share = null;
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
}
