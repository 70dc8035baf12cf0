using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Comments;

/// <summary>What is kept of a <see cref="CommentReading"/>: whole percents, written down with the event, so that a replay folds the same whichever model reads by then.</summary>
/// <param name="Language">The language.</param>
/// <param name="PositivePercent">How likely its author is content, 0 to 100.</param>
/// <param name="ConfusionPercent">How likely its author does not understand something.</param>
/// <param name="UrgencyPercent">How likely its author needs an answer soon.</param>
/// <param name="SpamPercent">How likely it is advertisement or abuse.</param>
/// <param name="Aspects">What it is likely about.</param>
public readonly record struct CommentNote(
    CommentLanguage Language, byte PositivePercent, byte ConfusionPercent, byte UrgencyPercent, byte SpamPercent, CommentAspectSet Aspects)
{
    private const byte Likely = 50;

    /// <summary>Whether its author likely does not understand something.</summary>
    public bool IsConfused => ConfusionPercent > Likely;

    /// <summary>Whether its author likely needs an answer soon.</summary>
    public bool IsUrgent => UrgencyPercent > Likely;

    /// <summary>Whether it is likely advertisement or abuse.</summary>
    public bool IsSpam => SpamPercent > Likely;

    /// <summary>What is kept of a reading.</summary>
    public static CommentNote Of(in CommentReading reading) => new(
        reading.Language, Percent(reading.Positive), Percent(reading.Confusion), Percent(reading.Urgency), Percent(reading.Spam), reading.Aspects.Likely());

    internal void Write(PayloadWriter to)
    {
        to.Byte((byte)Language);
        to.Byte(PositivePercent);
        to.Byte(ConfusionPercent);
        to.Byte(UrgencyPercent);
        to.Byte(SpamPercent);
        to.Byte(Aspects.Bits);
    }

    internal static CommentNote Read(ref PayloadReader from) =>
        new((CommentLanguage)from.Byte(), from.Byte(), from.Byte(), from.Byte(), from.Byte(), new(from.Byte()));

    private static byte Percent(float probability) => (byte)Math.Clamp((int)MathF.Round(probability * 100), 0, 100);
}
