using System.Numerics;

namespace CourseCompletion.Domain.Completion;

/// <summary>A set of places (0, 1, 2, ...), as a bitmap: the first 64 without an array, and an array for more of them once one is in the set.</summary>
internal struct PlaceSet
{
    private ulong _first;
    private ulong[]? _more;

    /// <summary>Puts a place into the set or takes it out; tells whether that changed the set.</summary>
    public bool Set(int place, bool isIn)
    {
        if (Contains(place) == isIn)
        {
            return false;
        }

        var word = (place >> 6) - 1;
        if (word >= (_more?.Length ?? 0))
        {
            Array.Resize(ref _more, word + 1);
        }

        (word < 0 ? ref _first : ref _more![word]) ^= 1UL << (place & 63);
        return true;
    }

    /// <summary>How many of the places below a limit are in the set.</summary>
    public readonly int CountBelow(int limit)
    {
        var count = 0;
        for (var place = 0; place < limit; place += 64)
        {
            var word = WordOf(place);
            count += BitOperations.PopCount(limit - place >= 64 ? word : word & ((1UL << (limit - place)) - 1));
        }

        return count;
    }

    private readonly bool Contains(int place) => (WordOf(place) & (1UL << (place & 63))) != 0;

    private readonly ulong WordOf(int place)
    {
        var word = (place >> 6) - 1;
        return word < 0 ? _first : _more is not null && word < _more.Length ? _more[word] : 0;
    }
}
