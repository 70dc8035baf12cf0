namespace CourseCompletion.Cli.Simulate.Responses;

/// <summary>The truth about nudges in simulations: how likely a learner returns within a day, left alone and nudged.</summary>
/// <remarks>
/// <para>
/// Return means at least one unique watched minute within 24 hours. Left alone, on the logit scale:
/// </para>
/// <code>
/// logit p0 = -1.1
///          + 0.7  * motivation            standard normal, fixed for a learner
///          - 0.55 * ln(1 + days silent)
///          + 0.06 * min(streak, 7)
/// </code>
/// <para>
/// A nudge adds to that logit
/// </para>
/// <code>
/// strength * (  0.75                      the reminder itself
///             + 0.5  * (hour match - 0.5) hour match uniform from 0 to 1 at each decision
///             - 0.16 * min(streak, 7)     who is at it anyway is interrupted
///             - 0.30 * fatigue            each send counts 1 and halves every 3 days
///             - 0.20 * min(ignored, 4)    nudges in a row that were followed by no return
///             + 0.25 * own                standard normal, fixed for a learner and visible to nobody
///             - 1.2  * sleeping dog )     one learner in twelve is one, visible to nobody
/// + the arm's own logits, for campaigns with several arms
/// </code>
/// <para>
/// So most learners gain, those in a streak gain nothing, and tired learners and sleeping dogs stay away because of it; fatigue passes with days of silence. A learner's true uplift
/// is the difference of both probabilities. A strength of 0 is a campaign without any effect.
/// </para>
/// </remarks>
/// <param name="Strength">What a nudge's logits are multiplied by.</param>
/// <param name="Hidden">What the traits that are visible to nobody are multiplied by.</param>
internal sealed record NudgeLaw(double Strength = 1, double Hidden = 1)
{
    /// <summary>By which share fatigue is left after a day.</summary>
    public static readonly double FatigueLeft = Math.Pow(0.5, 1.0 / 3);

    /// <summary>The logit of returning within a day without a nudge.</summary>
    public static double AloneLogit(NudgeTraits traits, double daysSilent, int streakDays) =>
        -1.1 + (0.7 * traits.Motivation) - (0.55 * Math.Log(1 + daysSilent)) + (0.06 * Math.Min(streakDays, 7));

    /// <summary>What a nudge adds to it.</summary>
    public double NudgeLogit(NudgeTraits traits, int streakDays, double hourMatch, double fatigue, int ignoredInRow) =>
        Strength * (0.75 + (0.8 * (hourMatch - 0.5)) - (0.4 * Math.Min(streakDays, 4)) - (0.3 * fatigue) - (0.2 * Math.Min(ignoredInRow, 4)) + (Hidden * traits.Response));

    /// <summary>The true uplift of a first nudge at a middling hour after one day of silence.</summary>
    public double UpliftAtRest(NudgeTraits traits)
    {
        var alone = AloneLogit(traits, daysSilent: 1, streakDays: 0);
        return HazardModel.Logistic(alone + NudgeLogit(traits, streakDays: 0, hourMatch: 0.5, fatigue: 0, ignoredInRow: 0)) - HazardModel.Logistic(alone);
    }
}
