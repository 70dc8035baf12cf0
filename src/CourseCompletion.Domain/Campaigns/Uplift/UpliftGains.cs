namespace CourseCompletion.Domain.Campaigns.Uplift;

/// <summary>What finished decisions say about following the advice; sums of parts add up in any order.</summary>
/// <param name="Decisions">How many taught something.</param>
/// <param name="OverSilence">What following the advice gains over sending nothing.</param>
/// <param name="OverSending">What following the advice gains over sending always.</param>
public readonly record struct UpliftGains(long Decisions, GainSums OverSilence, GainSums OverSending)
{
    /// <summary>One finished decision more, judged by the estimate that it was made with; one made without an estimate is only counted.</summary>
    public UpliftGains Add(in UpliftDecision decision, UpliftEstimate? estimate)
    {
        if (estimate is not { } made)
        {
            return this with { Decisions = Decisions + 1 };
        }

        var score = made.ScoreOf(decision);
        return new(Decisions + 1, OverSilence.Add(made.Advises ? score : 0), OverSending.Add(made.Advises ? 0 : -score));
    }

    /// <summary>These and others.</summary>
    public UpliftGains Add(in UpliftGains other) => new(Decisions + other.Decisions, OverSilence.Add(other.OverSilence), OverSending.Add(other.OverSending));
}
