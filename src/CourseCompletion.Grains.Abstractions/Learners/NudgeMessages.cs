using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;

namespace CourseCompletion.Grains.Abstractions.Learners;

/// <summary>How the setting of preferences ended.</summary>
/// <param name="Preferences">What holds now; null when it was refused.</param>
/// <param name="Faults">Every malformed field.</param>
[GenerateSerializer, Alias("cc.preferences-outcome"), Immutable]
public sealed record PreferencesOutcome([property: Id(0)] LearnerPreferences? Preferences, [property: Id(1)] IReadOnlyList<Rejection> Faults);

/// <summary>Which nudges of a learner.</summary>
/// <param name="Campaign">Only those of this campaign; null for all.</param>
/// <param name="Nudge">Only this one; null for all.</param>
/// <param name="SentOnly">Only what was sent: the inbox. Otherwise every decision that is remembered, with its reason.</param>
/// <param name="Limit">At most this many, the newest, 1 to 100.</param>
[GenerateSerializer, Alias("cc.nudge-query"), Immutable]
public sealed record NudgeQuery(
    [property: Id(0)] string? Campaign, [property: Id(1)] string? Nudge, [property: Id(2)] bool SentOnly, [property: Id(3)] int Limit);

/// <summary>What came to a learner's inbox, or changed there.</summary>
/// <param name="Version">Goes into the next call.</param>
/// <param name="Nudges">The nudges that were sent, opened or dismissed since, oldest first.</param>
[GenerateSerializer, Alias("cc.nudge-change"), Immutable]
public sealed record NudgeChange([property: Id(0)] LearnerVersion Version, [property: Id(1)] NudgeView[] Nudges);

/// <summary>One decision about a nudge, and what came of it. Times are milliseconds since 1970-01-01 UTC, 0 for not at all.</summary>
[GenerateSerializer, Alias("cc.nudge-view"), Immutable]
public sealed record NudgeView
{
    /// <summary>The nudge's id: 32 hexadecimal digits.</summary>
    [Id(0)]
    public required string Nudge { get; init; }

    /// <summary>The campaign.</summary>
    [Id(1)]
    public required string Campaign { get; init; }

    /// <summary>The occurrence within the campaign.</summary>
    [Id(2)]
    public required string Occurrence { get; init; }

    /// <summary>The course.</summary>
    [Id(3)]
    public required string Course { get; init; }

    /// <summary>What it is for.</summary>
    [Id(4)]
    public NudgePurpose Purpose { get; init; }

    /// <summary>When it was due.</summary>
    [Id(5)]
    public long DueAtMs { get; init; }

    /// <summary>When the gate decided.</summary>
    [Id(6)]
    public long DecidedAtMs { get; init; }

    /// <summary>The decision.</summary>
    [Id(7)]
    public NudgeVerdict Verdict { get; init; }

    /// <summary>Its reason.</summary>
    [Id(8)]
    public NudgeReason Reason { get; init; }

    /// <summary>The side in the campaign's experiment.</summary>
    [Id(9)]
    public AssignmentGroup Group { get; init; }

    /// <summary>The arm; "" before the draw.</summary>
    [Id(10)]
    public string Arm { get; init; } = "";

    /// <summary>The probability with which it was drawn.</summary>
    [Id(11)]
    public float Propensity { get; init; }

    /// <summary>The channel by which it goes, or would have gone but for an experiment; unspecified when nothing is sent.</summary>
    [Id(12)]
    public NudgeChannel Channel { get; init; }

    /// <summary>The title; "" when nothing was sent, or its text is not there any more.</summary>
    [Id(13)]
    public string Subject { get; init; } = "";

    /// <summary>The text.</summary>
    [Id(14)]
    public string Text { get; init; } = "";

    /// <summary>Where a tap leads; "" for nowhere.</summary>
    [Id(15)]
    public string Link { get; init; } = "";

    /// <summary>When it was opened first.</summary>
    [Id(16)]
    public long OpenedAtMs { get; init; }

    /// <summary>When it was dismissed first.</summary>
    [Id(17)]
    public long DismissedAtMs { get; init; }

    /// <summary>When the learner had come back within 24 h and watched a minute.</summary>
    [Id(18)]
    public long ActedAtMs { get; init; }

    /// <summary>Where its delivery stands.</summary>
    [Id(19)]
    public NudgeDelivery Delivery { get; init; }

    /// <summary>When the delivery ended.</summary>
    [Id(20)]
    public long DeliveryEndedAtMs { get; init; }

    /// <summary>When a deferred one is decided again.</summary>
    [Id(21)]
    public long RetryAtMs { get; init; }

    /// <summary>The nudge that opened the digest which it is a part of; "" for one that goes out alone.</summary>
    [Id(22)]
    public string Digest { get; init; } = "";

    /// <summary>With which probability it was sent rather than withheld; null where the campaign does not send on expected gain, and before the draw.</summary>
    [Id(23)]
    public float? SendPropensity { get; init; }

    /// <summary>By how much it was expected to raise the probability that the learner comes back within 24 h and watches a minute; null while the campaign cannot tell.</summary>
    [Id(24)]
    public float? ExpectedGain { get; init; }
}
