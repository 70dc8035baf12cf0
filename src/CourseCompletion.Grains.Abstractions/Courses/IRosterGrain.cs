using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Insights;
using CourseCompletion.Grains.Abstractions.Comments;
using CourseCompletion.Grains.Abstractions.Interests;
using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace CourseCompletion.Grains.Abstractions.Courses;

/// <summary>One shard of a course's roster, as its readers see it.</summary>
/// <remarks>Key: <see cref="RosterKey"/>. Called by the gateway, by campaigns and by the course's insights and topics.</remarks>
[Alias("cc.IRosterGrain")]
[Version(3)]
public interface IRosterGrain : IGrainWithStringKey
{
    /// <summary>Lists learners of this shard in order, after a position.</summary>
    [Alias("ListAsync")]
    [ReadOnly]
    ValueTask<RosterEntry[]> ListAsync(RosterQuery query);

    /// <summary>At which lessons learners of this shard left, as of now; looks through all rows.</summary>
    [Alias("GetLeavingAsync")]
    [ReadOnly]
    ValueTask<LeavingSums> GetLeavingAsync();

    /// <summary>The newest comments of learners of this shard, the newest first; those of before the retention are left out.</summary>
    [Alias("ListCommentsAsync")]
    [ReadOnly]
    ValueTask<CommentView[]> ListCommentsAsync(CommentQuery query);

    /// <summary>A sample by learner of the newest comments of learners of this shard; those of before the retention are left out.</summary>
    /// <param name="recentFromMs">From when on a comment is recent.</param>
    /// <param name="limit">How many recent ones, and how many earlier ones, at most; 1 to 2,000.</param>
    [Alias("SampleCommentsAsync")]
    [ReadOnly]
    ValueTask<CommentSample> SampleCommentsAsync(long recentFromMs, int limit);
}

/// <summary>Which learners, in which order, from where.</summary>
/// <param name="Order">The order; ties by learner id, ascending.</param>
/// <param name="Limit">At most this many, 1 to 500.</param>
/// <param name="AfterValue">With <paramref name="AfterLearner"/>: the last entry already seen.</param>
/// <param name="AfterLearner">The last learner already seen, or null to start.</param>
/// <param name="ProbabilityMin">Only learners with at least this probability.</param>
/// <param name="ProbabilityMax">Only learners with at most this probability.</param>
[GenerateSerializer, Alias("cc.roster-query"), Immutable]
public sealed record RosterQuery(
    [property: Id(0)] RosterOrder Order,
    [property: Id(1)] int Limit,
    [property: Id(2)] double AfterValue,
    [property: Id(3)] string? AfterLearner,
    [property: Id(4)] double ProbabilityMin = 0,
    [property: Id(5)] double ProbabilityMax = 1);

/// <summary>The orders of a roster.</summary>
[GenerateSerializer, Alias("cc.roster-order")]
public enum RosterOrder : byte
{
    /// <summary>Least likely to complete first.</summary>
    ProbabilityAscending = 0,

    /// <summary>Most likely to complete first.</summary>
    ProbabilityDescending = 1,

    /// <summary>Most recently active first.</summary>
    LastActivityDescending = 2,

    /// <summary>Longest silent first.</summary>
    LastActivityAscending = 3,

    /// <summary>Furthest first.</summary>
    ProgressDescending = 4,

    /// <summary>Least far first.</summary>
    ProgressAscending = 5,

    /// <summary>By what being active on two days of a week would add to the probability, most first.</summary>
    GainDescending = 6,
}

/// <summary>What follows from an order.</summary>
public static class RosterOrders
{
    /// <summary>Whether the highest value comes first.</summary>
    public static bool IsDescending(this RosterOrder order) =>
        order is RosterOrder.ProbabilityDescending or RosterOrder.LastActivityDescending or RosterOrder.ProgressDescending or RosterOrder.GainDescending;
}

/// <summary>A learner of a roster.</summary>
/// <param name="Learner">The learner.</param>
/// <param name="Status">Where they stand.</param>
/// <param name="Probability">The completion probability as of <paramref name="EvaluatedAtMs"/>.</param>
/// <param name="Progress">Progress by weight, 0 to 1.</param>
/// <param name="LastActivityAtMs">The newest activity; 0 without any.</param>
/// <param name="EvaluatedAtMs">The instant for which the probability holds.</param>
/// <param name="OrderValue">The value by which the entry was ordered; goes into <see cref="RosterQuery.AfterValue"/>.</param>
/// <param name="Band">The band as of <paramref name="EvaluatedAtMs"/>; None for who is not active in the course.</param>
/// <param name="Reachable">The probability after being active on two days of the week; never below <paramref name="Probability"/>.</param>
[GenerateSerializer, Alias("cc.roster-entry"), Immutable]
public readonly record struct RosterEntry(
    [property: Id(0)] string Learner,
    [property: Id(1)] Domain.Learners.EnrolmentStatus Status,
    [property: Id(2)] float Probability,
    [property: Id(3)] double Progress,
    [property: Id(4)] long LastActivityAtMs,
    [property: Id(5)] long EvaluatedAtMs,
    [property: Id(6)] double OrderValue,
    [property: Id(7)] CompletionBand Band,
    [property: Id(8)] float Reachable);
