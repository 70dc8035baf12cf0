using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace CourseCompletion.Domain.Learners;

/// <summary>A set of UTC days (days since 1970-01-01), as a bitmap that ends with its newest word.</summary>
/// <remarks>
/// Holds the newest <see cref="SpanDaysMax"/> days or so; older days are let go of, the same ones whatever the order of arrival. A struct that changes: its owner keeps
/// it in a field and hands it out by reference; a copy is for reading only.
/// </remarks>
public struct DaySet
{
    /// <summary>How far back from its newest day's word the set reaches: 4,096 days, about 11 years.</summary>
    public const int SpanDaysMax = 64 * 64;

    // Up to two words (two to four months) lie here, more of them all in the array.
    private TwoWords _few;
    private ulong[]? _many;
    private int _firstWord;
    private int _length;

    /// <summary>How many days are in the set.</summary>
    public int Count { get; private set; }

    /// <summary>The newest day, or -1 for an empty set.</summary>
    public readonly int Newest => _length == 0 ? -1 : ((_firstWord + _length) * 64) - 1 - BitOperations.LeadingZeroCount(Words[^1]);

    /// <summary>The number of the first word (64 days each since 1970-01-01).</summary>
    public readonly int FirstWord => _firstWord;

    /// <summary>The words, oldest first; neither the first nor the last is zero.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<ulong> Words => _many ?? ((ReadOnlySpan<ulong>)_few)[.._length];

    /// <summary>Rebuilds a set from its stored words.</summary>
    public static DaySet Restore(int firstWord, ReadOnlySpan<ulong> words)
    {
        var set = new DaySet();
        set.Replace(firstWord, words);
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
        if (_length == 0)
        {
            Replace(word, [0]);
        }
        else if (word >= _firstWord + _length)
        {
            GrowTo(word);
        }
        else if (word < _firstWord)
        {
            if (word <= _firstWord + _length - 1 - 64)
            {
                return false;
            }

            Span<ulong> older = stackalloc ulong[_firstWord - word + _length];
            older.Clear();
            Words.CopyTo(older[(_firstWord - word)..]);
            Replace(word, older);
        }

        ref var bits = ref (_many is null ? ref _few[word - _firstWord] : ref _many[word - _firstWord]);
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
    public readonly int WordCountWith(int day)
    {
        var word = day >> 6;
        var newest = _firstWord + _length - 1;
        return _length == 0 ? 1
            : word > newest ? Math.Min(SpanDaysMax / 64, word - _firstWord + 1)
            : word < _firstWord && word > newest - 64 ? newest - word + 1
            : _length;
    }

    /// <summary>Whether a day is in the set.</summary>
    public readonly bool Contains(int day) => (WordAt(day >> 6) & (1UL << (day & 63))) != 0;

    /// <summary>The 64 days that end with the given one, as a mask: bit 0 is that day, bit 1 the day before.</summary>
    public readonly ulong MaskEnding(int day)
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

    private readonly ulong WordAt(int word)
    {
        var index = word - _firstWord;
        return index >= 0 && index < _length ? Words[index] : 0;
    }

    private void GrowTo(int word)
    {
        // The oldest word that still lies within the span of the new newest one; empty leading words go with it.
        var first = Math.Max(_firstWord, word - 63);
        while (first < word && WordAt(first) == 0)
        {
            first++;
        }

        Span<ulong> grown = stackalloc ulong[word - first + 1];
        grown.Clear();
        Count = 0;
        for (var w = first; w < word; w++)
        {
            grown[w - first] = WordAt(w);
            Count += BitOperations.PopCount(grown[w - first]);
        }

        Replace(first, grown);
    }

    private void Replace(int firstWord, ReadOnlySpan<ulong> words)
    {
        (_firstWord, _length) = (firstWord, words.Length);
        if (words.Length <= TwoWords.Length)
        {
            _many = null;
            words.CopyTo(_few);
        }
        else
        {
            _many = words.ToArray();
        }
    }

    [InlineArray(Length)]
    private struct TwoWords
    {
        public const int Length = 2;

        private ulong _first;
    }
}
