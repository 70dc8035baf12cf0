using CourseCompletion.Domain.Completion.Index;

namespace CourseCompletion.Domain.Campaigns.Uplift;

/// <summary>How uplift is learned from finished decisions, when it is trusted, and with which probability something is sent.</summary>
/// <remarks>
/// <para>
/// A decision carries what the model in use expected when it was made, and that model was fitted on decisions finished before. So its score is right on average whatever the model
/// learned (cross-fitting over time), the scores are a martingale around the advice's value in the order in which decisions were made, and one confidence sequence is valid at every
/// look without splitting data. In which order decisions finish does not matter: each when its window ends, not when the learner returns.
/// </para>
/// <para>The mean gain is that of all estimates so far, the first poor ones included; the newest is usually better.</para>
/// </remarks>
public static class UpliftRules
{
    // What a randomised decision tells, relative to one whose other way is known too: 0.5 * 0.5.
    private const double MeanOverlap = 0.25;

    /// <summary>What a decision about a learner who takes part in experiments is made with.</summary>
    /// <remarks>
    /// While the estimate is followed something is sent with the probability of how sure the data are that the uplift is positive (Thompson's sampling): where they are not, both ways
    /// are tried, and the estimate goes on learning where it matters. With more data it becomes the advice itself, but for the exploration.
    /// </remarks>
    public static UpliftDraw DrawFor(UpliftState state, UpliftSituation situation, UpliftPolicy policy)
    {
        var features = UpliftFeatures.Of(situation);
        var propensity = state switch
        {
            { IsOn: true, Model: { } model } => Math.Clamp(model.ConfidenceOf(features), policy.Exploration, 1 - policy.Exploration),
            _ => policy.OffPropensity,
        };
        return new(situation, (float)propensity, state.Model?.EstimateOf(features));
    }

    /// <summary>What a decision about a learner who takes part in none is made with: nothing is left to chance. Something is sent, but where an estimate that is followed expects harm.</summary>
    public static UpliftDraw AdviceFor(UpliftState state, UpliftSituation situation)
    {
        var estimate = state.Model?.EstimateOf(UpliftFeatures.Of(situation));
        return new(situation, state.IsOn && estimate is { Uplift: < 0 } ? 0 : 1, estimate);
    }

    /// <summary>Takes what all finished decisions gained, and says anew whether the estimate is followed.</summary>
    /// <remarks>
    /// On when it is shown to be better than both silence and sending to all; off again only when it is shown to be worse than one: evidence is asked for both ways, so that it does
    /// not flicker.
    /// </remarks>
    public static UpliftState Judge(UpliftState state, UpliftGains gains, UpliftPolicy policy)
    {
        if (gains.OverSilence.Count < policy.DecisionsMin)
        {
            return state with { Gains = gains };
        }

        var (silence, sending) = (gains.OverSilence.Mean, gains.OverSending.Mean);
        var (overSilence, overSending) = (gains.OverSilence.HalfWidth(policy), gains.OverSending.HalfWidth(policy));
        return state with
        {
            Gains = gains,
            IsOn = state.IsOn ? silence > -overSilence && sending > -overSending : silence > overSilence && sending > overSending,
        };
    }

    /// <summary>Whether there is so much more than the estimate was fitted on that it is fitted again.</summary>
    public static bool IsFitDue(UpliftState state, UpliftPolicy policy) =>
        state.Gains.Decisions >= policy.DecisionsMin && state.Gains.Decisions >= state.FittedAt * (1 + policy.RefitGrowth);

    /// <summary>Fits the estimate on a sample of finished decisions.</summary>
    /// <remarks>
    /// The regression of the doubly robust scores on the features, each score weighted by the product of both propensities, which is what it is sure of. The scores are linear in what
    /// was summed once the reward models are linear too: weight * (1 / propensity) is the probability of the other way.
    /// </remarks>
    public static UpliftState Fit(UpliftState state, UpliftMoments sample, UpliftPolicy policy)
    {
        var sent = PositiveMatrix.Times(Inverse(sample.Sent.Products, policy.Ridge), sample.Sent.Rewards);
        var silent = PositiveMatrix.Times(Inverse(sample.Silent.Products, policy.Ridge), sample.Silent.Rewards);
        var overlap = Sum(sample.Sent.OverlapProducts, sample.Silent.OverlapProducts);
        var modelled = PositiveMatrix.Times(overlap, Difference(sent, silent));
        var observed = Difference(Residuals(sample.Sent, sent), Residuals(sample.Silent, silent));
        var inverse = Inverse(overlap, policy.Ridge * MeanOverlap);
        // Rewards from 0 to 1 vary at most as if they were 0 or 1.
        var rate = (sample.Sent.Rewards[0] + sample.Silent.Rewards[0]) / sample.Count;
        var variance = Math.Max(1.0 / sample.Count, rate * (1 - rate));
        var model = new UpliftModel(sent, silent, PositiveMatrix.Times(inverse, Sum(modelled, observed)), Array.ConvertAll(inverse, element => element * variance));
        return state with { Fitted = sample, Model = model, FittedAt = state.Gains.Decisions };
    }

    /// <summary>Whether the estimate is followed, and why not.</summary>
    public static UpliftVerdict VerdictOf(UpliftState state, UpliftPolicy policy)
    {
        var gains = state.Gains;
        var (overSilence, overSending) = (gains.OverSilence.HalfWidth(policy), gains.OverSending.HalfWidth(policy));
        var gate = state switch
        {
            { IsOn: true } => UpliftGate.On,
            _ when gains.OverSilence.Count < policy.DecisionsMin => UpliftGate.TooFewDecisions,
            _ when gains.OverSilence.Mean <= overSilence => UpliftGate.NotBetterThanSilence,
            _ => UpliftGate.NotBetterThanSending,
        };
        return new(gate, gains.Decisions, gains.OverSilence.Mean, overSilence, gains.OverSending.Mean, overSending);
    }

    // The sum of feature times residual times the probability of the other way.
    private static double[] Residuals(ArmMoments moments, double[] coefficients) =>
        Difference(moments.WeightedRewards, PositiveMatrix.Times(moments.WeightedProducts, coefficients));

    private static double[] Inverse(double[] products, double ridge)
    {
        var n = UpliftFeatures.Count;
        var matrix = products.ToArray();
        // Nothing is believed of the bias; it is only kept from being singular.
        matrix[0] += 1e-6;
        for (var i = 1; i < n; i++)
        {
            matrix[(i * n) + i] += ridge;
        }

        return PositiveMatrix.Invert(matrix, n);
    }

    private static double[] Sum(double[] left, double[] right) => [.. left.Zip(right, (one, other) => one + other)];

    private static double[] Difference(double[] left, double[] right) => [.. left.Zip(right, (one, other) => one - other)];
}
