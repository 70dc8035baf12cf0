using CourseCompletion.Domain.Completion.Index;

namespace CourseCompletion.Domain.Campaigns.Uplift;

/// <summary>How uplift is learned from finished decisions, when it is trusted, and with which probability something is sent.</summary>
/// <remarks>
/// <para>
/// Each decision is first judged by the estimate that decisions before it taught, and only then teaches. So its score is right on average whatever the estimate learned
/// (cross-fitting over time), the scores are a martingale around the advice's value, and one confidence sequence is valid at every look without splitting data or keeping decisions.
/// Decisions must finish in the order they were made: each when its window ends, not when the learner returns.
/// </para>
/// <para>The mean gain is that of all estimates so far, the first poor ones included; the newest is usually better.</para>
/// </remarks>
public static class UpliftRules
{
    // What a randomised decision tells, relative to one whose other way is known too: 0.5 * 0.5.
    private const double MeanOverlap = 0.25;

    /// <summary>With which probability something should be sent.</summary>
    /// <remarks>
    /// While the estimate is followed that is how sure the data are that the uplift is positive (Thompson's sampling): where they are not, both ways are tried, and the estimate goes on
    /// learning where it matters. With more data it becomes the advice itself, but for the exploration.
    /// </remarks>
    public static double SendPropensityOf(UpliftState state, double[] features, UpliftPolicy policy) => state switch
    {
        { IsOn: true, Model: { } model } => Math.Clamp(model.ConfidenceOf(features), policy.Exploration, 1 - policy.Exploration),
        _ => policy.OffPropensity,
    };

    /// <summary>Takes a finished decision; false when it teaches nothing because its propensity left no choice.</summary>
    public static bool Learn(UpliftState state, UpliftDecision decision, UpliftPolicy policy)
    {
        if (decision.SendPropensity is not (> 0 and < 1) || !double.IsFinite(decision.Reward) || decision.Features.Length != UpliftFeatures.Count)
        {
            return false;
        }

        if (state.Model is { } model)
        {
            Judge(state, model, decision, policy);
        }

        if (decision.Sent)
        {
            state.Sent.Add(decision.Features, decision.Reward, decision.SendPropensity);
        }
        else
        {
            state.Silent.Add(decision.Features, decision.Reward, 1 - decision.SendPropensity);
        }

        state.Decisions++;
        if (state.Decisions >= policy.DecisionsMin && state.Decisions >= state.FittedAt * (1 + policy.RefitGrowth))
        {
            Fit(state, policy);
        }

        return true;
    }

    /// <summary>Takes what another part of the campaign has learned.</summary>
    public static void Merge(UpliftState state, UpliftState other, UpliftPolicy policy)
    {
        state.Sent.Add(other.Sent);
        state.Silent.Add(other.Silent);
        state.Decisions += other.Decisions;
        state.OverSilence = state.OverSilence.Add(other.OverSilence);
        state.OverSending = state.OverSending.Add(other.OverSending);
        state.IsOn |= other.IsOn;
        if (state.Decisions >= policy.DecisionsMin)
        {
            Fit(state, policy);
        }

        Switch(state, policy);
    }

    /// <summary>Whether the estimate is followed, and why not.</summary>
    public static UpliftVerdict VerdictOf(UpliftState state, UpliftPolicy policy)
    {
        var (overSilence, overSending) = (state.OverSilence.HalfWidth(policy), state.OverSending.HalfWidth(policy));
        var gate = state switch
        {
            { IsOn: true } => UpliftGate.On,
            _ when state.OverSilence.Count < policy.DecisionsMin => UpliftGate.TooFewDecisions,
            _ when state.OverSilence.Mean <= overSilence => UpliftGate.NotBetterThanSilence,
            _ => UpliftGate.NotBetterThanSending,
        };
        return new(gate, state.Decisions, state.OverSilence.Mean, overSilence, state.OverSending.Mean, overSending);
    }

    private static void Judge(UpliftState state, UpliftModel model, UpliftDecision decision, UpliftPolicy policy)
    {
        var uplift = model.ScoreOf(decision);
        var advises = model.UpliftOf(decision.Features) > 0;
        state.OverSilence = state.OverSilence.Add(advises ? uplift : 0);
        state.OverSending = state.OverSending.Add(advises ? 0 : -uplift);
        Switch(state, policy);
    }

    // On when it is shown to be better than both; off again only when it is shown to be worse than one: evidence is asked for both ways, so that it does not flicker.
    private static void Switch(UpliftState state, UpliftPolicy policy)
    {
        if (state.OverSilence.Count < policy.DecisionsMin)
        {
            return;
        }

        var (overSilence, overSending) = (state.OverSilence.HalfWidth(policy), state.OverSending.HalfWidth(policy));
        state.IsOn = state.IsOn
            ? state.OverSilence.Mean > -overSilence && state.OverSending.Mean > -overSending
            : state.OverSilence.Mean > overSilence && state.OverSending.Mean > overSending;
    }

    // The regression of the doubly robust scores on the features, each score weighted by the product of both propensities, which is what it is sure of. The scores are linear in what was
    // summed once the reward models are linear too, so that no decision has to be kept: weight * (1 / propensity) is the probability of the other way.
    private static void Fit(UpliftState state, UpliftPolicy policy)
    {
        var sent = PositiveMatrix.Times(Inverse(state.Sent.Products, policy.Ridge), state.Sent.Rewards);
        var silent = PositiveMatrix.Times(Inverse(state.Silent.Products, policy.Ridge), state.Silent.Rewards);
        var overlap = Sum(state.Sent.OverlapProducts, state.Silent.OverlapProducts);
        var modelled = PositiveMatrix.Times(overlap, Difference(sent, silent));
        var observed = Difference(Residuals(state.Sent, sent), Residuals(state.Silent, silent));
        var inverse = Inverse(overlap, policy.Ridge * MeanOverlap);
        // Rewards from 0 to 1 vary at most as if they were 0 or 1.
        var rate = (state.Sent.Rewards[0] + state.Silent.Rewards[0]) / state.Decisions;
        var variance = Math.Max(1.0 / state.Decisions, rate * (1 - rate));
        state.Model = new(sent, silent, PositiveMatrix.Times(inverse, Sum(modelled, observed)), Array.ConvertAll(inverse, element => element * variance));
        state.FittedAt = state.Decisions;
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
