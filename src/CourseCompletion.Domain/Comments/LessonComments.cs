using CourseCompletion.Domain.Insights;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Comments;

/// <summary>What one learner wrote at one lesson.</summary>
public sealed class LessonComments(string lesson)
{
    private PositionSample _confusedAt;

    /// <summary>The lesson.</summary>
    public string Lesson { get; } = lesson;

    /// <summary>What was written.</summary>
    public CommentCounts Counts { get; internal set; }

    /// <summary>At which positions of the video something was not understood.</summary>
    public ref PositionSample ConfusedAt => ref _confusedAt;

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
}
