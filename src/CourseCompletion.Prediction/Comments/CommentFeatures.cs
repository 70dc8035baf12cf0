using System.Collections.Frozen;
using System.Numerics;
using CourseCompletion.Domain.Comments;

namespace CourseCompletion.Prediction.Comments;

/// <summary>Which features a text has: hashes of short pieces of it, each counted once.</summary>
/// <remarks>
/// <para>
/// English is read by words: single words, pairs and triples of neighbours, pieces of three to five letters within a word, and words that follow a negation marked as negated. Everything else is read by characters: pieces of one to four,
/// beginning and end of the text included, and characters and pairs that follow a negation marked as negated. Both: how long the text is and how many digits and marks it has.
/// </para>
/// <para>What a feature is must not change within a <see cref="Version"/>: models and adaptations are made of them.</para>
/// </remarks>
internal static class CommentFeatures
{
    /// <summary>The version of the features.</summary>
    public const int Version = 1;

    private const int PieceMax = 4;
    private const int LetterPieceMin = 3;
    private const int LetterPieceMax = 5;
    private const int WordsMax = 3;
    private const int NegatedWordsMax = 6;
    private const int NegatedCharactersMax = 6;

    // Kinds of features begin with different numbers, so that equal letters do not make equal features.
    private const uint CharacterSeed = 0x9E37_79B9;
    private const uint WordSeed = 0x1234_5678;
    private const uint LetterSeed = 0xABCD_EF01;
    private const uint NegatedSeed = 0x7F4A_7C15;

    private const uint ShapeSeed = 0x5BD1_E995;

    private const string CountedMarks = "!?~,.";
    private const int ShapesMax = 7;

    /// <summary>Stands before a text.</summary>
    public const char Start = '\u0002';

    /// <summary>Stands after a text.</summary>
    public const char End = '\u0003';

    private const char WordEdge = '\u0001';

    private static readonly FrozenSet<string> _negations = FrozenSet.ToFrozenSet(
        ["not", "no", "never", "cannot", "neither", "nor", "none", "nothing", "nowhere", "without", "hardly", "barely", "rarely", "seldom", "lack", "lacks", "lacking", "dont", "doesnt", "didnt", "cant", "wont", "isnt", "wasnt"]);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _isNegation = _negations.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Finds the features of a text.</summary>
    /// <param name="framed">The normalised text between <see cref="Start"/> and <see cref="End"/>.</param>
    /// <param name="language">Its language.</param>
    /// <param name="to">Where they are put; what was there before goes.</param>
    public static void Find(ReadOnlySpan<char> framed, CommentLanguage language, FeatureSet to)
    {
        var text = framed[1..^1];
        if (language == CommentLanguage.English)
        {
            // Each letter begins at most one piece of each length, and each word at most one feature of each kind of word.
            to.Begin((text.Length * (LetterPieceMax + WordsMax + 1)) + ShapesMax);
            FindWords(text, to);
        }
        else
        {
            to.Begin((framed.Length * (PieceMax + 2)) + ShapesMax);
            FindPieces(framed, to);
            FindNegated(text, to);
        }

        if (text.Length > 0)
        {
            FindShape(text, to);
        }
    }

    /// <summary>The feature that a phrase is.</summary>
    /// <param name="phrase">A normalised phrase: at most <see cref="PieceMax"/> characters, or <see cref="WordsMax"/> words in English.</param>
    /// <param name="language">The language of the texts that it is looked for in.</param>
    /// <exception cref="ArgumentException">The phrase is too long.</exception>
    public static uint OfPhrase(ReadOnlySpan<char> phrase, CommentLanguage language)
    {
        if (language != CommentLanguage.English)
        {
            return phrase.Length is > 0 and <= PieceMax ? Finish(Hash(CharacterSeed, phrase)) : throw new ArgumentException($"'{phrase}' has not 1 to {PieceMax} characters.");
        }

        var (hash, words) = (WordSeed, 0);
        for (var at = 0; NextWord(phrase, ref at) is { IsEmpty: false } word; words++)
        {
            hash = Joined(hash, word, words);
        }

        return words is > 0 and <= WordsMax ? Finish(hash) : throw new ArgumentException($"'{phrase}' has not 1 to {WordsMax} words.");
    }

    private static void FindPieces(ReadOnlySpan<char> framed, FeatureSet to)
    {
        // The end alone is no piece.
        for (var start = 0; start < framed.Length - 1; start++)
        {
            var hash = CharacterSeed;
            foreach (var c in framed.Slice(start, Math.Min(PieceMax, framed.Length - start)))
            {
                hash = Step(hash, c);
                to.Add(Finish(hash));
            }
        }
    }

