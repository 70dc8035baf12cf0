namespace CourseCompletion.Domain.Campaigns.Effects;

/// <summary>The logarithm of the gamma function.</summary>
internal static class LogGamma
{
    private const double HalfLogTwoPi = 0.91893853320467274178;

    /// <summary>ln Gamma(x) for x above 0, by Stirling's series after shifting x to 10 or more; absolute error below 1e-11.</summary>
    public static double Of(double x)
    {
        var shift = 0d;
        for (; x < 10; x++)
        {
            shift += Math.Log(x);
        }

        var square = 1 / (x * x);
        var series = ((1.0 / 12) - (square * ((1.0 / 360) - (square * ((1.0 / 1260) - (square / 1680)))))) / x;
        return ((x - 0.5) * Math.Log(x)) - x + HalfLogTwoPi + series - shift;
    }
}
