using CourseCompletion.Cli.Connections;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Demo;

/// <summary>How the demo's campaign does at one moment.</summary>
/// <param name="Day">The simulated day.</param>
/// <param name="SentToday">Reminders that went out on it.</param>
/// <param name="WouldSendToday">Reminders that learners in control and holdout would have got.</param>
/// <param name="SentInAll">Reminders that ever went out.</param>
/// <param name="TreatmentStreak">The mean streak of treated learners whom the campaign had a reminder for, in days.</param>
/// <param name="ControlStreak">That of such learners in control.</param>
/// <param name="Returns">The effect on returns within 7 days; null while no learner's 7 days are over.</param>
internal sealed record DemoCampaignNumbers(
    DateOnly Day, long SentToday, long WouldSendToday, long SentInAll, double? TreatmentStreak, double? ControlStreak, CampaignEffect? Returns)
{
    /// <summary>The returns of treatment against control, and what may be said of their difference.</summary>
    public string ReturnsText => Returns is not { } effect
        ? "known after 7 days"
        : FormattableString.Invariant(
            $"{ProtoText.Percent(effect.TreatmentShare)} / {ProtoText.Percent(effect.ControlShare)}, {effect.Value * 100:+0.0;-0.0;0.0} points ({effect.Low * 100:+0.0;-0.0;0.0} to {effect.High * 100:+0.0;-0.0;0.0}), {ClaimOf(effect)}");

    /// <summary>The mean streaks of treatment and control.</summary>
    public string StreaksText => FormattableString.Invariant($"{TreatmentStreak ?? 0:N2} / {ControlStreak ?? 0:N2} days");

    /// <summary>All of it as one line.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"campaign, {Day:yyyy-MM-dd}: {SentToday:N0} reminders sent and {WouldSendToday:N0} held back today, {SentInAll:N0} sent in all, mean streak {StreaksText}, returns {ReturnsText}");

    private static string ClaimOf(CampaignEffect effect) => effect.Claim switch
    {
        EffectClaim.Helps => "it helps",
        EffectClaim.Harms => "it harms",
        _ => "no effect shown",
    };
}
