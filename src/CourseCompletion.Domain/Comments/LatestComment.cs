using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Comments;

/// <summary>The newest text that a learner wrote in a course, shortened: what a course's team may read of it.</summary>
/// <param name="Order">When.</param>
/// <param name="Excerpt">Its beginning.</param>
/// <param name="Lesson">The lesson; empty for the course.</param>
/// <param name="PositionMs">The position in the lesson's video; null when there is none.</param>
/// <param name="Note">What it says.</param>
public sealed record LatestComment(EventOrder Order, string Excerpt, string Lesson, long? PositionMs, CommentNote Note)
{
    /// <summary>How many UTF-16 units an excerpt has at most.</summary>
    public const int ExcerptMax = 160;

    internal const int BytesMax = 48 + (3 * (ExcerptMax + 1)) + 128;

    /// <summary>The excerpt of a text: whole code points, which do not change with the runtime as what a reader sees as one character does.</summary>
    public static string ExcerptOf(string text)
    {
        if (text.Length <= ExcerptMax)
        {
            return text;
        }

        var end = ExcerptMax - 1;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + "…";
    }

    internal void Write(PayloadWriter to)
    {
        to.Int(Order.OccurredAtMs);
        to.Fixed128(Order.Identity);
        to.Text(Excerpt);
        to.Text(Lesson);
        to.OptionalInt(PositionMs);
        Note.Write(to);
    }

    internal static LatestComment Read(ref PayloadReader from) =>
        new(new(from.Int(), from.Fixed128()), from.Text(), from.Text(), from.OptionalInt(), CommentNote.Read(ref from));
}
