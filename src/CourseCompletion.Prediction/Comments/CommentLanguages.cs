using CourseCompletion.Domain.Comments;

namespace CourseCompletion.Prediction.Comments;

/// <summary>Tells languages by their letters.</summary>
internal static class CommentLanguages
{
    // A Chinese character says about as much as three Latin letters: "app不错" is Chinese, "I love 北京" is English.
    private const int LettersPerHan = 3;

    // One letter in twelve with an accent is French, Spanish or German rather than English with a foreign name in it.
    private const int LettersPerAccent = 12;

    // Kana beyond a decoration between Chinese characters is Japanese.
    private const int HanPerKana = 2;

    /// <summary>The language of a normalised text.</summary>
    public static CommentLanguage Of(ReadOnlySpan<char> text)
    {
        int latin = 0, accented = 0, han = 0, kana = 0, other = 0;
        foreach (var c in text)
        {
            switch (c)
            {
                case >= 'a' and <= 'z':
                    latin++;
                    break;
                case < '\u00C0':
                    break;
                case < '\u0250':
                    accented += char.IsLetter(c) ? 1 : 0;
                    break;
                case >= '\u3040' and <= '\u30FF':
                    kana++;
                    break;
                case (>= '\u4E00' and <= '\u9FFF') or (>= '\u3400' and <= '\u4DBF') or (>= '\uF900' and <= '\uFAFF'):
                    han++;
                    break;
                default:
                    other += char.IsLetter(c) ? 1 : 0;
                    break;
            }
        }

        if (han > 0 && han >= kana * HanPerKana && han * LettersPerHan >= latin + accented && han >= other)
        {
            return CommentLanguage.Chinese;
        }

        return latin > 0 && latin > accented * LettersPerAccent && latin > other + kana + han ? CommentLanguage.English : CommentLanguage.Other;
    }
}