    // Characters and pairs that follow a negation in its clause, marked as negated.
    private static void FindNegated(ReadOnlySpan<char> text, FeatureSet to)
    {
        var left = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '不' or '没' or '無' or '无' or '别' or '未' or '非')
            {
                left = NegatedCharactersMax;
            }
            else if (IsClauseEnd(text[i]))
            {
                left = 0;
            }
            else if (left > 0)
            {
                left--;
                AddNegated(text, i, to);
            }
        }
    }

    private static void AddNegated(ReadOnlySpan<char> text, int i, FeatureSet to)
    {
        var hash = Step(NegatedSeed, text[i]);
        to.Add(Finish(hash));
        if (i + 1 < text.Length && !IsClauseEnd(text[i + 1]))
        {
            to.Add(Finish(Step(hash, text[i + 1])));
        }
    }

    private static bool IsClauseEnd(char c) => c is ',' or '.' or ';' or ':' or '!' or '?' or '~' or '(' or ')' or ' ';

    // How long a text is, and how many it has of what people put when they are pleased, annoyed or in doubt.
    private static void FindShape(ReadOnlySpan<char> text, FeatureSet to)
    {
        var digits = 0;
        foreach (var c in text)
        {
            digits += char.IsAsciiDigit(c) ? 1 : 0;
        }

        AddShape('a', text.Length, to);
        AddShape('0', digits, to);
        foreach (var mark in CountedMarks)
        {
            AddShape(mark, text.Count(mark), to);
        }
    }

    // Counts are told apart by steps of a root of two: bucket 2 log2(count + 1), rounded down, in whole numbers.
    private static void AddShape(char what, int count, FeatureSet to)
    {
        var octave = BitOperations.Log2((uint)count + 1);
        var isUpperHalf = (long)(count + 1) * (count + 1) >= 1L << (2 * octave) + 1;
        to.Add(Finish(Step(Step(ShapeSeed, what), (char)((2 * octave) + (isUpperHalf ? 1 : 0)))));
    }

    private static void FindWords(ReadOnlySpan<char> text, FeatureSet to)
    {
        var negatedLeft = 0;
        for (var at = 0; NextWord(text, ref at) is { IsEmpty: false } word;)
        {
            var hash = Joined(WordSeed, word, 0);
            to.Add(Finish(hash));
            var (pair, ahead) = (hash, at);
            for (var words = 1; words < WordsMax && NextWord(text, ref ahead) is { IsEmpty: false } next; words++)
            {
                pair = Joined(pair, next, words);
                to.Add(Finish(pair));
            }

            if (word.Length == 1 && IsClauseEnd(word[0]))
            {
                negatedLeft = 0;
            }
            else if (_isNegation.Contains(word) || word.EndsWith("n't"))
            {
                negatedLeft = NegatedWordsMax;
            }
            else if (negatedLeft-- > 0)
            {
                to.Add(Finish(hash ^ NegatedSeed));
            }

            FindLetters(word, to);
        }
    }

    private static void FindLetters(ReadOnlySpan<char> word, FeatureSet to)
    {
        for (var start = -1; start < word.Length - 1; start++)
        {
            var hash = LetterSeed;
            for (var length = 1; length <= LetterPieceMax && start + length <= word.Length + 1; length++)
            {
                var i = start + length - 1;
                hash = Step(hash, i < 0 || i == word.Length ? WordEdge : word[i]);
                if (length >= LetterPieceMin)
                {
                    to.Add(Finish(hash));
                }
            }
        }
    }

    // A word is a run of letters and digits, with apostrophes within; anything else but a blank is a word of its own. Empty at the end.
    private static ReadOnlySpan<char> NextWord(ReadOnlySpan<char> text, ref int at)
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        var start = at;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || (text[at] == '\'' && at > start && at + 1 < text.Length && char.IsLetterOrDigit(text[at + 1]))))
        {
            at++;
        }

        at += at == start && at < text.Length ? 1 : 0;
        return text[start..at];
    }

    private static uint Joined(uint hash, ReadOnlySpan<char> word, int wordsBefore) => Hash(wordsBefore == 0 ? hash : Step(hash, ' '), word);

    private static uint Hash(uint hash, ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            hash = Step(hash, c);
        }

        return hash;
    }

    private static uint Step(uint hash, char c)
    {
        hash = (hash ^ c) * 0x9E37_79B1u;
        return hash ^ (hash >> 15);
    }

    // Spreads what differs in the last letters over all bits (the finalizer of MurmurHash3, A. Appleby, public domain).
    private static uint Finish(uint hash)
    {
        hash ^= hash >> 16;
        hash *= 0x85EB_CA6B;
        hash ^= hash >> 13;
        hash *= 0xC2B2_AE35;
        return hash ^ (hash >> 16);
    }
}
