namespace CourseCompletion.Domain.Campaigns.Templates;

/// <summary>Finds the text for a learner's language: <c>zh-CN</c>, then <c>zh</c>, then the template's fall-back.</summary>
/// <remarks>The lookup of RFC 4647, section 3.4: the tag loses its last part until one fits; letters' case does not matter.</remarks>
public static class LocaleChain
{
    /// <summary>The longest language tag, in characters.</summary>
    public const int TagLengthMax = 35;

    /// <summary>The language tags to look for, in that order. Of a tag that is none, only the fall-back.</summary>
    public static IEnumerable<string> Of(string? locale, string fallback)
    {
        var tag = (locale ?? "").Replace('_', '-');
        while (IsTag(tag))
        {
            yield return tag;
            tag = Shorter(tag);
        }

        yield return fallback;
    }

    /// <summary>Whether a text has the form of a language tag (BCP 47): parts of letters and digits, joined by '-'.</summary>
    public static bool IsTag(string tag)
    {
        if (tag.Length is 0 or > TagLengthMax)
        {
            return false;
        }

        var parts = tag.Split('-');
        return parts[0].Length is >= 2 and <= 8 && parts[0].All(char.IsAsciiLetter)
            && parts.Skip(1).All(part => part.Length is >= 1 and <= 8 && part.All(char.IsAsciiLetterOrDigit));
    }

    // A single letter or digit introduces what follows it, so it goes together with that.
    private static string Shorter(string tag)
    {
        var cut = tag.LastIndexOf('-');
        return cut < 0 ? "" : cut >= 2 && tag[cut - 2] == '-' ? tag[..(cut - 2)] : tag[..cut];
    }
}
