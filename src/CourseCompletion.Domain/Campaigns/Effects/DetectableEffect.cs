namespace CourseCompletion.Domain.Campaigns.Effects;

/// <summary>Which effect a campaign is likely to show, said before it starts.</summary>
public static class DetectableEffect
{
    /// <summary>The chance that an effect of that size is shown.</summary>
    public const double Power = 0.8;

    /// <summary>The likeness of learners of one cluster that is assumed before outcomes are known: within schools it is 0.05 to 0.25 (Hedges and Hedberg, Educational Evaluation and Policy Analysis 29, 2007).</summary>
    public const double AssumedLikeness = 0.1;

    // The quantile of the standard normal distribution at the power.
    private const double PowerDeviations = 0.8416212335729143;

    /// <summary>The smallest difference in shares that is shown with a chance of at least <see cref="Power"/> once everyone's outcome is known.</summary>
    /// <remarks>Standard error times (half-width of the confidence sequence + 0.84): larger than the textbook's (1.96 + 0.84), which holds for a single look.</remarks>
    /// <param name="eligible">How many learners will be assigned, above 0.</param>
    /// <param name="baseRate">The share that has the outcome without the campaign, from 0 to 1.</param>
    /// <param name="controlShare">The share in control, above 0 and below 1.</param>
    /// <param name="policy">How the effect will be estimated.</param>
    /// <param name="varianceExplained">The share of variance that the covariate takes away, from 0 up to but without 1.</param>
    /// <returns>A difference in shares; above 1 - <paramref name="baseRate"/> when no effect can be shown.</returns>
    public static double Of(double eligible, double baseRate, double controlShare, EffectPolicy policy, double varianceExplained = 0) =>
        ErrorOf(eligible, baseRate, controlShare, varianceExplained) * (ConfidenceSequence.Deviations(eligible, policy.TunedUnits, policy.Alpha) + PowerDeviations);

    /// <summary>The same where clusters are assigned, which counts each learner for 1 / (1 + (size - 1) * likeness) (Kish 1965).</summary>
    /// <param name="clusters">How many clusters will be assigned, above 0.</param>
    /// <param name="size">How many learners a cluster has, at least 1.</param>
    /// <param name="likeness">The intra-cluster correlation of outcomes, from 0 to 1.</param>
    /// <param name="baseRate">The share that has the outcome without the campaign, from 0 to 1.</param>
    /// <param name="controlShare">The share of clusters in control, above 0 and below 1.</param>
    /// <param name="policy">How the effect will be estimated; its counts are clusters.</param>
    /// <returns>A difference in shares; infinite where there are too few clusters for any.</returns>
    public static double OfClusters(double clusters, double size, double likeness, double baseRate, double controlShare, EffectPolicy policy)
    {
        var error = ErrorOf(clusters * size / (1 + ((size - 1) * likeness)), baseRate, controlShare, 0);
        return clusters * Math.Min(controlShare, 1 - controlShare) < policy.UnitsMin
            ? double.PositiveInfinity
            : error * (ConfidenceSequence.StudentDeviations(clusters, policy.TunedUnits, policy.Alpha, clusters - 2) + PowerDeviations);
    }

    private static double ErrorOf(double learners, double baseRate, double controlShare, double varianceExplained) =>
        Math.Sqrt(baseRate * (1 - baseRate) * (1 - varianceExplained) / learners * ((1 / controlShare) + (1 / (1 - controlShare))));
}
