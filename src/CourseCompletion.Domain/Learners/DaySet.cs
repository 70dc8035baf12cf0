using System.Numerics;

namespace CourseCompletion.Domain.Learners;

/// <summary>A set of UTC days (days since 1970-01-01), as a bitmap that ends with its newest word.</summary>
/// <remarks>Holds the newest <see cref="SpanDaysMax"/> days or so; older days are let go of, the same ones whatever the order of arrival.</remarks>
public sealed class DaySet
{
    /// <summary>How far back from its newest day's word the set reaches: 4,096 days, about 11 years.</summary>
    public const int SpanDaysMax = 64 * 64;

    private ulong[] _words = [];
    private int _firstWord;

    /// <summary>How many days are in the set.</summary>
    public int Count { get; private set; }

    /// <summary>The newest day, or -1 for an empty set.</summary>
    public int Newest => _words.Length == 0 ? -1 : ((_firstWord + _words.Length) * 64) - 1 - BitOperations.LeadingZeroCount(_words[^1]);

    /// <summary>The number of the first word (64 days each since 1970-01-01).</summary>
    public int FirstWord => _firstWord;

    /// <summary>The words, oldest first; neither the first nor the last is zero.</summary>
    public ReadOnlySpan<ulong> Words => _words;

    /// <summary>Rebuilds a set from its stored words.</summary>
    public static DaySet Restore(int firstWord, ulong[] words)
    {
        var set = new DaySet { _firstWord = firstWord, _words = words };
        foreach (var word in words)
        {
            set.Count += BitOperations.PopCount(word);
        }

        return set;
    }

    /// <summary>Adds a day (0 or later); tells whether it was new.</summary>
    public bool Add(int day)
    {
        var word = day >> 6;
        if (_words.Length == 0)
        {
            _firstWord = word;
            _words = [0];
        }
        else if (word >= _firstWord + _words.Length)
        {
            GrowTo(word);
        }
        else if (word < _firstWord)
        {
            if (word <= _firstWord + _words.Length - 1 - 64)
            {
                return false;
            }

            var older = new ulong[_firstWord - word + _words.Length];
            _words.CopyTo(older, _firstWord - word);
            (_words, _firstWord) = (older, word);
        }

        ref var bits = ref _words[word - _firstWord];
        var bit = 1UL << (day & 63);
        if ((bits & bit) != 0)
        {
            return false;
        }

        bits |= bit;
        Count++;
        return true;
    }

    /// <summary>How many words there would be at most after adding a day.</summary>
    public int WordCountWith(int day)
    {
        var word = day >> 6;
        var newest = _firstWord + _words.Length - 1;
        return _words.Length == 0 ? 1
            : word > newest ? Math.Min(SpanDaysMax / 64, word - _firstWord + 1)
            : word < _firstWord && word > newest - 64 ? newest - word + 1
            : _words.Length;
    }

    /// <summary>Whether a day is in the set.</summary>
    public bool Contains(int day)
    {
        var index = (day >> 6) - _firstWord;
        return index >= 0 && index < _words.Length && (_words[index] & (1UL << (day & 63))) != 0;
    }

    /// <summary>The 64 days that end with the given one, as a mask: bit 0 is that day, bit 1 the day before.</summary>
    public ulong MaskEnding(int day)
    {
        var mask = 0UL;
        var upper = WordAt(day >> 6);
        var lower = WordAt((day >> 6) - 1);
        var shift = 63 - (day & 63);
        mask = shift == 0 ? upper : (upper << shift) | (lower >> (64 - shift));
        return Reverse(mask);
    }

    private static ulong Reverse(ulong value)
    {
        value = ((value >> 1) & 0x5555555555555555) | ((value & 0x5555555555555555) << 1);
        value = ((value >> 2) & 0x3333333333333333) | ((value & 0x3333333333333333) << 2);
        value = ((value >> 4) & 0x0F0F0F0F0F0F0F0F) | ((value & 0x0F0F0F0F0F0F0F0F) << 4);
        return System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value);
    }

    private ulong WordAt(int word)
    {
        var index = word - _firstWord;
        return index >= 0 && index < _words.Length ? _words[index] : 0;
    }

    private void GrowTo(int word)
    {
        // The oldest word that still lies within the span of the new newest one; empty leading words go with it.
        var first = Math.Max(_firstWord, word - 63);
        while (first < word && WordAt(first) == 0)
        {
            first++;
        }

        var grown = new ulong[word - first + 1];
        Count = 0;
        for (var w = first; w < word; w++)
        {
            grown[w - first] = WordAt(w);
            Count += BitOperations.PopCount(grown[w - first]);
        }

        (_words, _firstWord) = (grown, first);
    }
}
