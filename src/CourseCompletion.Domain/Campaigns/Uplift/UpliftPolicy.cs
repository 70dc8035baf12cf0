namespace CourseCompletion.Domain.Campaigns.Uplift;

/// <summary>The numbers that uplift is learned and used with.</summary>
/// <param name="OffPropensity">With which probability something is sent while the estimate is not proven.</param>
/// <param name="Exploration">Once it is proven: the least probability of sending, and of not sending, so that it can still be proven wrong.</param>
/// <param name="Ridge">How many decisions' worth of belief the models have in coefficients of 0.</param>
/// <param name="DecisionsMin">From how many decisions on the estimate is fitted and judged.</param>
/// <param name="RefitGrowth">It is fitted again when decisions have grown by this share.</param>
/// <param name="Alpha">The chance that an estimate that is no better than sending to all, or no better than silence, is ever used.</param>
/// <param name="TunedDecisions">At how many decisions the judgement is sharpest.</param>
public sealed record UpliftPolicy(
    double OffPropensity = 0.5,
    double Exploration = 0.05,
    double Ridge = 5,
    long DecisionsMin = 1_000,
    double RefitGrowth = 0.05,
    double Alpha = 0.05,
    double TunedDecisions = 20_000)
{
    /// <summary>As the documentation says.</summary>
    public static UpliftPolicy Default { get; } = new();
}
