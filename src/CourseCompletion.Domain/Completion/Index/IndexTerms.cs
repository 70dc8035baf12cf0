namespace CourseCompletion.Domain.Completion.Index;

/// <summary>The terms of both models, with what is believed of their coefficients before any data.</summary>
/// <remarks>Centres and scales are fixed, because what was learned under one scale cannot be read under another: a rate of 0.12 and an index of 0.018 are about the middle.</remarks>
public static class IndexTerms
{
    /// <summary>How many coefficients layer 2 has: the base and the slope b.</summary>
    public const int SlopeCount = 2;

    /// <summary>How many coefficients layer 3 has: the base, three rates, three interactions, the elapsed share.</summary>
    public const int FullCount = 8;

    private const double RateCentre = -2;
    private const double RateScale = 2;
    private const double IndexCentre = -4;
    private const double ElapsedCentre = 0.5;

    /// <summary>Layer 2's prior: b is expected at a half and, as far as the normal distribution knows, could be negative; readers cut it off at 0.</summary>
    public static PooledLogitPrior SlopePrior { get; } = new([-1, 0.5], [2, 0.5], PooledLogitPrior.CourseVarianceExpected);

    /// <summary>Layer 3's prior: the interactions' ridge is the narrow prior around 0.</summary>
    public static PooledLogitPrior FullPrior { get; } = new([-1, 0, 0, 0, 0, 0, 0, 0], [2, 0.7, 0.7, 0.7, 0.2, 0.2, 0.2, 1], PooledLogitPrior.CourseVarianceExpected);

    /// <summary>Layer 2's terms.</summary>
    public static double[] Slope(in IndexRates rates)
    {
        var mean = EngagementIndex.Mean(rates.Recommended.Mean, rates.Interacting.Mean, rates.Promoted.Mean);
        return [1, Math.Log(mean / (1 - mean)) - IndexCentre];
    }

    /// <summary>Layer 3's terms, in the order of <see cref="IndexTerm"/>.</summary>
    /// <param name="rates">The rates.</param>
    /// <param name="elapsedShare">The share of the course that has elapsed, 0 to 1.</param>
    public static double[] Full(in IndexRates rates, double elapsedShare)
    {
        var (r, i, p) = (Scaled(rates.Recommended), Scaled(rates.Interacting), Scaled(rates.Promoted));
        return [1, r, i, p, r * i, r * p, i * p, elapsedShare - ElapsedCentre];
    }

    /// <summary>What the rates' own errors add to the variance of layer 3's logit, to first order.</summary>
    public static double RateVariance(in IndexRates rates, ReadOnlySpan<double> coefficients)
    {
        var (r, i, p) = (Scaled(rates.Recommended), Scaled(rates.Interacting), Scaled(rates.Promoted));
        var byR = (coefficients[1] + (coefficients[4] * i) + (coefficients[5] * p)) * rates.Recommended.LogitDeviation / RateScale;
        var byI = (coefficients[2] + (coefficients[4] * r) + (coefficients[6] * p)) * rates.Interacting.LogitDeviation / RateScale;
        var byP = (coefficients[3] + (coefficients[5] * r) + (coefficients[6] * i)) * rates.Promoted.LogitDeviation / RateScale;
        return (byR * byR) + (byI * byI) + (byP * byP);
    }

    private static double Scaled(in RateEstimate rate) => (rate.Logit - RateCentre) / RateScale;
}
