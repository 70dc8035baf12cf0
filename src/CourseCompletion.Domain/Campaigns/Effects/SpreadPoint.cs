namespace CourseCompletion.Domain.Campaigns.Effects;

/// <summary>What follows if campaigns' true effects had one certain standard deviation.</summary>
/// <param name="Spread">That standard deviation.</param>
/// <param name="Mean">The mean effect then.</param>
/// <param name="MeanVariance">The variance of that mean.</param>
/// <param name="LogWeight">The logarithm of how plausible it is, up to a constant.</param>
internal readonly record struct SpreadPoint(double Spread, double Mean, double MeanVariance, double LogWeight)
{
    /// <summary>Evaluates one standard deviation.</summary>
    /// <param name="scales">The standard deviation in units of its prior's scale.</param>
    /// <param name="spreadScale">That scale.</param>
    /// <param name="meanScale">The prior standard deviation of the mean effect.</param>
    /// <param name="effects">What campaigns found.</param>
    public static SpreadPoint Of(double scales, double spreadScale, double meanScale, IReadOnlyList<CampaignEffect> effects)
    {
        var spread = scales * spreadScale;
        var (precision, weighted, squares, logs) = (1 / (meanScale * meanScale), 0d, 0d, 0d);
        foreach (var effect in effects.Where(effect => double.IsFinite(effect.StandardError)))
        {
            var weight = 1 / ((effect.StandardError * effect.StandardError) + (spread * spread));
            precision += weight;
            weighted += weight * effect.Value;
            squares += weight * effect.Value * effect.Value;
            logs += Math.Log(weight);
        }

        var mean = weighted / precision;
        return new(spread, mean, 1 / precision, (0.5 * (logs - Math.Log(precision) - squares + (precision * mean * mean))) - (0.5 * scales * scales));
    }

    /// <summary>A campaign's effect then: its own estimate and the mean, weighted by how much each tells.</summary>
    public (double Mean, double Variance) PosteriorOf(CampaignEffect effect)
    {
        var between = Spread * Spread;
        if (!double.IsFinite(effect.StandardError))
        {
            return (Mean, MeanVariance + between);
        }

        var within = effect.StandardError * effect.StandardError;
        var own = between / (between + within);
        return ((own * effect.Value) + ((1 - own) * Mean), (own * within) + ((1 - own) * (1 - own) * MeanVariance));
    }
}
