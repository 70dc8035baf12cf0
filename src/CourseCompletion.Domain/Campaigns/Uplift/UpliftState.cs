namespace CourseCompletion.Domain.Campaigns.Uplift;

/// <summary>All that a campaign knows about whom to leave alone: what its finished decisions gained, the estimate in use, and whether it is followed. About 5 KB; it never changes.</summary>
public sealed record UpliftState
{
    /// <summary>Nothing learned yet.</summary>
    public static UpliftState None { get; } = new();

    /// <summary>What finished decisions gained.</summary>
    public UpliftGains Gains { get; init; }

    /// <summary>What the estimate in use was fitted on.</summary>
    public UpliftMoments Fitted { get; init; } = new();

    /// <summary>The estimate in use; null before there are enough decisions.</summary>
    public UpliftModel? Model { get; init; }

    /// <summary>At how many finished decisions it was fitted.</summary>
    public long FittedAt { get; init; }

    /// <summary>Whether the advice is followed.</summary>
    public bool IsOn { get; init; }
}
