namespace CourseCompletion.Domain.Campaigns.Uplift;

/// <summary>One finished decision of the engine's log.</summary>
/// <param name="Features">The <see cref="UpliftFeatures"/> when it was made.</param>
/// <param name="Sent">Whether something was sent.</param>
/// <param name="SendPropensity">With which probability it would be; strictly between 0 and 1, else the decision teaches nothing.</param>
/// <param name="Reward">From 0 to 1, when its window has ended.</param>
public sealed record UpliftDecision(double[] Features, bool Sent, double SendPropensity, double Reward);
