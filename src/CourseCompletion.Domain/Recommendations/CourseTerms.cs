using System.Text;

namespace CourseCompletion.Domain.Recommendations;

/// <summary>What a course is about, as terms: words in lower case, and pairs of neighbouring Chinese characters, which have no blanks between words.</summary>
public static class CourseTerms
{
    /// <summary>How many terms a course has at most; later ones are left out.</summary>
    public const int TermsMax = 64;

    private const int WordMin = 2;
    private const int WordMax = 32;

    /// <summary>The different terms of a title and tags, in the order in which they stand there.</summary>
    public static string[] Of(string title, IReadOnlyList<string> tags)
    {
        var terms = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in tags.Prepend(title))
        {
            foreach (var term in TermsOf(text.Normalize(NormalizationForm.FormKC).ToLowerInvariant()))
            {
                if (terms.Count < TermsMax && seen.Add(term))
                {
                    terms.Add(term);
                }
            }
        }

        return [.. terms];
    }

    private static IEnumerable<string> TermsOf(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var from = at;
            if (IsChinese(text[at]))
            {
                while (at < text.Length && IsChinese(text[at]))
                {
                    at++;
                }

                for (var i = from; i < Math.Max(from + 1, at - 1); i++)
                {
                    yield return text[i..Math.Min(at, i + 2)];
                }

                continue;
            }

            while (at < text.Length && char.IsLetterOrDigit(text[at]) && !IsChinese(text[at]))
            {
                at++;
            }

            if (at - from is >= WordMin and <= WordMax)
            {
                yield return text[from..at];
            }

            at += at == from ? 1 : 0;
        }
    }

    private static bool IsChinese(char c) => c is (>= '\u4e00' and <= '\u9fff') or (>= '\u3400' and <= '\u4dbf');
}
