using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>ADWIN: a window over a stream that grows while its mean stays and drops its older part once the two parts' means differ beyond chance.</summary>
/// <remarks>
/// Bifet and Gavalda, "Learning from time-changing data with adaptive windowing" (SDM 2007), with the variance-based bound of their section 3.2. The window lies in an
/// exponential histogram: at most <see cref="BucketsPerRowMax"/> buckets in each row, a row's buckets holding 2^row values. Values are expected between 0 and 1.
/// </remarks>
/// <param name="delta">How unlikely a false alarm is at each look, above 0 and below 1.</param>
public sealed class Adwin(double delta)
{
    /// <summary>How many buckets a row has before its two oldest become one of the next row.</summary>
    public const int BucketsPerRowMax = 5;

    /// <summary>How many rows there are: the window holds at most about five million values.</summary>
    public const int RowsMax = 20;

    private const int LookEvery = 32;
    private const int PartMin = 32;
    private const byte Format = 1;

    // A row's buckets, oldest first; rows of ever larger and older buckets.
    private readonly List<Bucket>[] _rows = [.. Enumerable.Range(0, RowsMax).Select(_ => new List<Bucket>(BucketsPerRowMax + 1))];
    private double _sum;
    private double _squares;
    private int _sinceLook;

    /// <summary>How many values the window holds.</summary>
    public long Width { get; private set; }

    /// <summary>The mean of the values in the window; 0 when it is empty.</summary>
    public double Mean => Width == 0 ? 0 : _sum / Width;

    /// <summary>How many buckets the window takes, at most <see cref="BucketsPerRowMax"/> x <see cref="RowsMax"/>.</summary>
    public int BucketCount => _rows.Sum(row => row.Count);

    /// <summary>Takes a value; true when older values were dropped because the mean has changed.</summary>
    public bool Add(double value)
    {
        value = Math.Clamp(value, 0, 1);
        _rows[0].Add(new(value, value * value));
        Width++;
        _sum += value;
        _squares += value * value;
        Compress();
        if (++_sinceLook < LookEvery)
        {
            return false;
        }

        _sinceLook = 0;
        var hasChanged = false;
        while (Width >= 2 * PartMin && HasCut())
        {
            DropOldest();
            hasChanged = true;
        }

        return hasChanged;
    }

    /// <summary>Writes the window.</summary>
    public void Write(PayloadWriter to)
    {
        to.Byte(Format);
        to.UInt((uint)_sinceLook);
        to.Double(_sum);
        to.Double(_squares);
        foreach (var row in _rows)
        {
            to.UInt((uint)row.Count);
            foreach (var bucket in row)
            {
                to.Double(bucket.Sum);
                to.Double(bucket.Squares);
            }
        }
    }

    /// <summary>Reads a window that <see cref="Write"/> wrote.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static Adwin Read(ref PayloadReader from, double delta)
    {
        if (from.Byte() != Format)
        {
            throw new StoreCorruptException("A drift window has a format that this release does not know: run the release that wrote it, or a newer one.");
        }

        var read = new Adwin(delta) { _sinceLook = (int)from.UInt(), _sum = from.Double(), _squares = from.Double() };
        for (var row = 0; row < RowsMax; row++)
        {
            for (var left = from.Count(); left > 0; left--)
            {
                read._rows[row].Add(new(from.Double(), from.Double()));
                read.Width += 1L << row;
            }
        }

        return read;
    }

    // Two oldest of a full row become one of the next; the last row's oldest leaves the window.
    private void Compress()
    {
        for (var row = 0; row < RowsMax && _rows[row].Count > BucketsPerRowMax; row++)
        {
            var buckets = _rows[row];
            if (row == RowsMax - 1)
            {
                DropOldest();
                return;
            }

            _rows[row + 1].Add(new(buckets[0].Sum + buckets[1].Sum, buckets[0].Squares + buckets[1].Squares));
            buckets.RemoveRange(0, 2);
        }
    }

    private bool HasCut()
    {
        var variance = Math.Max(0, (_squares / Width) - (Mean * Mean));
        // ln(2 / delta') with delta' = delta / ln(width), as in the paper.
        var confidence = PortableMath.Log1P((2 * Math.Max(1, PortableMath.Log1P(Width - 1)) / delta) - 1);
        long older = 0;
        double olderSum = 0;
        for (var row = RowsMax - 1; row >= 0; row--)
        {
            foreach (var bucket in _rows[row])
            {
                older += 1L << row;
                olderSum += bucket.Sum;
                var newer = Width - older;
                if (newer < PartMin)
                {
                    return false;
                }

                if (older >= PartMin)
                {
                    var inverse = (1.0 / older) + (1.0 / newer);
                    var bound = Math.Sqrt(2 * inverse * variance * confidence) + (2.0 / 3 * inverse * confidence);
                    if (Math.Abs((olderSum / older) - ((_sum - olderSum) / newer)) > bound)
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    private void DropOldest()
    {
        var row = RowsMax - 1;
        while (_rows[row].Count == 0)
        {
            row--;
        }

        var oldest = _rows[row][0];
        _rows[row].RemoveAt(0);
        Width -= 1L << row;
        _sum -= oldest.Sum;
        _squares -= oldest.Squares;
    }

    private readonly record struct Bucket(double Sum, double Squares);
}
