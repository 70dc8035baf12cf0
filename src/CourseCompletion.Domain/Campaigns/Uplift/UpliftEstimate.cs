namespace CourseCompletion.Domain.Campaigns.Uplift;

/// <summary>What the model in use expected of a decision when it was made.</summary>
/// <param name="Sent">The reward with a nudge.</param>
/// <param name="Silent">The reward without one.</param>
/// <param name="Uplift">By how much a nudge raises the reward, doubly robust; the advice is to send when it is above 0.</param>
public readonly record struct UpliftEstimate(float Sent, float Silent, float Uplift)
{
    /// <summary>Whether the advice is to send.</summary>
    public bool Advises => Uplift > 0;

    /// <summary>What a finished decision says about the uplift of its learner, right on average if either the propensity or the reward models are.</summary>
    /// <remarks>
    /// The augmented inverse-propensity score of Robins, Rotnitzky and Zhao (1994), which Kennedy's DR-learner ("Towards optimal doubly robust estimation of heterogeneous causal
    /// effects", 2023) regresses on the features.
    /// </remarks>
    /// <param name="decision">The decision, whose propensity lies strictly between 0 and 1.</param>
    public double ScoreOf(in UpliftDecision decision)
    {
        double reward = decision.Returned ? 1 : 0;
        return Sent - (double)Silent + (decision.Sent ? (reward - Sent) / decision.SendPropensity : -(reward - Silent) / (1.0 - decision.SendPropensity));
    }
}
