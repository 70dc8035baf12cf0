using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Grains.Abstractions.Campaigns;
using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace CourseCompletion.Grains.Learners;

/// <summary>The side of a learner that campaigns call: the one gate.</summary>
/// <remarks>Key: <see cref="Domain.Learners.LearnerKey"/>. Called by campaigns' shards, by question boards and, for dry runs, by campaigns.</remarks>
[Alias("cc.ILearnerNudgeGrain")]
[Version(1)]
internal interface ILearnerNudgeGrain : IGrainWithStringKey
{
    /// <summary>Decides whether the learner is reached; returns when the decision is durable. An occurrence is decided once: asked again it answers what was decided.</summary>
    /// <exception cref="ArgumentException">There is no such campaign.</exception>
    [Alias("OfferNudgeAsync")]
    [AlwaysInterleave]
    ValueTask<GateAnswer> OfferNudgeAsync(NudgeOffer offer);

    /// <summary>Decides the deferred nudges whose time has come, together.</summary>
    [Alias("DecideDeferredAsync")]
    [AlwaysInterleave]
    ValueTask DecideDeferredAsync();

    /// <summary>What would be decided about occurrences of a campaign, one after the other, each at its due time; nothing is remembered.</summary>
    [Alias("PreviewNudgesAsync")]
    [AlwaysInterleave]
    ValueTask<DryRunEntry[]> PreviewNudgesAsync([Immutable] CampaignDefinition campaign, [Immutable] NudgeOffer[] offers);
}

/// <summary>What the gate answers a campaign.</summary>
/// <param name="Verdict">The decision; unspecified for a learner or course that is not known.</param>
/// <param name="Reason">Its reason.</param>
/// <param name="RetryAtMs">When a deferred one is to be offered again; 0 otherwise.</param>
/// <param name="IsRepeat">Whether it had been decided before.</param>
[GenerateSerializer, Alias("cc.gate-answer"), Immutable]
internal readonly record struct GateAnswer(
    [property: Id(0)] NudgeVerdict Verdict, [property: Id(1)] NudgeReason Reason, [property: Id(2)] long RetryAtMs, [property: Id(3)] bool IsRepeat)
{
    public static GateAnswer Of(NudgeDecision? decision, bool isRepeat) => decision is null
        ? new(NudgeVerdict.Unspecified, NudgeReason.None, 0, isRepeat)
        : new(decision.Verdict, decision.Reason, decision.RetryAtMs, isRepeat);
}
