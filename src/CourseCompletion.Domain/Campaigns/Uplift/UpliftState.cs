namespace CourseCompletion.Domain.Campaigns.Uplift;

/// <summary>All that is remembered of a campaign's decisions to estimate uplift and to judge the estimate: about 5 KB, however many there were.</summary>
public sealed class UpliftState
{
    /// <summary>How many decisions taught something.</summary>
    public long Decisions { get; internal set; }

    /// <summary>Those in which something was sent.</summary>
    public ArmMoments Sent { get; } = new();

    /// <summary>Those in which nothing was.</summary>
    public ArmMoments Silent { get; } = new();

    /// <summary>The estimate in use; null before there are enough decisions.</summary>
    public UpliftModel? Model { get; internal set; }

    /// <summary>At how many decisions it was fitted.</summary>
    public long FittedAt { get; internal set; }

    /// <summary>What following the advice gains over sending nothing.</summary>
    public GainSums OverSilence { get; internal set; }

    /// <summary>What following the advice gains over sending always.</summary>
    public GainSums OverSending { get; internal set; }

    /// <summary>Whether the advice is followed.</summary>
    public bool IsOn { get; internal set; }
}
