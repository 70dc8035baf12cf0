using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Effects;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Campaigns.Uplift;

namespace CourseCompletion.Grains.Abstractions.Campaigns;

/// <summary>What came of a campaign so far, as of an instant.</summary>
[GenerateSerializer, Alias("cc.campaign-report"), Immutable]
public sealed record CampaignReport
{
    /// <summary>The campaign.</summary>
    [Id(0)]
    public required string Campaign { get; init; }

    /// <summary>The version of its definition.</summary>
    [Id(1)]
    public long Version { get; init; }

    /// <summary>Whether it runs.</summary>
    [Id(2)]
    public CampaignStatus Status { get; init; }

    /// <summary>The instant.</summary>
    [Id(3)]
    public long AsOfMs { get; init; }

    /// <summary>What happened, one entry a side: none, treatment, control, holdout.</summary>
    [Id(4)]
    public required CampaignGroupView[] Groups { get; init; }

    /// <summary>The effects; each claims only what its interval allows.</summary>
    [Id(5)]
    public required CampaignEffectView[] Effects { get; init; }

    /// <summary>Whether the sides have sizes that their shares do not explain: then no effect is to be believed.</summary>
    [Id(6)]
    public bool SampleRatioMismatch { get; init; }

    /// <summary>The share of learners in control.</summary>
    [Id(7)]
    public double ControlShare { get; init; }

    /// <summary>Learners whom the campaign may reach now.</summary>
    [Id(8)]
    public long Eligible { get; init; }

    /// <summary>The smallest difference in returns within 7 days that is shown with a chance of 0.8 among so many learners.</summary>
    [Id(9)]
    public double DetectableEffect { get; init; }

    /// <summary>What finished decisions say about the arms, by id.</summary>
    [Id(10)]
    public CampaignArmView[] Arms { get; init; } = [];

    /// <summary>Whether it is followed whom the campaign should leave alone, with the figures that decide it; null where it does not send on expected gain.</summary>
    [Id(12)]
    public CampaignUpliftView? Uplift { get; init; }
}

/// <summary>Whether it is followed whom a campaign should leave alone. Gains are in shares of learners who come back within 24 h and watch a minute.</summary>
/// <param name="Gate">On, or why it is off.</param>
/// <param name="Decisions">How many finished decisions it rests on.</param>
/// <param name="OverSilence">The mean gain a decision over sending nothing.</param>
/// <param name="OverSilenceHalfWidth">The half-width of its interval, valid at every look; infinite while fewer than two decisions are judged.</param>
/// <param name="OverSending">The mean gain a decision over sending always.</param>
/// <param name="OverSendingHalfWidth">The half-width of its interval.</param>
/// <param name="Explanation">All of it in a sentence.</param>
[GenerateSerializer, Alias("cc.campaign-uplift-view"), Immutable]
public sealed record CampaignUpliftView(
    [property: Id(0)] UpliftGate Gate,
    [property: Id(1)] long Decisions,
    [property: Id(2)] double OverSilence,
    [property: Id(3)] double OverSilenceHalfWidth,
    [property: Id(4)] double OverSending,
    [property: Id(5)] double OverSendingHalfWidth,
    [property: Id(6)] string Explanation);

/// <summary>What finished decisions say about an arm: the share of learners who came back within 24 h and watched a minute.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Decisions">How many equally weighted decisions <paramref name="ChosenShare"/> is as sure as.</param>
/// <param name="ChosenShare">The share when it was drawn, weighted by the inverse of its probability.</param>
/// <param name="OtherShare">The share when it could have been drawn and another was.</param>
[GenerateSerializer, Alias("cc.campaign-arm-view"), Immutable]
public sealed record CampaignArmView(
    [property: Id(0)] string Arm, [property: Id(1)] double Decisions, [property: Id(2)] double ChosenShare, [property: Id(3)] double OtherShare);

/// <summary>What happened on one side of a campaign's experiment.</summary>
[GenerateSerializer, Alias("cc.campaign-group-view"), Immutable]
public sealed record CampaignGroupView(
    [property: Id(0)] AssignmentGroup Group,
    [property: Id(1)] long Learners,
    [property: Id(2)] long Triggered,
    [property: Id(3)] long Sent,
    [property: Id(4)] long WouldSend,
    [property: Id(5)] long Withheld,
    [property: Id(6)] long Suppressed,
    [property: Id(7)] long Displaced,
    [property: Id(8)] long Missed,
    [property: Id(9)] long Opened,
    [property: Id(10)] long Dismissed,
    [property: Id(11)] long Acted);

/// <summary>A difference between treatment and control.</summary>
/// <param name="Metric">What is compared.</param>
/// <param name="IsTriggered">Whether among those whom the campaign would have sent something, or among all assigned (by intention to treat).</param>
/// <param name="Value">The difference of shares, adjusted by the probability before.</param>
/// <param name="Low">The lower bound of its interval, which holds at every look.</param>
/// <param name="High">The upper bound.</param>
/// <param name="TreatmentShare">The share of the treated.</param>
/// <param name="ControlShare">The share of those in control.</param>
/// <param name="TreatmentLearners">How many treated learners' outcomes are final.</param>
/// <param name="ControlLearners">How many of those in control.</param>
/// <param name="Claim">What may be said.</param>
/// <param name="TreatmentClusters">Of how many clusters these treated learners are, in a campaign that draws by cluster; else 0.</param>
/// <param name="ControlClusters">Of how many those in control are.</param>
[GenerateSerializer, Alias("cc.campaign-effect-view"), Immutable]
public sealed record CampaignEffectView(
    [property: Id(0)] CampaignMetric Metric,
    [property: Id(1)] bool IsTriggered,
    [property: Id(2)] double Value,
    [property: Id(3)] double Low,
    [property: Id(4)] double High,
    [property: Id(5)] double TreatmentShare,
    [property: Id(6)] double ControlShare,
    [property: Id(7)] long TreatmentLearners,
    [property: Id(8)] long ControlLearners,
    [property: Id(9)] EffectClaim Claim,
    [property: Id(10)] long TreatmentClusters,
    [property: Id(11)] long ControlClusters)
{
    /// <summary>The same in the light of the tenant's other campaigns; null for what is not pooled.</summary>
    [Id(20)]
    public PooledEffectView? Pooled { get; init; }
}

/// <summary>An effect that is drawn towards those of other campaigns as far as campaigns are alike.</summary>
/// <param name="Value">The effect, a difference in shares.</param>
/// <param name="Low">The lower bound of its interval, which holds at every look.</param>
/// <param name="High">The upper bound.</param>
/// <param name="Claim">What may be said.</param>
/// <param name="Campaigns">How many campaigns' effects it rests on, its own among them if there is one.</param>
[GenerateSerializer, Alias("cc.pooled-effect-view"), Immutable]
public sealed record PooledEffectView(
    [property: Id(0)] double Value, [property: Id(1)] double Low, [property: Id(2)] double High, [property: Id(3)] EffectClaim Claim, [property: Id(4)] int Campaigns);

/// <summary>What a campaign's effect is measured by.</summary>
[GenerateSerializer, Alias("cc.campaign-metric")]
public enum CampaignMetric : byte
{
    /// <summary>Not given.</summary>
    Unspecified = 0,

    /// <summary>Activity in the course within 7 days: the primary one.</summary>
    Return7Days = 1,

    /// <summary>A check-in within 7 days.</summary>
    CheckIn7Days = 2,

    /// <summary>Completion of the course within 28 days.</summary>
    Completion28Days = 3,
}
