namespace CourseCompletion.Domain.Campaigns.Uplift;

/// <summary>Linear estimates over <see cref="UpliftFeatures"/>: of the reward with a nudge, without one, and of the difference.</summary>
/// <param name="Sent">Coefficients of the reward when something is sent.</param>
/// <param name="Silent">Coefficients of the reward when nothing is.</param>
/// <param name="Uplift">Coefficients of the difference, doubly robust.</param>
public sealed record UpliftModel(double[] Sent, double[] Silent, double[] Uplift)
{
    /// <summary>The estimated uplift: by how much a nudge raises the expected reward.</summary>
    public double UpliftOf(ReadOnlySpan<double> features) => Product(Uplift, features);

    /// <summary>What a finished decision says about the uplift of its learner, right on average if either the propensity or the reward models are.</summary>
    /// <remarks>
    /// The augmented inverse-propensity score of Robins, Rotnitzky and Zhao (1994), which Kennedy's DR-learner ("Towards optimal doubly robust estimation of heterogeneous causal
    /// effects", 2023) regresses on the features.
    /// </remarks>
    public double ScoreOf(UpliftDecision decision)
    {
        var (sent, silent) = (Product(Sent, decision.Features), Product(Silent, decision.Features));
        return sent - silent + (decision.Sent ? (decision.Reward - sent) / decision.SendPropensity : -(decision.Reward - silent) / (1 - decision.SendPropensity));
    }

    private static double Product(double[] coefficients, ReadOnlySpan<double> features)
    {
        var sum = 0d;
        for (var i = 0; i < coefficients.Length; i++)
        {
            sum += coefficients[i] * features[i];
        }

        return sum;
    }
}
