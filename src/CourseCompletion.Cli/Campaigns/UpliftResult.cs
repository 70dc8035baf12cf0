using CourseCompletion.Domain.Campaigns.Uplift;

namespace CourseCompletion.Cli.Campaigns;

/// <summary>What advice about whom to leave alone is worth, in mean returns a decision over fresh learners.</summary>
/// <param name="Decisions">How many decisions taught it.</param>
/// <param name="OnSince">After how many finished decisions it was trusted; null if it was not.</param>
/// <param name="Verdict">What the engine says about it in the end.</param>
/// <param name="Silence">The mean return when nobody is sent anything.</param>
/// <param name="SendAll">The same when everybody is, every day.</param>
/// <param name="Advised">The same when exactly those are who are advised.</param>
/// <param name="Oracle">The same when exactly those are whose true uplift now is above 0, unseen traits included.</param>
internal sealed record UpliftResult(
    long Decisions, long? OnSince, UpliftVerdict Verdict, double Silence, double SendAll, double Advised, double Oracle)
{
    /// <summary>The share of the oracle's gain over silence.</summary>
    public double ShareOfOracle => (Advised - Silence) / (Oracle - Silence);
}
