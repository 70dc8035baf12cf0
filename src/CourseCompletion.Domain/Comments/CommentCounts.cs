using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Comments;

/// <summary>How many comments there are and what they say, in whole numbers. What is likely advertisement or abuse counts as that alone.</summary>
/// <param name="Texts">Comments, and texts of ratings, questions and answers.</param>
/// <param name="PositivePercent">The sum of how likely each one's author is content, in percents.</param>
/// <param name="Confused">Whose authors likely do not understand something.</param>
/// <param name="Urgent">Whose authors likely need an answer soon.</param>
/// <param name="Spam">Likely advertisement or abuse.</param>
public readonly record struct CommentCounts(long Texts, long PositivePercent, long Confused, long Urgent, long Spam)
{
    /// <summary>The share of contentment over all texts, 0 to 1; 0.5 without any.</summary>
    public double MeanPositive => Texts == 0 ? 0.5 : PositivePercent / (100.0 * Texts);

    /// <summary>One more comment.</summary>
    public CommentCounts With(in CommentNote note) => note.IsSpam
        ? this with { Spam = Spam + 1 }
        : new(Texts + 1, PositivePercent + note.PositivePercent, Confused + (note.IsConfused ? 1 : 0), Urgent + (note.IsUrgent ? 1 : 0), Spam);

    /// <summary>The sum of two, the second one taken <paramref name="times"/> times (-1 to subtract).</summary>
    public CommentCounts Plus(in CommentCounts other, int times) => new(
        Texts + (times * other.Texts),
        PositivePercent + (times * other.PositivePercent),
        Confused + (times * other.Confused),
        Urgent + (times * other.Urgent),
        Spam + (times * other.Spam));

    /// <summary>With the contentment of one of the comments changed, by whole percents.</summary>
    internal CommentCounts Plus(int positivePercent) => this with { PositivePercent = PositivePercent + positivePercent };

    internal void Write(PayloadWriter to)
    {
        to.Int(Texts);
        to.Int(PositivePercent);
        to.Int(Confused);
        to.Int(Urgent);
        to.Int(Spam);
    }

    internal static CommentCounts Read(ref PayloadReader from) => new(from.Int(), from.Int(), from.Int(), from.Int(), from.Int());
}
