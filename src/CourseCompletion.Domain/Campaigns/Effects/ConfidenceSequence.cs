namespace CourseCompletion.Domain.Campaigns.Effects;

/// <summary>Intervals that cover the truth at all times at once, so that looking every day and stopping at will does no harm.</summary>
/// <remarks>
/// <para>
/// The asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, "Time-uniform central limit theory and asymptotic confidence sequences" (Annals of
/// Statistics 52, 2024; arXiv 2103.06476), from Robbins' normal mixture (Howard, Ramdas, McAuliffe and Sekhon, Annals of Statistics 49, 2021). After t observations with standard
/// deviation s the half-width is
/// </para>
/// <code>
/// s * sqrt( 2 (t rho^2 + 1) / (t^2 rho^2) * ln( sqrt(t rho^2 + 1) / alpha ) )
///   = standard error * sqrt( (1 + 1/r) * ( ln(1 + r) + 2 ln(1/alpha) ) ),     standard error = s / sqrt(t),  r = t rho^2
/// </code>
/// <para>
/// Any rho is valid if it is chosen beforehand. It is narrowest at about t* observations with rho^2 = ( -2 ln alpha + ln(1 - 2 ln alpha) ) / t*. At t* and alpha = 0.05 that is
/// 3.0 standard errors where a single look takes 1.96.
/// </para>
/// </remarks>
public static class ConfidenceSequence
{
    /// <summary>The half-width in standard errors.</summary>
    /// <param name="count">How many observations there are, above 0.</param>
    /// <param name="tunedCount">At how many it is narrowest, above 0.</param>
    /// <param name="alpha">The chance that the truth is ever outside, above 0 and below 1.</param>
    public static double Deviations(double count, double tunedCount, double alpha)
    {
        var ratio = RatioOf(count, tunedCount, alpha);
        return Math.Sqrt((1 + (1 / ratio)) * (Math.Log(1 + ratio) - (2 * Math.Log(alpha))));
    }

    /// <summary>The same where the standard error was estimated from so few observations that its own error counts.</summary>
    /// <remarks>
    /// The t-test that holds at every look: the same mixture with the variance unknown, whose Bayes factor of a t with v degrees of freedom is
    /// <code>(1 + r)^(-1/2) * ( (1 + t^2 / v) / (1 + t^2 / (v (1 + r))) )^((v + 1) / 2)</code>
    /// (Wang and Ramdas, "Anytime-valid t-tests and confidence sequences for Gaussian means with unknown variance", arXiv 2310.03722, theorem 4.9; Lindon, Ham, Tingley and Bojinov,
    /// "Anytime-valid linear models", arXiv 2210.08589). The half-width is the t at which it reaches 1 / alpha; with few degrees of freedom it never does, and nothing is known.
    /// </remarks>
    /// <param name="count">How many observations there are, above 0.</param>
    /// <param name="tunedCount">At how many it is narrowest, above 0.</param>
    /// <param name="alpha">The chance that the truth is ever outside, above 0 and below 1.</param>
    /// <param name="degrees">The degrees of freedom of the standard error, above 0.</param>
    /// <returns>Standard errors; infinite when nothing is known.</returns>
    public static double StudentDeviations(double count, double tunedCount, double alpha, double degrees)
    {
        var ratio = RatioOf(count, tunedCount, alpha);
        var factor = Math.Pow(Math.Sqrt(1 + ratio) / alpha, 2 / (degrees + 1));
        return factor < 1 + ratio ? Math.Sqrt(degrees * (factor - 1) / (1 - (factor / (1 + ratio)))) : double.PositiveInfinity;
    }

    /// <summary>The distance of a bound on one side only, in standard errors; the other side is open.</summary>
    /// <remarks>The closed form of the one-sided normal mixture boundary of Howard et al.: ln( sqrt(1 + r) / alpha ) becomes ln( 1 + sqrt(1 + r) / (2 alpha) ), and rho is tuned for 2 alpha.</remarks>
    /// <param name="count">How many observations there are, above 0.</param>
    /// <param name="tunedCount">At how many it is tightest, above 0.</param>
    /// <param name="alpha">The chance that the truth is ever beyond it, above 0 and below 0.5.</param>
    public static double OneSidedDeviations(double count, double tunedCount, double alpha)
    {
        var ratio = RatioOf(count, tunedCount, 2 * alpha);
        return Math.Sqrt((1 + (1 / ratio)) * 2 * Math.Log(1 + (Math.Sqrt(1 + ratio) / (2 * alpha))));
    }

    private static double RatioOf(double count, double tunedCount, double alpha)
    {
        var twice = -2 * Math.Log(alpha);
        return count / tunedCount * (twice + Math.Log(1 + twice));
    }
}
