using System.Text;

namespace CourseCompletion.Domain.Interests;

/// <summary>Cuts texts into runs: full width becomes half width, upper case lower case, and punctuation, stop words and numbers part runs.</summary>
internal static class TextRuns
{
    // Longer stretches say nothing more, and cost the square.
    private const int LettersMax = 64;

    /// <summary>The text in lower case and half width.</summary>
    public static string Normalised(string text)
    {
        var normalised = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            normalised.Append(c is >= '\uff01' and <= '\uff5e' ? char.ToLowerInvariant((char)(c - 0xfee0)) : c == '\u3000' ? ' ' : char.ToLowerInvariant(c));
        }

        return normalised.ToString();
    }

    /// <summary>The runs of a text, in its order.</summary>
    public static List<TextRun> Of(string text)
    {
        var runs = new List<TextRun>();
        var words = new List<string>();
        text = Normalised(text);
        for (var at = 0; at < text.Length;)
        {
            var from = at;
            if (IsUnspaced(text[at]))
            {
                while (at < text.Length && IsUnspaced(text[at]))
                {
                    at++;
                }

                End(runs, words);
                AddLetters(runs, text[from..at]);
            }
            else if (char.IsLetterOrDigit(text[at]))
            {
                while (at < text.Length && IsInWord(text, at, from))
                {
                    at++;
                }

                Add(runs, words, text[from..at]);
            }
            else
            {
                // Blanks and hyphens part words, all else parts runs.
                if (!char.IsWhiteSpace(text[at]) && text[at] is not ('-' or '/' or '\''))
                {
                    End(runs, words);
                }

                at++;
            }
        }

        End(runs, words);
        return runs;
    }

    /// <summary>Whether a letter belongs to a script that writes no blanks between words: Chinese, and the kana of Japanese.</summary>
    public static bool IsUnspaced(char c) => c is (>= '\u4e00' and <= '\u9fff') or (>= '\u3400' and <= '\u4dbf') or (>= '\u3041' and <= '\u30fa') or '\u3005' or '\u30fc';

    // C++ and C# are words, and so is what follows an apostrophe.
    private static bool IsInWord(string text, int at, int from) =>
        (char.IsLetterOrDigit(text[at]) && !IsUnspaced(text[at])) || (at > from && text[at] is '+' or '#')
        || (text[at] is '\'' or '\u2019' && at + 1 < text.Length && char.IsLetter(text[at + 1]) && !IsUnspaced(text[at + 1]));

    private static void Add(List<TextRun> runs, List<string> words, string word)
    {
        // Possession says nothing.
        word = word.EndsWith("'s", StringComparison.Ordinal) || word.EndsWith("\u2019s", StringComparison.Ordinal) ? word[..^2] : word;
        if (word.Length < 2 || StopWords.English.Contains(word) || word.All(char.IsDigit))
        {
            End(runs, words);
        }
        else
        {
            words.Add(word);
        }
    }

    private static void End(List<TextRun> runs, List<string> words)
    {
        if (words.Count > 0)
        {
            runs.Add(new([.. words]));
            words.Clear();
        }
    }

    private static void AddLetters(List<TextRun> runs, string letters)
    {
        var from = 0;
        for (var at = 0; at < letters.Length;)
        {
            var stop = StopWords.LengthAt(letters, at);
            if (stop > 0 || at - from == LettersMax)
            {
                Cut(at);
                at += stop;
                from = at;
            }
            else
            {
                at++;
            }
        }

        Cut(letters.Length);

        void Cut(int end)
        {
            if (end - from >= 2)
            {
                runs.Add(new(letters[from..end]));
            }
        }
    }
}
