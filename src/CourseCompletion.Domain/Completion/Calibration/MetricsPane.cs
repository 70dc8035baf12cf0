using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>Predictions counted in bins of 1/8 logit between -8 and 8.</summary>
internal sealed class MetricsPane
{
    private const int BinsPerLogit = 8;
    private const double LogitMax = 8;
    private const int BinCount = (int)(2 * LogitMax * BinsPerLogit);
    private const int EceBins = 15;

    private readonly Bin[] _bins = new Bin[BinCount];
    private double _squares;
    private double _logLoss;

    /// <summary>How many predictions were counted.</summary>
    public long Count { get; private set; }

    /// <summary>Counts a prediction.</summary>
    public void Add(double logit, bool completed)
    {
        logit = Math.Clamp(logit, -LogitMax, LogitMax);
        var p = PortableMath.Logistic(logit);
        ref var bin = ref _bins[Math.Min(BinCount - 1, (int)((logit + LogitMax) * BinsPerLogit))];
        bin = new(bin.Count + 1, bin.Positives + (completed ? 1 : 0), bin.Probabilities + p, bin.Variances + (p * (1 - p)));
        var error = (completed ? 1 : 0) - p;
        _squares += error * error;
        _logLoss += LogLossRules.Of(logit, completed);
        Count++;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_bins);
        (_squares, _logLoss, Count) = (0, 0, 0);
    }

    /// <summary>The figures of two panes together.</summary>
    public static PrequentialFigures FiguresOf(MetricsPane a, MetricsPane b)
    {
        var all = new Bin();
        double negativesBelow = 0, beaten = 0, error = 0, chance = 0;
        var open = new Bin();
        double closed = 0;
        var count = a.Count + b.Count;
        for (var i = 0; i < BinCount; i++)
        {
            var bin = a._bins[i].Plus(b._bins[i]);
            beaten += bin.Positives * (negativesBelow + ((bin.Count - bin.Positives) / 2.0));
            negativesBelow += bin.Count - bin.Positives;
            all = all.Plus(bin);
            open = open.Plus(bin);
            // A bin of the calibration error is full once the bins up to it hold their share.
            if (open.Count > 0 && (i == BinCount - 1 || (all.Count * EceBins) >= (closed + 1) * count))
            {
                error += Math.Abs(open.Positives - open.Probabilities);
                // The mean distance from 0 of a normal variable with the variance that the labels have by their own probabilities.
                chance += Math.Sqrt(2 / Math.PI * open.Variances);
                closed = Math.Floor((double)all.Count * EceBins / count);
                open = new();
            }
        }

        return new(
            count,
            (double)all.Positives / count,
            all.Probabilities / count,
            beaten / ((double)all.Positives * (count - all.Positives)),
            (a._squares + b._squares) / count,
            (a._logLoss + b._logLoss) / count,
            (error - chance) / count);
    }

    /// <summary>Writes the bins that are not empty.</summary>
    public void Write(PayloadWriter to)
    {
        to.Double(_squares);
        to.Double(_logLoss);
        to.UInt((uint)_bins.Count(bin => bin.Count > 0));
        for (var i = 0; i < BinCount; i++)
        {
            if (_bins[i].Count > 0)
            {
                to.Byte((byte)i);
                to.Int(_bins[i].Count);
                to.Int(_bins[i].Positives);
                to.Double(_bins[i].Probabilities);
                to.Double(_bins[i].Variances);
            }
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged.</exception>
    public static MetricsPane Read(ref PayloadReader from)
    {
        var read = new MetricsPane { _squares = from.Double(), _logLoss = from.Double() };
        for (var left = from.Count(); left > 0; left--)
        {
            var i = from.Byte();
            if (i >= BinCount)
            {
                throw new StoreCorruptException("Stored metrics name a bin that there is not.");
            }

            read._bins[i] = new(from.Int(), from.Int(), from.Double(), from.Double());
            read.Count += read._bins[i].Count;
        }

        return read;
    }

    private readonly record struct Bin(long Count, long Positives, double Probabilities, double Variances)
    {
        public Bin Plus(Bin other) => new(
            Count + other.Count, Positives + other.Positives, Probabilities + other.Probabilities, Variances + other.Variances);
    }
}
