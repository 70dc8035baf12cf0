using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Grains.Abstractions.Campaigns;

/// <summary>How an upsert of a campaign ended.</summary>
/// <param name="Definition">The stored definition, or null when it was refused.</param>
/// <param name="Faults">Every malformed field; empty when it was stored or the version differed.</param>
/// <param name="CurrentVersion">The current version; 0 when the campaign does not exist.</param>
[GenerateSerializer, Alias("cc.campaign-upsert-outcome"), Immutable]
public sealed record CampaignUpsertOutcome(
    [property: Id(0)] CampaignDefinition? Definition, [property: Id(1)] IReadOnlyList<Rejection> Faults, [property: Id(2)] long CurrentVersion);

/// <summary>Asks whom a campaign would reach.</summary>
/// <param name="FromMs">From when on.</param>
/// <param name="ToMs">Until when; at most 31 days later.</param>
/// <param name="AfterCourse">With <paramref name="AfterLearner"/>: the last entry already seen; null to start.</param>
/// <param name="AfterLearner">The last learner already seen.</param>
/// <param name="Limit">At most this many learners, 1 to 500.</param>
[GenerateSerializer, Alias("cc.dry-run-query"), Immutable]
public sealed record DryRunQuery(
    [property: Id(0)] long FromMs,
    [property: Id(1)] long ToMs,
    [property: Id(2)] string? AfterCourse,
    [property: Id(3)] string? AfterLearner,
    [property: Id(4)] int Limit);

/// <summary>A page of a dry run.</summary>
/// <param name="Entries">What would be decided, learner by learner, each in the order of time.</param>
/// <param name="IsLast">Whether no learner follows.</param>
[GenerateSerializer, Alias("cc.dry-run-page"), Immutable]
public sealed record DryRunPage([property: Id(0)] DryRunEntry[] Entries, [property: Id(1)] bool IsLast);

/// <summary>What would be decided about one occurrence for one learner.</summary>
/// <param name="Course">The course.</param>
/// <param name="Learner">The learner.</param>
/// <param name="Occurrence">The occurrence.</param>
/// <param name="DueAtMs">When it is due.</param>
/// <param name="Verdict">The decision.</param>
/// <param name="Reason">Its reason.</param>
/// <param name="SendAtMs">When it would be sent: later than it is due for one that is deferred.</param>
/// <param name="Arm">The arm.</param>
[GenerateSerializer, Alias("cc.dry-run-entry"), Immutable]
public sealed record DryRunEntry(
    [property: Id(0)] string Course,
    [property: Id(1)] string Learner,
    [property: Id(2)] string Occurrence,
    [property: Id(3)] long DueAtMs,
    [property: Id(4)] NudgeVerdict Verdict,
    [property: Id(5)] NudgeReason Reason,
    [property: Id(6)] long SendAtMs,
    [property: Id(7)] string Arm);
