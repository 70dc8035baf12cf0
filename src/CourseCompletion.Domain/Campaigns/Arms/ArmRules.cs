using CourseCompletion.Domain.Completion;

namespace CourseCompletion.Domain.Campaigns.Arms;

/// <summary>With which probability each awake arm is chosen.</summary>
/// <remarks>
/// <para>
/// The recovering difference softmax of Yancey and Settles, "A sleeping, recovering bandit algorithm for optimizing recurring notifications" (KDD 2020): an arm's score is
/// (m+ - m-) / m-, m+ being the importance-weighted mean reward where it was sent and m- where it was awake and another was sent, minus 0.017 * 0.5^(days since the learner was sent
/// it / 15); then a softmax over the awake arms. Comparing within the decisions in which an arm was awake keeps apart how good it is and for whom it is awake.
/// </para>
/// <para>
/// Unlike there, every awake arm keeps a propensity of at least <see cref="ArmPolicy.PropensityMin"/>, which estimates from the log need, and scores of rarely sent arms are drawn to a prior. Fixed
/// weights are shares as they are; without any among the awake arms all are alike.
/// </para>
/// </remarks>
public static class ArmRules
{
    private const double Ln2 = 0.693147180559945309417;

    /// <summary>The propensities of the awake arms, in the order of their ids; they sum to 1. Same inputs, same bits on every machine.</summary>
    /// <param name="statistics">What was learned so far.</param>
    /// <param name="awake">The arms that may be chosen for this learner now, each once.</param>
    /// <param name="policy">The numbers to decide with.</param>
    public static IReadOnlyList<ArmPropensity> PropensitiesOf(ArmStatistics statistics, IReadOnlyCollection<AwakeArm> awake, ArmPolicy policy)
    {
        var arms = awake.OrderBy(arm => arm.Arm.Value, StringComparer.Ordinal).ToArray();
        var weights = policy.FixedWeights is { } given
            ? Array.ConvertAll(arms, arm => Math.Max(0, given.GetValueOrDefault(arm.Arm)))
            : Softmax(Array.ConvertAll(arms, arm => ScoreOf(statistics, arm, policy) / policy.Temperature));
        var total = weights.Sum();
        var floor = policy.FixedWeights is null ? Math.Min(policy.PropensityMin, 1.0 / Math.Max(1, arms.Length)) : 0;
        var shared = 1 - (arms.Length * floor);
        return [.. arms.Select((arm, i) => new ArmPropensity(arm.Arm, floor + (shared * (total > 0 ? weights[i] / total : 1.0 / arms.Length))))];
    }

    /// <summary>How much better an arm is than the others for this learner now, relative.</summary>
    public static double ScoreOf(ArmStatistics statistics, AwakeArm arm, ArmPolicy policy)
    {
        var recovering = arm.DaysSinceSent is { } days && arm.Arm != ArmId.NoSend
            ? policy.RecoveryPenalty * PortableMath.Exp2(-Math.Max(0, days) / policy.RecoveryHalfLifeDays)
            : 0;
        return statistics.SumsOf(arm.Arm).ScoreOf(policy) - recovering;
    }

    private static double[] Softmax(double[] logits)
    {
        var top = logits.Length == 0 ? 0 : logits.Max();
        return Array.ConvertAll(logits, logit => PortableMath.Exp2((logit - top) / Ln2));
    }
}
