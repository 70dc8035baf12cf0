namespace CourseCompletion.Domain.Learners;

/// <summary>Which parts of a video were watched: the union of the watched intervals, in milliseconds, kept sorted, disjoint and not touching.</summary>
/// <remarks>A union does not depend on the order in which it is made. Half-open intervals [from, to).</remarks>
public sealed class Coverage
{
    private long[] _bounds = [];
    private int _used;

    /// <summary>How many separate intervals there are.</summary>
    public int IntervalCount => _used / 2;

    /// <summary>The length of the union, in milliseconds.</summary>
    public long LengthMs { get; private set; }

    /// <summary>The bounds from, to, from, to, ... in ascending order.</summary>
    public ReadOnlySpan<long> Bounds => _bounds.AsSpan(0, _used);

    /// <summary>How many intervals there would be after adding one.</summary>
    public int IntervalCountWith(long fromMs, long toMs)
    {
        var (first, last) = Touching(fromMs, toMs);
        return IntervalCount - (last - first) + 1;
    }

    /// <summary>Adds an interval; tells how many milliseconds were not covered before.</summary>
    public long Add(long fromMs, long toMs)
    {
        var (first, last) = Touching(fromMs, toMs);
        var merged = 0L;
        for (var i = first; i < last; i++)
        {
            merged += _bounds[(2 * i) + 1] - _bounds[2 * i];
        }

        if (last > first)
        {
            fromMs = Math.Min(fromMs, _bounds[2 * first]);
            toMs = Math.Max(toMs, _bounds[(2 * last) - 1]);
        }

        Replace(first, last, fromMs, toMs);
        var gained = toMs - fromMs - merged;
        LengthMs += gained;
        return gained;
    }

    /// <summary>The milliseconds covered below a position.</summary>
    public long LengthBelow(long limitMs)
    {
        var sum = 0L;
        for (var i = 0; i < _used && _bounds[i] < limitMs; i += 2)
        {
            sum += Math.Min(_bounds[i + 1], limitMs) - _bounds[i];
        }

        return sum;
    }

    /// <summary>Which hundredths of a video of this length were touched: bit k for [k/100, (k+1)/100).</summary>
    public UInt128 Hundredths(long lengthMs)
    {
        var bits = UInt128.Zero;
        for (var i = 0; i < _used && _bounds[i] < lengthMs; i += 2)
        {
            var first = (int)(_bounds[i] * 100 / lengthMs);
            var last = (int)Math.Min(99, (_bounds[i + 1] - 1) * 100 / lengthMs);
            bits |= ((UInt128.One << (last - first + 1)) - 1) << first;
        }

        return bits;
    }

    // The intervals [first, last) that overlap or touch the given one.
    private (int First, int Last) Touching(long fromMs, long toMs)
    {
        int low = 0, high = IntervalCount;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_bounds[(2 * middle) + 1] < fromMs)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        var last = low;
        while (last < IntervalCount && _bounds[2 * last] <= toMs)
        {
            last++;
        }

        return (low, last);
    }

    private void Replace(int first, int last, long fromMs, long toMs)
    {
        var grownBy = 2 * (1 - (last - first));
        if (_used + grownBy > _bounds.Length)
        {
            Array.Resize(ref _bounds, Math.Max(2, _bounds.Length * 2));
        }

        Array.Copy(_bounds, 2 * last, _bounds, (2 * last) + grownBy, _used - (2 * last));
        _used += grownBy;
        _bounds[2 * first] = fromMs;
        _bounds[(2 * first) + 1] = toMs;
    }
}
