namespace CourseCompletion.Domain.Completion.Index;

/// <summary>The first layer: an index of R, I and P. It has no baseline and is not a probability.</summary>
public static class EngagementIndex
{
    /// <summary>RI + RP + IP: 0 to 3. For 0.1, 0.05 and 0.2 it is 0.035.</summary>
    public static double Sum(double r, double i, double p) => (r * i) + (r * p) + (i * p);

    /// <summary>The same divided by 3: 0 to 1.</summary>
    public static double Mean(double r, double i, double p) => Sum(r, i, p) / 3;

    /// <summary>The mean of shrunk rates with its interval: the rates' errors carried over to first order, on the logit scale.</summary>
    public static Interval90 Of(in IndexRates rates)
    {
        var mean = Mean(rates.Recommended.Mean, rates.Interacting.Mean, rates.Promoted.Mean);
        return Interval90.OfLogit(Math.Log(mean / (1 - mean)), LogitVarianceOf(rates));
    }

    /// <summary>The variance of the mean's logit.</summary>
    public static double LogitVarianceOf(in IndexRates rates)
    {
        var mean = Mean(rates.Recommended.Mean, rates.Interacting.Mean, rates.Promoted.Mean);
        var scale = mean * (1 - mean);
        return VarianceOf(rates) / (scale * scale);
    }

    private static double VarianceOf(in IndexRates rates)
    {
        var (r, i, p) = (rates.Recommended, rates.Interacting, rates.Promoted);
        return Square((i.Mean + p.Mean) / 3 * r.Deviation) + Square((r.Mean + p.Mean) / 3 * i.Deviation) + Square((r.Mean + i.Mean) / 3 * p.Deviation);
    }

    private static double Square(double x) => x * x;
}
