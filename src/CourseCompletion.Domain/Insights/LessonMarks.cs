using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Insights;

/// <summary>What one learner contributes to where a lesson's video is hard to follow, by hundredths of the video: bit k for [k/100, (k+1)/100).</summary>
/// <param name="Rewatched">Watched again.</param>
/// <param name="Paused">Paused at.</param>
/// <param name="Returned">Gone back to.</param>
public sealed record LessonMarks(UInt128 Rewatched, UInt128 Paused, UInt128 Returned)
{
    // A mask of fewer bits is written as their places.
    private const int WholeMask = 16;

    /// <summary>Nothing anywhere.</summary>
    public static LessonMarks None { get; } = new(0, 0, 0);

    internal void Write(PayloadWriter to)
    {
        WriteMask(to, Rewatched);
        WriteMask(to, Paused);
        WriteMask(to, Returned);
    }

    internal static LessonMarks Read(ref PayloadReader from) => new(ReadMask(ref from), ReadMask(ref from), ReadMask(ref from));

    private static void WriteMask(PayloadWriter to, UInt128 mask)
    {
        var count = (int)UInt128.PopCount(mask);
        if (count >= WholeMask)
        {
            to.Byte(WholeMask);
            to.Fixed128(mask);
            return;
        }

        to.Byte((byte)count);
        for (var rest = mask; rest != 0; rest &= rest - 1)
        {
            to.Byte((byte)UInt128.TrailingZeroCount(rest));
        }
    }

    private static UInt128 ReadMask(ref PayloadReader from)
    {
        var count = from.Byte();
        if (count == WholeMask)
        {
            return from.Fixed128();
        }

        var mask = UInt128.Zero;
        for (var left = count; left > 0; left--)
        {
            mask |= UInt128.One << from.Byte();
        }

        return mask;
    }
}
