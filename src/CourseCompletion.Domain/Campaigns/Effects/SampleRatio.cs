namespace CourseCompletion.Domain.Campaigns.Effects;

/// <summary>Whether groups have the sizes that their shares promise; if not, something removes learners from one group and every effect is in doubt.</summary>
/// <remarks>
/// Lindon and Malek, "Anytime-valid inference for multinomial count data" (NeurIPS 2022): the Bayes factor of a Dirichlet prior around the promised shares against the shares
/// themselves is a martingale while they hold, so by Ville's inequality it ever reaches 1/alpha with a chance of at most alpha, however often it is looked at.
/// </remarks>
public static class SampleRatio
{
    /// <summary>The chance of a false alarm over a campaign's whole life.</summary>
    public const double Alpha = 0.001;

    // How many learners' worth of belief the alternative has in the promised shares: it looks for deviations of a few per cent.
    private const double Concentration = 100;

    /// <summary>Whether the sizes contradict the shares.</summary>
    /// <param name="counts">How many units each group has.</param>
    /// <param name="shares">The share that each should have, above 0; they sum to 1.</param>
    public static bool IsMismatch(ReadOnlySpan<long> counts, ReadOnlySpan<double> shares) => LogEvidence(counts, shares) >= -Math.Log(Alpha);

    /// <summary>The natural logarithm of the Bayes factor against the shares: 0 says nothing, above 6.9 is an alarm.</summary>
    /// <param name="counts">How many units each group has.</param>
    /// <param name="shares">The share that each should have, above 0; they sum to 1.</param>
    public static double LogEvidence(ReadOnlySpan<long> counts, ReadOnlySpan<double> shares)
    {
        var (total, evidence) = (0L, 0d);
        for (var i = 0; i < counts.Length; i++)
        {
            var prior = Concentration * shares[i];
            evidence += LogGamma.Of(prior + counts[i]) - LogGamma.Of(prior) - (counts[i] * Math.Log(shares[i]));
            total += counts[i];
        }

        return evidence + LogGamma.Of(Concentration) - LogGamma.Of(Concentration + total);
    }
}
