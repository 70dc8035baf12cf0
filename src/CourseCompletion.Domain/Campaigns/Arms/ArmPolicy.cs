namespace CourseCompletion.Domain.Campaigns.Arms;

/// <summary>The numbers that arms are chosen with.</summary>
/// <param name="Temperature">By how much, relative to the mean reward of the others, an arm must be better to be chosen e times as often; above 0. Tuned on the simulator.</param>
/// <param name="PropensityMin">The least probability of an awake arm, at most 1 / <see cref="ArmStatistics.ArmsMax"/>, so that every arm stays measurable.</param>
/// <param name="RecoveryPenalty">By how much an arm that was just sent to the learner is worse, relative.</param>
/// <param name="RecoveryHalfLifeDays">After how many days half of that is gone.</param>
/// <param name="PriorSends">For how many sends the prior score of an arm counts.</param>
/// <param name="PriorScore">The score of an arm that was never sent: how much better than the others it is taken to be, relative.</param>
/// <param name="FixedWeights">Weights of arms, at least 0, that are used instead of what was learned; null to learn. Arms without a weight are not chosen.</param>
public sealed record ArmPolicy(
    double Temperature = 0.03,
    double PropensityMin = 0.02,
    double RecoveryPenalty = 0.017,
    double RecoveryHalfLifeDays = 15,
    double PriorSends = 50,
    double PriorScore = 0,
    IReadOnlyDictionary<ArmId, double>? FixedWeights = null)
{
    /// <summary>The recovery of Duolingo's reminders (KDD 2020) and a temperature from the simulator.</summary>
    public static ArmPolicy Default { get; } = new();
}
