namespace CourseCompletion.Domain.Campaigns.Uplift;

/// <summary>One finished decision of the engine's log, as models are fitted on it.</summary>
/// <param name="Situation">What was known of the learner when it was made.</param>
/// <param name="SendPropensity">With which probability something would be sent; strictly between 0 and 1.</param>
/// <param name="Sent">Whether something was.</param>
/// <param name="Returned">Whether the learner came back within the reward's window: a reward of 1, else of 0.</param>
public readonly record struct UpliftDecision(UpliftSituation Situation, float SendPropensity, bool Sent, bool Returned);
