namespace CourseCompletion.Domain.Campaigns.Arms;

/// <summary>What finished decisions say about one arm that was awake in them.</summary>
/// <param name="ChosenWeight">The sum of 1 / propensity where it was chosen.</param>
/// <param name="ChosenReward">The sum of reward / propensity where it was chosen.</param>
/// <param name="ChosenSquares">The sum of 1 / propensity^2 where it was chosen.</param>
/// <param name="OtherWeight">The sum of 1 / (1 - propensity) where another was chosen.</param>
/// <param name="OtherReward">The sum of reward / (1 - propensity) where another was chosen.</param>
public readonly record struct ArmSums(double ChosenWeight, double ChosenReward, double ChosenSquares, double OtherWeight, double OtherReward)
{
    // A reward that nobody ever got cannot be divided by.
    private const double OtherMeanMin = 0.001;

    /// <summary>The mean reward if it were always chosen when awake; 0 if it never was.</summary>
    public double ChosenMean => ChosenWeight > 0 ? ChosenReward / ChosenWeight : 0;

    /// <summary>The mean reward if the others were chosen instead; 0 if they never were.</summary>
    public double OtherMean => OtherWeight > 0 ? OtherReward / OtherWeight : 0;

    /// <summary>How many equally weighted sends <see cref="ChosenMean"/> is as sure as (Kish).</summary>
    public double EffectiveSends => ChosenSquares > 0 ? ChosenWeight * ChosenWeight / ChosenSquares : 0;

    /// <summary>How much better the arm is than the others, relative, drawn towards the prior while it was sent rarely.</summary>
    public double ScoreOf(ArmPolicy policy)
    {
        if (ChosenWeight <= 0 || OtherWeight <= 0)
        {
            return policy.PriorScore;
        }

        var others = Math.Max(OtherMeanMin, OtherMean);
        return ((EffectiveSends * (ChosenMean - others) / others) + (policy.PriorSends * policy.PriorScore)) / (EffectiveSends + policy.PriorSends);
    }

    /// <summary>These sums and others.</summary>
    public ArmSums Add(ArmSums other) => new(
        ChosenWeight + other.ChosenWeight,
        ChosenReward + other.ChosenReward,
        ChosenSquares + other.ChosenSquares,
        OtherWeight + other.OtherWeight,
        OtherReward + other.OtherReward);
}
