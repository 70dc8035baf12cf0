namespace CourseCompletion.Domain.Campaigns.Uplift;

/// <summary>Whether advice about whom to leave alone is followed, and if not, why.</summary>
public enum UpliftGate : byte
{
    /// <summary>Off: there are too few finished decisions to judge.</summary>
    TooFewDecisions = 0,

    /// <summary>Off: it is not shown that following it is better than sending nothing.</summary>
    NotBetterThanSilence = 1,

    /// <summary>Off: it is not shown that following it is better than sending to everyone.</summary>
    NotBetterThanSending = 2,

    /// <summary>On: it is shown that following it is better than both, and not shown since that it is worse than either.</summary>
    On = 3,
}
