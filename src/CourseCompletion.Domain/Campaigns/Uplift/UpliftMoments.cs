namespace CourseCompletion.Domain.Campaigns.Uplift;

/// <summary>Sums over a sample of finished decisions, enough to fit an <see cref="UpliftModel"/>; sums of parts add up in any order.</summary>
public sealed class UpliftMoments
{
    /// <summary>Those in which something was sent.</summary>
    public ArmMoments Sent { get; } = new();

    /// <summary>Those in which nothing was.</summary>
    public ArmMoments Silent { get; } = new();

    /// <summary>How many decisions there are.</summary>
    public double Count => Sent.Count + Silent.Count;

    /// <summary>Adds a decision.</summary>
    public void Add(in UpliftDecision decision)
    {
        var features = UpliftFeatures.Of(decision.Situation);
        var (arm, propensity) = decision.Sent ? (Sent, decision.SendPropensity) : (Silent, 1.0 - decision.SendPropensity);
        arm.Add(features, decision.Returned ? 1 : 0, propensity);
    }

    /// <summary>Adds other sums.</summary>
    public void Add(UpliftMoments other)
    {
        Sent.Add(other.Sent);
        Silent.Add(other.Silent);
    }
}
