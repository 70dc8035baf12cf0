using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Learners;

/// <summary>Which parts of a video were watched: the union of the watched intervals, in milliseconds, kept sorted, disjoint and not touching.</summary>
/// <remarks>
/// A union does not depend on the order in which it is made. Half-open intervals [from, to). A struct that changes: its owner keeps it in a field and hands it out by
/// reference; a copy is for reading only.
/// </remarks>
public struct Coverage
{
    // Most videos are watched in one piece, which lies here; more pieces all lie in the array.
    private OneInterval _single;
    private long[]? _several;
    private int _used;

    /// <summary>How many separate intervals there are.</summary>
    public readonly int IntervalCount => _used / 2;

    /// <summary>The length of the union, in milliseconds.</summary>
    public long LengthMs { get; private set; }

    /// <summary>The bounds from, to, from, to, ... in ascending order.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<long> Bounds => _several is null ? ((ReadOnlySpan<long>)_single)[.._used] : _several.AsSpan(0, _used);

    /// <summary>How many intervals there would be after adding one.</summary>
    public readonly int IntervalCountWith(long fromMs, long toMs)
    {
        var (first, last) = Touching(fromMs, toMs);
        return IntervalCount - (last - first) + 1;
    }

    /// <summary>Adds an interval; tells how many milliseconds were not covered before.</summary>
    public long Add(long fromMs, long toMs)
    {
        var (first, last) = Touching(fromMs, toMs);
        var bounds = Bounds;
        var merged = 0L;
        for (var i = first; i < last; i++)
        {
            merged += bounds[(2 * i) + 1] - bounds[2 * i];
        }

        if (last > first)
        {
            fromMs = Math.Min(fromMs, bounds[2 * first]);
            toMs = Math.Max(toMs, bounds[(2 * last) - 1]);
        }

        Replace(first, last, fromMs, toMs);
        var gained = toMs - fromMs - merged;
        LengthMs += gained;
        return gained;
    }

    /// <summary>The milliseconds covered below a position.</summary>
    public readonly long LengthBelow(long limitMs)
    {
        var bounds = Bounds;
        var sum = 0L;
        for (var i = 0; i < bounds.Length && bounds[i] < limitMs; i += 2)
        {
            sum += Math.Min(bounds[i + 1], limitMs) - bounds[i];
        }

        return sum;
    }

    /// <summary>The first position that is not covered, at most the given length; gaps shorter than some length are passed over.</summary>
    public readonly long FirstGap(long lengthMs, long gapMsMin)
    {
        var bounds = Bounds;
        var coveredToMs = 0L;
        for (var i = 0; i < bounds.Length && bounds[i] - coveredToMs < gapMsMin; i += 2)
        {
            coveredToMs = bounds[i + 1];
        }

        return Math.Min(coveredToMs, lengthMs);
    }

    /// <summary>Which hundredths of a video of this length were touched: bit k for [k/100, (k+1)/100).</summary>
    public readonly UInt128 Hundredths(long lengthMs)
    {
        var bounds = Bounds;
        var bits = UInt128.Zero;
        for (var i = 0; i < bounds.Length && bounds[i] < lengthMs; i += 2)
        {
            var first = (int)(bounds[i] * 100 / lengthMs);
            var last = (int)Math.Min(99, (bounds[i + 1] - 1) * 100 / lengthMs);
            bits |= ((UInt128.One << (last - first + 1)) - 1) << first;
        }

        return bits;
    }

    /// <summary>Whether a piece of at least some length of an interval is covered.</summary>
    public readonly bool Overlaps(long fromMs, long toMs, long lengthMsMin)
    {
        var (first, last) = Touching(fromMs, toMs);
        var bounds = Bounds;
        for (var i = first; i < last; i++)
        {
            if (Math.Min(toMs, bounds[(2 * i) + 1]) - Math.Max(fromMs, bounds[2 * i]) >= lengthMsMin)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds to another what of an interval is covered here, in pieces of at least some length.</summary>
    public readonly void IntersectInto(ref Coverage other, long fromMs, long toMs, long lengthMsMin)
    {
        var (first, last) = Touching(fromMs, toMs);
        var bounds = Bounds;
        for (var i = first; i < last; i++)
        {
            var (start, end) = (Math.Max(fromMs, bounds[2 * i]), Math.Min(toMs, bounds[(2 * i) + 1]));
            if (end - start >= lengthMsMin)
            {
                other.Add(start, end);
            }
        }
    }

    /// <summary>Covers the smallest gap between two intervals; there must be two.</summary>
    public void JoinClosest()
    {
        var bounds = Bounds;
        var at = 1;
        for (var i = 3; i < bounds.Length - 1; i += 2)
        {
            at = bounds[i + 1] - bounds[i] < bounds[at + 1] - bounds[at] ? i : at;
        }

        Add(bounds[at], bounds[at + 1]);
    }

    /// <summary>One that changes without this one.</summary>
    public readonly Coverage Copy()
    {
        var copy = this;
        copy._several = (long[]?)_several?.Clone();
        return copy;
    }

    internal readonly void Write(PayloadWriter to)
    {
        to.UInt((uint)IntervalCount);
        var previous = 0L;
        foreach (var bound in Bounds)
        {
            to.UInt((ulong)(bound - previous));
            previous = bound;
        }
    }

    internal static Coverage Read(ref PayloadReader from)
    {
        var coverage = default(Coverage);
        var bound = 0L;
        for (var left = from.Count(); left > 0; left--)
        {
            var start = bound + (long)from.UInt();
            bound = start + (long)from.UInt();
            coverage.Add(start, bound);
        }

        return coverage;
    }

    // The intervals [first, last) that overlap or touch the given one.
    private readonly (int First, int Last) Touching(long fromMs, long toMs)
    {
        var bounds = Bounds;
        int low = 0, high = IntervalCount;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (bounds[(2 * middle) + 1] < fromMs)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        var last = low;
        while (last < IntervalCount && bounds[2 * last] <= toMs)
        {
            last++;
        }

        return (low, last);
    }

    private void Replace(int first, int last, long fromMs, long toMs)
    {
        var used = _used + (2 * (1 - (last - first)));
        var capacity = _several?.Length ?? OneInterval.BoundCount;
        if (used > capacity)
        {
            var grown = new long[capacity * 2];
            Bounds.CopyTo(grown);
            _several = grown;
        }

        var bounds = _several is null ? (Span<long>)_single : _several;
        bounds[(2 * last).._used].CopyTo(bounds[((2 * first) + 2)..]);
        bounds[2 * first] = fromMs;
        bounds[(2 * first) + 1] = toMs;
        _used = used;
    }

    [InlineArray(BoundCount)]
    private struct OneInterval
    {
        public const int BoundCount = 2;

        private long _from;
    }
}
