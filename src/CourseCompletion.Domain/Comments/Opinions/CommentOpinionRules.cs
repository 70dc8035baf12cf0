using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Comments.Opinions;

/// <summary>Of which comments a second reader is asked, and how its opinion is folded.</summary>
public static class CommentOpinionRules
{
    private const int Undecided = 50;

    /// <summary>Whether the first reader was unsure of an event's sentiment.</summary>
    /// <param name="e">The event, with its note.</param>
    /// <param name="marginPercent">How near to one half it must be, in percent: 15 for more than 35 and less than 65.</param>
    /// <remarks>Not of advertisement and abuse, which count as that alone, and not of reasons for leaving, of which only the aspects count.</remarks>
    public static bool IsUnsure(LearnerEvent e, int marginPercent) =>
        e is { Note: { IsSpam: false } note, Kind: not EventKind.Withdrew } && IsUnsure(note.PositivePercent, marginPercent);

    /// <summary>Whether a reader was unsure of a sentiment.</summary>
    /// <param name="positive">How likely the author is content, 0 to 1.</param>
    /// <param name="marginPercent">How near to one half it must be, in percent.</param>
    public static bool IsUnsure(double positive, int marginPercent) => IsUnsure(PercentOf(positive), marginPercent);

    /// <summary>The opinion on an event's text.</summary>
    /// <param name="e">The event, with its note.</param>
    /// <param name="positive">How likely its author is content, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A model answered what is no probability.</exception>
    public static CommentOpinion Of(LearnerEvent e, double positive) => new(
        e.Course,
        new(e.OccurredAtMs, EventIdentity.Of(e.Source, e.EventId)),
        e.Lesson,
        e.Note ?? throw new ArgumentException("The event has no note.", nameof(e)),
        positive is >= 0 and <= 1 ? PercentOf(positive) : throw new ArgumentOutOfRangeException(nameof(positive), positive, "A reader's answer lies between 0 and 1."));

    /// <summary>Folds an opinion; tells whether it changed anything.</summary>
    /// <remarks>To be folded once for a comment that was folded: counts are sums, which do not know whose sum they are.</remarks>
    public static bool Fold(LearnerState state, in CommentOpinion opinion)
    {
        if (opinion.PositivePercent == opinion.Noted.PositivePercent || state.FindEnrolment(opinion.Course)?.Comments is not { } comments)
        {
            return false;
        }

        comments.Fold(opinion);
        return true;
    }

    private static bool IsUnsure(byte positivePercent, int marginPercent) => Math.Abs(positivePercent - Undecided) < marginPercent;

    private static byte PercentOf(double probability) => (byte)Math.Clamp((int)Math.Round(probability * 100), 0, 100);
}
