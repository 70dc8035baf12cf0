using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Prediction.Comments;

/// <summary>Brings texts that mean the same to one spelling.</summary>
internal static class CommentText
{
    /// <summary>The most that is read of a text, in characters.</summary>
    public const int CharsMax = LearnerEventRules.TextBytesMax;

    // "soooo" and "sooo" are one feature, and both are another one than "so".
    private const int RunMax = 3;

    private const char FullWidthFirst = '\uFF01';
    private const char FullWidthLast = '\uFF5E';
    private const int FullWidthDistance = 0xFEE0;

    /// <summary>
    /// Writes a text in lower case and half width, with Chinese punctuation as its Latin counterpart, each run of blanks as one, longer runs of any other character as three of it, and without
    /// marks that cannot be seen.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="to">Where it is written: room for as many characters as the text has, at most <see cref="CharsMax"/>.</param>
    /// <returns>How many characters were written.</returns>
    public static int Normalise(ReadOnlySpan<char> text, Span<char> to)
    {
        var (written, run) = (0, 0);
        foreach (var c in text[..Math.Min(text.Length, CharsMax)])
        {
            var plain = Plain(c);
            if (plain == '\0' || (plain == ' ' && written == 0))
            {
                continue;
            }

            run = written > 0 && to[written - 1] == plain ? run + 1 : 1;
            if (run <= (plain == ' ' ? 1 : RunMax))
            {
                to[written++] = plain;
            }
        }

        return written > 0 && to[written - 1] == ' ' ? written - 1 : written;
    }

    /// <summary>The same as a text of its own.</summary>
    public static string Normalise(string text)
    {
        var room = new char[Math.Min(text.Length, CharsMax)];
        return new(room, 0, Normalise(text, room));
    }

    // NUL for what is left out.
    private static char Plain(char c) => c switch
    {
        >= 'a' and <= 'z' => c,
        < '\u0080' => char.IsWhiteSpace(c) || char.IsControl(c) ? ' ' : char.ToLowerInvariant(c),
        >= '\u4E00' and <= '\u9FFF' => c,
        '\u3002' => '.',
        '\u3001' => ',',
        '\u2026' => '.',
        '\u2013' or '\u2014' => '-',
        '\u2018' or '\u2019' => '\'',
        '\u201C' or '\u201D' => '"',
        '\u3010' => '[',
        '\u3011' => ']',
        '\u300A' => '<',
        '\u300B' => '>',
        >= FullWidthFirst and <= FullWidthLast => char.ToLowerInvariant((char)(c - FullWidthDistance)),
        '\u200B' or '\u200D' or '\uFEFF' or '\uFE0F' => '\0',
        _ => char.IsWhiteSpace(c) || char.IsControl(c) ? ' ' : char.ToLowerInvariant(c),
    };
}
