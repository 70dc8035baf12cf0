namespace CourseCompletion.Domain.Campaigns.Uplift;

/// <summary>What a decision about whom to leave alone was made with; the decision carries it until it is finished.</summary>
/// <param name="Situation">What was known of the learner.</param>
/// <param name="SendPropensity">With which probability something is sent, from 0 to 1.</param>
/// <param name="Estimate">What the model in use expected; null while there is none.</param>
public sealed record UpliftDraw(UpliftSituation Situation, float SendPropensity, UpliftEstimate? Estimate);
