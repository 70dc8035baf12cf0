namespace CourseCompletion.Domain.Campaigns.Uplift;

/// <summary>Whether the uplift estimate is followed, with the figures that decide it.</summary>
/// <param name="Gate">On, or why it is off.</param>
/// <param name="Decisions">How many finished decisions it rests on.</param>
/// <param name="OverSilence">The mean gain in reward over sending nothing.</param>
/// <param name="OverSilenceHalfWidth">The half-width of its interval, valid at all times at once.</param>
/// <param name="OverSending">The mean gain in reward over sending always.</param>
/// <param name="OverSendingHalfWidth">The half-width of its interval, valid at all times at once.</param>
public readonly record struct UpliftVerdict(
    UpliftGate Gate, long Decisions, double OverSilence, double OverSilenceHalfWidth, double OverSending, double OverSendingHalfWidth)
{
    /// <summary>One sentence for reports.</summary>
    public string Explanation => Gate switch
    {
        UpliftGate.On => $"On: {Over("silence", OverSilence, OverSilenceHalfWidth)} and {Over("sending to all", OverSending, OverSendingHalfWidth)}.",
        UpliftGate.TooFewDecisions => $"Off, sends are randomised: {Decisions} finished decisions are too few to judge.",
        UpliftGate.NotBetterThanSilence => $"Off, sends are randomised: {Over("silence", OverSilence, OverSilenceHalfWidth)}, which is not shown to be a gain.",
        _ => $"Off, sends are randomised: {Over("sending to all", OverSending, OverSendingHalfWidth)}, which is not shown to be a gain.",
    };

    private static string Over(string what, double gain, double half) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{gain:+0.0000;-0.0000} +- {half:0.0000} a decision over {what}");
}
