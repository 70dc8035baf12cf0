using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Insights;

/// <summary>Positions in a video, to the tenth of a second, each once: all of them while they are few, a fixed sample of them beyond.</summary>
/// <remarks>
/// Of too many those with the smallest hashes stay, so that what is kept does not depend on the order in which positions come. A struct that changes: its owner keeps it in
/// a field and hands it out by reference; a copy is for reading only.
/// </remarks>
public struct PositionSample
{
    /// <summary>How many positions are kept.</summary>
    public const int PositionsMax = 32;

    internal const int PositionBytes = 3;
    private const int TenthMs = 100;

    // By ascending hash.
    private CompactList<int> _tenths;

    /// <summary>How many there are.</summary>
    public readonly int Count => _tenths.Count;

    /// <summary>The earliest position, in milliseconds; null when there is none.</summary>
    public readonly long? EarliestMs
    {
        get
        {
            var earliest = int.MaxValue;
            foreach (var tenths in _tenths)
            {
                earliest = Math.Min(earliest, tenths);
            }

            return Count == 0 ? null : (long)earliest * TenthMs;
        }
    }

    /// <summary>Adds a position in milliseconds.</summary>
    public void Add(long positionMs) => AddTenths((int)(positionMs / TenthMs));

    /// <summary>Which hundredths of a video of this length they lie in: bit k for [k/100, (k+1)/100).</summary>
    public readonly UInt128 Hundredths(long lengthMs)
    {
        var bits = UInt128.Zero;
        foreach (var tenths in _tenths)
        {
            var positionMs = (long)tenths * TenthMs;
            bits |= positionMs < lengthMs ? UInt128.One << (int)(positionMs * 100 / lengthMs) : 0;
        }

        return bits;
    }

    /// <summary>Writes what is kept.</summary>
    public readonly void Write(PayloadWriter to)
    {
        to.UInt((uint)Count);
        foreach (var tenths in _tenths)
        {
            to.UInt((uint)tenths);
        }
    }

    /// <summary>Reads what was written.</summary>
    /// <exception cref="StoreCorruptException">The bytes end early.</exception>
    public static PositionSample Read(ref PayloadReader from)
    {
        var sample = default(PositionSample);
        for (var left = from.Count(); left > 0; left--)
        {
            sample.AddTenths((int)from.UInt());
        }

        return sample;
    }

    internal readonly PositionSample Copy()
    {
        var copy = default(PositionSample);
        foreach (var tenths in _tenths)
        {
            copy._tenths.Add(tenths);
        }

        return copy;
    }

    private void AddTenths(int tenths)
    {
        int low = 0, high = Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (HashOf(_tenths[middle]) < HashOf(tenths))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        if (low < Count && _tenths[low] == tenths)
        {
            return;
        }

        if (Count < PositionsMax)
        {
            _tenths.Insert(low, tenths);
        }
        else if (low < Count)
        {
            _tenths.RemoveAt(Count - 1);
            _tenths.Insert(low, tenths);
        }
    }

    // Fibonacci hashing (Knuth, The Art of Computer Programming 6.4): an odd factor, so that no two positions share a hash.
    private static uint HashOf(int tenths) => (uint)tenths * 2654435769;
}
