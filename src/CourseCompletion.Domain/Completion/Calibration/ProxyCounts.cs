using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>How many learners were active in the week after a prediction, counted in bins of 1/4 logit between -8 and 8.</summary>
public sealed class ProxyCounts
{
    private const int BinsPerLogit = 4;
    private const double LogitMax = 8;
    private const int BinCount = (int)(2 * LogitMax * BinsPerLogit);

    private readonly ProxyBin[] _bins = new ProxyBin[BinCount];

    /// <summary>How many are counted.</summary>
    public double Count { get; private set; }

    /// <summary>Counts some at a logit.</summary>
    /// <param name="logit">The logit.</param>
    /// <param name="count">How many.</param>
    /// <param name="active">How many of them were active.</param>
    /// <param name="countMax">When there are more all counts are halved, so that old ones fade.</param>
    public void Add(double logit, double count, double active, double countMax)
    {
        var bin = (int)((Math.Clamp(logit, -LogitMax, LogitMax) + LogitMax) * BinsPerLogit);
        ref var at = ref _bins[Math.Min(BinCount - 1, bin)];
        at = new(at.Count + count, at.Active + active);
        Count += count;
        while (Count > countMax)
        {
            Halve();
        }
    }

    /// <summary>The bins that are not empty, each with the logit at its middle.</summary>
    public IEnumerable<(double Logit, ProxyBin Bin)> Bins()
    {
        for (var i = 0; i < BinCount; i++)
        {
            if (_bins[i].Count > 0)
            {
                yield return (((i + 0.5) / BinsPerLogit) - LogitMax, _bins[i]);
            }
        }
    }

    /// <summary>Writes the bins that are not empty.</summary>
    public void Write(PayloadWriter to)
    {
        to.UInt((uint)_bins.Count(bin => bin.Count > 0));
        for (var i = 0; i < BinCount; i++)
        {
            if (_bins[i].Count > 0)
            {
                to.Byte((byte)i);
                to.Double(_bins[i].Count);
                to.Double(_bins[i].Active);
            }
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged.</exception>
    public static ProxyCounts Read(ref PayloadReader from)
    {
        var read = new ProxyCounts();
        for (var left = from.Count(); left > 0; left--)
        {
            var i = from.Byte();
            if (i >= BinCount)
            {
                throw new StoreCorruptException("Stored proxy labels name a bin that there is not.");
            }

            read._bins[i] = new(from.Double(), from.Double());
            read.Count += read._bins[i].Count;
        }

        return read;
    }

    private void Halve()
    {
        Count = 0;
        for (var i = 0; i < BinCount; i++)
        {
            _bins[i] = new(_bins[i].Count / 2, _bins[i].Active / 2);
            Count += _bins[i].Count;
        }
    }
}

/// <summary>Proxy labels at about one logit.</summary>
/// <param name="Count">How many.</param>
/// <param name="Active">How many of them were active.</param>
public readonly record struct ProxyBin(double Count, double Active);
