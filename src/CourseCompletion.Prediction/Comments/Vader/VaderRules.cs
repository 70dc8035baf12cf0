using System.Collections.Frozen;

namespace CourseCompletion.Prediction.Comments.Vader;

/// <summary>VADER's rules: the sentiment of an English text from a lexicon, negations, boosters, capitals, exclamation marks and "but".</summary>
/// <remarks>
/// <para>
/// Hutto and Gilbert, VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media Text, ICWSM 2014, written anew after the paper and the published program, whose examples it answers alike.
/// Left out: the table that spells emoji out in words.
/// </para>
/// </remarks>
public static class VaderRules
{
    private const float Booster = 0.293f;
    private const float Capitals = 0.733f;
    private const float Negation = -0.74f;
    private const float Exclamation = 0.292f;
    private const float Question = 0.18f;
    private const float ManyQuestions = 0.96f;
    private const float NeverSo = 1.25f;
    private const float BeforeBut = 0.5f;
    private const float AfterBut = 1.5f;
    private const float SumOfHalf = 15;
    private const int TokensOnStack = 256;

    private static readonly FrozenSet<string> _negations = FrozenSet.ToFrozenSet(
        [
            "aint", "arent", "cannot", "cant", "couldnt", "darent", "didnt", "doesnt", "dont", "hadnt", "hasnt", "havent", "isnt", "mightnt", "mustnt", "neednt", "oughtnt", "shant", "shouldnt", "wasnt",
            "werent", "wont", "wouldnt", "neither", "never", "none", "nope", "nor", "not", "nothing", "nowhere", "uhuh", "uh-uh", "without", "rarely", "seldom", "despite",
        ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> _boosters = FrozenSet.ToFrozenSet(
        [
            "absolutely", "amazingly", "awfully", "completely", "considerable", "considerably", "decidedly", "deeply", "effing", "enormous", "enormously", "entirely", "especially", "exceptional",
            "exceptionally", "extreme", "extremely", "fabulously", "flipping", "flippin", "frackin", "fracking", "fricking", "frickin", "frigging", "friggin", "fully", "fuckin", "fucking", "fuggin",
            "fugging", "greatly", "hella", "highly", "hugely", "incredible", "incredibly", "intensely", "major", "majorly", "more", "most", "particularly", "purely", "quite", "really", "remarkably", "so",
            "substantially", "thoroughly", "total", "totally", "tremendous", "tremendously", "uber", "unbelievably", "unusually", "utter", "utterly", "very",
        ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> _dampeners = FrozenSet.ToFrozenSet(
        [
            "almost", "barely", "hardly", "kinda", "kindof", "kind-of", "less", "little", "marginal", "marginally", "occasional", "occasionally", "partly", "scarce", "scarcely", "slight", "slightly",
            "somewhat", "sorta", "sortof", "sort-of",
        ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly string[][] _dampeningPairs = [["just", "enough"], ["kind", "of"], ["sort", "of"]];

    private static readonly (string[] Words, float Valence)[] _idioms =
    [
        (["the", "shit"], 3), (["the", "bomb"], 3), (["bad", "ass"], 1.5f), (["bus", "stop"], 0), (["yeah", "right"], -2), (["kiss", "of", "death"], -1.5f), (["to", "die", "for"], 3),
        (["beating", "heart"], 3.1f), (["broken", "heart"], -2.9f),
    ];

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _isNegation = _negations.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _isBooster = _boosters.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _isDampener = _dampeners.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The compound score: from -1, as bad as can be, to 1; 0 when no word of the lexicon stands in the text.</summary>
    public static double Compound(ReadOnlySpan<char> text)
    {
        Span<Token> room = stackalloc Token[TokensOnStack];
        var count = Split(text, room);
        if (count > room.Length)
        {
            room = new Token[count];
            Split(text, room);
        }

        return new Reading(text, room[..count]).Compound();
    }

    // Fills what there is room for and counts all.
    private static int Split(ReadOnlySpan<char> text, Span<Token> tokens)
    {
        var count = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var start = at;
            while (at < text.Length && !char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            if (at > start && count++ < tokens.Length)
            {
                tokens[count - 1] = Trim(text, start, at);
            }
        }

        return count;
    }

    // Punctuation around a word goes; of what is then two letters or less it belongs to an emoticon and stays.
    private static Token Trim(ReadOnlySpan<char> text, int start, int end)
    {
        var (first, last) = (start, end);
        while (first < last && IsPunctuation(text[first]))
        {
            first++;
        }

        while (last > first && IsPunctuation(text[last - 1]))
        {
            last--;
        }

        return last - first <= 2 ? new(start, end - start) : new(first, last - first);
    }

    private static bool IsPunctuation(char c) => char.IsAscii(c) && (char.IsPunctuation(c) || char.IsSymbol(c));

    private static bool IsUpper(ReadOnlySpan<char> word)
    {
        var any = false;
        foreach (var c in word)
        {
            if (char.IsLower(c))
            {
                return false;
            }

            any |= char.IsUpper(c);
        }

        return any;
    }

    private readonly record struct Token(int Start, int Length);

    private readonly ref struct Reading
    {
        private readonly ReadOnlySpan<char> _text;
        private readonly ReadOnlySpan<Token> _tokens;
        private readonly bool _capitalsMean;

        public Reading(ReadOnlySpan<char> text, ReadOnlySpan<Token> tokens)
        {
            _text = text;
            _tokens = tokens;
            var upper = 0;
            for (var i = 0; i < tokens.Length; i++)
            {
                upper += IsUpper(Word(i)) ? 1 : 0;
            }

            // In a text that is all capitals they say nothing.
            _capitalsMean = upper > 0 && upper < tokens.Length;
        }

        public double Compound()
        {
            var but = Find("but");
            var sum = 0.0;
            for (var i = 0; i < _tokens.Length; i++)
            {
                sum += Valence(i) * (but < 0 || i == but ? 1 : i < but ? BeforeBut : AfterBut);
            }

            var emphasis = Emphasis();
            sum += sum > 0 ? emphasis : sum < 0 ? -emphasis : 0;
            return sum / Math.Sqrt((sum * sum) + SumOfHalf);
        }

        private float Valence(int i)
        {
            var word = Word(i);
            if (_isBooster.Contains(word) || _isDampener.Contains(word) || (Is(i, "kind") && Is(i + 1, "of")) || !VaderLexicon.TryFind(word, out var rating))
            {
                return 0;
            }

            // "no" before a word of the lexicon negates that word instead of being one itself.
            var valence = Is(i, "no") && IsInLexicon(i + 1) ? 0 : rating;
            if (Is(i - 1, "no") || Is(i - 2, "no") || (Is(i - 3, "no") && (Is(i - 1, "or") || Is(i - 1, "nor"))))
            {
                valence = rating * Negation;
            }

            if (_capitalsMean && IsUpper(word))
            {
                valence += valence > 0 ? Capitals : -Capitals;
            }

            for (var back = 1; back <= 3 && back <= i; back++)
            {
                if (!IsInLexicon(i - back))
                {
                    valence = Negated(i, back, valence + (Boost(i - back, valence) * (back == 1 ? 1 : back == 2 ? 0.95f : 0.9f)));
                    valence = back == 3 ? WithIdioms(i, valence) : valence;
                }
            }

            return Is(i - 1, "least") && !IsInLexicon(i - 1) && !Is(i - 2, "at") && !Is(i - 2, "very") ? valence * Negation : valence;
        }

        private float Boost(int i, float valence)
        {
            var word = Word(i);
            var boost = _isBooster.Contains(word) ? Booster : _isDampener.Contains(word) ? -Booster : 0;
            if (boost == 0)
            {
                return 0;
            }

            boost = valence < 0 ? -boost : boost;
            return _capitalsMean && IsUpper(word) ? boost + (valence > 0 ? Capitals : -Capitals) : boost;
        }

        private float Negated(int i, int back, float valence)
        {
            if (back == 2 && Is(i - 2, "never") && IsSo(i - 1))
            {
                return valence * NeverSo;
            }

            // As published: a third word before is met by "so" or "this" directly before, with "never" or without.
            if (back == 3 && ((Is(i - 3, "never") && IsSo(i - 2)) || IsSo(i - 1)))
            {
                return valence * NeverSo;
            }

            var isDoubt = back > 1 && Is(i - back, "without") && (Is(i - 1, "doubt") || (back == 3 && Is(i - 2, "doubt")));
            return !isDoubt && IsNegation(i - back) ? valence * Negation : valence;
        }

        private float WithIdioms(int i, float valence)
        {
            // Of the places around the word the first one that holds an idiom counts; one that begins with the word itself overrides it.
            ReadOnlySpan<(int Start, int Length)> places = [(i - 1, 2), (i - 2, 3), (i - 2, 2), (i - 3, 3), (i - 3, 2)];
            foreach (var (start, length) in places)
            {
                if (FindIdiom(start, length) is { } found)
                {
                    valence = found;
                    break;
                }
            }

            valence = FindIdiom(i, 2) ?? valence;
            valence = FindIdiom(i, 3) ?? valence;
            foreach (var pair in _dampeningPairs)
            {
                valence -= (IsAt(i - 3, pair) ? Booster : 0) + (IsAt(i - 2, pair) ? Booster : 0);
            }

            return valence;
        }

        private float? FindIdiom(int start, int length)
        {
            foreach (var (words, valence) in _idioms)
            {
                if (words.Length == length && IsAt(start, words))
                {
                    return valence;
                }
            }

            return null;
        }

        private float Emphasis()
        {
            var exclamations = Math.Min(4, _text.Count('!'));
            var questions = _text.Count('?');
            return (exclamations * Exclamation) + (questions <= 1 ? 0 : questions <= 3 ? questions * Question : ManyQuestions);
        }

        private ReadOnlySpan<char> Word(int i) => _text.Slice(_tokens[i].Start, _tokens[i].Length);

        private bool Is(int i, string word) => i >= 0 && i < _tokens.Length && Word(i).Equals(word, StringComparison.OrdinalIgnoreCase);

        private bool IsSo(int i) => Is(i, "so") || Is(i, "this");

        private bool IsInLexicon(int i) => i < _tokens.Length && VaderLexicon.TryFind(Word(i), out _);

        private bool IsNegation(int i) => _isNegation.Contains(Word(i)) || Word(i).Contains("n't", StringComparison.OrdinalIgnoreCase);

        private bool IsAt(int start, string[] words)
        {
            for (var i = 0; i < words.Length; i++)
            {
                if (!Is(start + i, words[i]))
                {
                    return false;
                }
            }

            return true;
        }

        private int Find(string word)
        {
            for (var i = 0; i < _tokens.Length; i++)
            {
                if (Is(i, word))
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
