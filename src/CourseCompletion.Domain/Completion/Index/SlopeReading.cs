namespace CourseCompletion.Domain.Completion.Index;

/// <summary>The second layer read for one course: logit C = a + b logit(index), with b at least 0.</summary>
/// <param name="Probability">C.</param>
/// <param name="Slope">b.</param>
/// <param name="IsIdentified">Whether the data say something of b.</param>
public sealed record SlopeReading(Interval90 Probability, Interval90 Slope, bool IsIdentified)
{
    private const int Cells = 64;
    private const double Reach = 5;

    /// <summary>Reads a course.</summary>
    /// <remarks>
    /// The normal posterior is cut off where b is negative: b on a grid of 64 cells, the logit given b normal, and the quantiles of that mixture by bisection.
    /// </remarks>
    /// <param name="posterior">Layer 2's posterior.</param>
    /// <param name="course">The course.</param>
    /// <param name="rates">Its rates.</param>
    public static SlopeReading Of(PooledLogitPosterior posterior, string course, in IndexRates rates)
    {
        var terms = IndexTerms.Slope(rates);
        var (mean, variance) = posterior.Linear(course, terms);
        var (slope, slopeVariance) = (posterior.Means[1], posterior.Variance(1));
        var lean = posterior.CovarianceWith(course, terms, 1) / slopeVariance;
        var error = EngagementIndex.LogitVarianceOf(rates);
        var slopes = GridOf(slope, Math.Sqrt(slopeVariance));
        var weights = slopes.Select(b => -(b - slope) * (b - slope) / (2 * slopeVariance)).ToArray();
        var highest = weights.Max();
        var normals = slopes.Select((b, i) => new WeightedNormal(
            Math.Exp(weights[i] - highest),
            mean + (lean * (b - slope)),
            Math.Sqrt(Math.Max(0, variance - (lean * lean * slopeVariance)) + (b * b * error)))).ToArray();
        var cell = (slopes[1] - slopes[0]) / 2;
        var smoothed = WeightedNormal.IntervalOf([.. slopes.Select((b, i) => new WeightedNormal(normals[i].Weight, b, cell))]);
        return new(WeightedNormal.IntervalOf(normals).FromLogit(), smoothed with { Low = Math.Max(0, smoothed.Low) }, posterior.IsIdentified(1));
    }

    private static double[] GridOf(double slope, double deviation)
    {
        var (from, to) = (Math.Max(0, slope - (Reach * deviation)), Math.Max(0, slope) + (Reach * deviation));
        return [.. Enumerable.Range(0, Cells).Select(i => from + ((to - from) * (i + 0.5) / Cells))];
    }
}

/// <summary>A part of a mixture of normal distributions.</summary>
/// <param name="Weight">Its weight, relative to the others.</param>
/// <param name="Mean">Its mean.</param>
/// <param name="Deviation">Its standard deviation.</param>
internal readonly record struct WeightedNormal(double Weight, double Mean, double Deviation)
{
    private const double Tail = 0.05;

    /// <summary>The mixture's median and its 5 % and 95 % quantiles.</summary>
    public static Interval90 IntervalOf(WeightedNormal[] parts)
    {
        var total = parts.Sum(part => part.Weight);
        return new(Quantile(parts, total, 0.5), Quantile(parts, total, Tail), Quantile(parts, total, 1 - Tail));
    }

    private static double Quantile(WeightedNormal[] parts, double total, double share)
    {
        var low = parts.Min(part => part.Mean - (10 * part.Deviation));
        var high = parts.Max(part => part.Mean + (10 * part.Deviation));
        for (var halving = 0; halving < 40; halving++)
        {
            var middle = (low + high) / 2;
            var below = parts.Sum(part => part.Weight * Below((middle - part.Mean) / part.Deviation)) / total;
            (low, high) = below < share ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    // The standard normal distribution by Abramowitz and Stegun 26.2.17; error below 7.5e-8.
    private static double Below(double z)
    {
        var t = 1 / (1 + (0.2316419 * Math.Abs(z)));
        var above = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI)
            * t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return z >= 0 ? 1 - above : above;
    }
}
