namespace CourseCompletion.Domain.Campaigns.Effects;

/// <summary>How the effect of a campaign follows from the sums of its two groups.</summary>
/// <remarks>
/// The same function answers by intention to treat (sums over everyone assigned) and triggered (sums over those whom the campaign would have sent something), by learner and by
/// cluster: only the sums differ.
/// </remarks>
public static class EffectRules
{
    /// <summary>The difference of mean outcomes, adjusted by the covariate, with an interval that is valid however often it is looked at.</summary>
    /// <remarks>
    /// <para>
    /// CUPED (Deng, Xu, Kohavi and Walker, WSDM 2013): difference of (outcome - theta * covariate), with the theta that makes the variance below least, which is Lin's (2013)
    /// regression with interactions. A mean is a ratio of sums over units, so its variance is that of the linearised residuals (the delta method), which makes it robust against
    /// any likeness within clusters: of clusters it is the sandwich of Liang and Zeger (Biometrika 73, 1986) for a difference of means.
    /// </para>
    /// <para>The variance of few clusters is itself uncertain, so their interval is that of a t-test, with the degrees of freedom of Welch and Satterthwaite (Welch, Biometrika 34, 1947).</para>
    /// <para>Each group's variance counts one learner without and one with the outcome more than there were (Agresti and Caffo 2000), each for as much as the learners of a cluster together vary, so that a group in which nobody returned yet is not taken for certain.</para>
    /// </remarks>
    public static EffectEstimate Estimate(GroupSums treatment, GroupSums control, EffectPolicy policy)
    {
        var (treated, untreated) = (1 / Squared(treatment.Size), 1 / Squared(control.Size));
        if (Math.Min(treatment.Units, control.Units) < Math.Max(2, policy.UnitsMin))
        {
            return new(treatment.Mean - control.Mean, double.PositiveInfinity, -1, 1, treatment.Mean, control.Mean, treatment.Units, control.Units, 0);
        }

        var spread = (treated * treatment.CovariateSquares) + (untreated * control.CovariateSquares);
        var together = (treated * treatment.Products) + (untreated * control.Products);
        // A covariate that is the same for everyone leaves nothing but rounding in its spread.
        var theta = spread > 1e-12 * (CovariateScale(treatment) + CovariateScale(control)) ? together / spread : 0;
        var value = treatment.Mean - control.Mean - (theta * (treatment.CovariateMean - control.CovariateMean));
        var plain = Variance(treatment, 0) + Variance(control, 0);
        var (ofTreatment, ofControl) = (Variance(treatment, theta), Variance(control, theta));
        var variance = ofTreatment + ofControl;
        var error = Math.Sqrt(variance);
        var units = treatment.Units + control.Units;
        var half = error * (policy.IsByCluster
            ? ConfidenceSequence.StudentDeviations(
                units, policy.TunedUnits, policy.Alpha, Squared(variance) / ((Squared(ofTreatment) / (treatment.Units - 1)) + (Squared(ofControl) / (control.Units - 1))))
            : ConfidenceSequence.Deviations(units, policy.TunedUnits, policy.Alpha));
        return new(
            value, error, Math.Clamp(value - half, -1, 1), Math.Clamp(value + half, -1, 1), treatment.Mean, control.Mean, treatment.Units, control.Units, 1 - (variance / plain));
    }

    private static double Variance(GroupSums sums, double theta)
    {
        var residuals = Math.Max(0, sums.OutcomeSquares - (2 * theta * sums.Products) + (theta * theta * sums.CovariateSquares));
        var added = sums.Size / sums.Units * (Squared(sums.Mean) + Squared(1 - sums.Mean));
        return (residuals + added) / Squared(sums.Size) * sums.Units / (sums.Units - 1);
    }

    private static double CovariateScale(GroupSums sums) => sums.CovariateCovariate / Squared(sums.Size);

    private static double Squared(double x) => x * x;
}
