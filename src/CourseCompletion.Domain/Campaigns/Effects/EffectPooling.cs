namespace CourseCompletion.Domain.Campaigns.Effects;

/// <summary>Pools what several campaigns found about a rare and late outcome, completion, of which no campaign alone sees enough.</summary>
/// <remarks>
/// <para>
/// Random effects: estimate_i ~ N(effect_i, standard error_i^2), effect_i ~ N(mu, tau^2). tau is half-normal with scale <see cref="SpreadScale"/> and integrated out on a grid instead of being
/// plugged in (DerSimonian and Laird's or REML's estimate of few campaigns is often 0, which would make all campaigns the same). mu ~ N(0, <see cref="MeanScale"/>^2): large trials of
/// reminders found effects on completion near zero.
/// </para>
/// <para>
/// Half-widths are posterior deviations times the factor of <see cref="ConfidenceSequence"/>, not 1.96: a posterior that is looked at daily and read as a claim would err more often
/// than it says wherever the prior is wrong.
/// </para>
/// </remarks>
public static class EffectPooling
{
    /// <summary>By how much the mean effect of campaigns may differ from zero: a standard deviation, in shares.</summary>
    public const double MeanScale = 0.05;

    /// <summary>By how much campaigns may differ: the scale of the half-normal prior, in shares.</summary>
    public const double SpreadScale = 0.03;

    private const int GridSteps = 48;
    private const double GridStep = 4.0 / GridSteps;

    /// <summary>Pools effects; none of them needs to be known well, or at all.</summary>
    public static PooledEffects Pool(IReadOnlyList<CampaignEffect> effects, EffectPolicy policy)
    {
        var points = Enumerable.Range(0, GridSteps + 1).Select(step => SpreadPoint.Of(step * GridStep, SpreadScale, MeanScale, effects)).ToList();
        var top = points.Max(point => point.LogWeight);
        var weights = points.Select(point => Math.Exp(point.LogWeight - top)).ToList();
        var total = weights.Sum();
        var overall = Mix(point => (point.Mean, point.MeanVariance));
        var campaigns = effects.Select(effect => Bounds(effect, Mix(point => point.PosteriorOf(effect)))).ToList();
        return new(Bounds(new("", 0, 0, effects.Sum(effect => effect.Units)), overall), points.Zip(weights, (point, weight) => point.Spread * weight).Sum() / total, campaigns);

        // The mean and variance of a mixture over the grid.
        (double Mean, double Variance) Mix(Func<SpreadPoint, (double Mean, double Variance)> posterior)
        {
            var parts = points.Select(posterior).ToList();
            var mean = parts.Zip(weights, (part, weight) => part.Mean * weight).Sum() / total;
            var variance = parts.Zip(weights, (part, weight) => (part.Variance + ((part.Mean - mean) * (part.Mean - mean))) * weight).Sum() / total;
            return (mean, variance);
        }

        PooledEffect Bounds(CampaignEffect own, (double Mean, double Variance) posterior)
        {
            // Other campaigns alone are no proof of what a campaign does that nothing is known of.
            var half = double.IsFinite(own.StandardError)
                ? Math.Sqrt(posterior.Variance) * ConfidenceSequence.Deviations(Math.Max(1, own.Units), policy.TunedUnits, policy.Alpha)
                : double.PositiveInfinity;
            return new(own.Campaign, posterior.Mean, Math.Max(-1, posterior.Mean - half), Math.Min(1, posterior.Mean + half));
        }
    }
}
