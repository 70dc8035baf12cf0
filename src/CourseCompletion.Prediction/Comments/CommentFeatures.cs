using System.Buffers;
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

    private const char Start = '\u0002';
    private const char End = '\u0003';
    private const char WordEdge = '\u0001';

    private static readonly FrozenSet<string> _negations = FrozenSet.ToFrozenSet(
        ["not", "no", "never", "cannot", "neither", "nor", "none", "nothing", "nowhere", "without", "hardly", "barely", "rarely", "seldom", "lack", "lacks", "lacking", "dont", "doesnt", "didnt", "cant", "wont", "isnt", "wasnt"]);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _isNegation = _negations.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly SearchValues<char> _clauseEnds = SearchValues.Create(",.;:!?~() ");

    private static readonly SearchValues<char> _negators = SearchValues.Create("不没無无别未非");

    /// <summary>Finds the features of a normalised text.</summary>
    public static void Find(ReadOnlySpan<char> text, CommentLanguage language, FeatureSet to)
    {
        if (language == CommentLanguage.English)
        {
            // Each letter begins at most one piece of each length, and each word at most one feature of each kind of word.
            to.Begin((text.Length * (LetterPieceMax + WordsMax + 1)) + ShapesMax);
            FindWords(text, to);
        }
        else
        {
            to.Begin(((text.Length + 2) * (PieceMax + 2)) + ShapesMax);
            FindPieces(text, to);
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

    private static void FindPieces(ReadOnlySpan<char> text, FeatureSet to)
    {
        var negatedLeft = 0;
        for (var start = -1; start < text.Length; start++)
        {
            negatedLeft = start < 0 ? 0 : FindNegated(text, start, negatedLeft, to);
            var hash = CharacterSeed;
            for (var length = 1; length <= PieceMax && start + length <= text.Length + 1; length++)
            {
                hash = Step(hash, At(text, start + length - 1));
                to.Add(Finish(hash));
            }
        }
    }

    // Characters and pairs that follow a negation in its clause, marked as negated.
    private static int FindNegated(ReadOnlySpan<char> text, int i, int left, FeatureSet to)
    {
        if (_negators.Contains(text[i]))
        {
            return NegatedCharactersMax;
        }

        if (left == 0 || _clauseEnds.Contains(text[i]))
        {
            return 0;
        }

        var hash = Step(NegatedSeed, text[i]);
        to.Add(Finish(hash));
        if (i + 1 < text.Length && !_clauseEnds.Contains(text[i + 1]))
        {
            to.Add(Finish(Step(hash, text[i + 1])));
        }

        return left - 1;
    }

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

    private static char At(ReadOnlySpan<char> text, int i) => i < 0 ? Start : i < text.Length ? text[i] : End;

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

            if (word.Length == 1 && _clauseEnds.Contains(word[0]))
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
