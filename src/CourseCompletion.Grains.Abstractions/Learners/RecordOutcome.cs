using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Grains.Abstractions.Learners;

/// <summary>What became of a batch.</summary>
/// <param name="results">One per event, in the order given.</param>
/// <param name="scores">One per enrolment that the batch touched.</param>
[GenerateSerializer, Alias("cc.record-outcome"), Immutable]
public sealed class RecordOutcome(EventOutcome[] results, EnrolmentScore[] scores)
{
    /// <summary>One per event, in the order given.</summary>
    [Id(0)]
    public EventOutcome[] Results { get; } = results;

    /// <summary>One per enrolment that the batch touched, duplicates included.</summary>
    [Id(1)]
    public EnrolmentScore[] Scores { get; } = scores;
}

/// <summary>What became of one event.</summary>
/// <param name="Status">Its fate.</param>
/// <param name="ClockCorrected">Whether its time was shifted by the batch's clock difference.</param>
/// <param name="Rejection">Why it was rejected; null unless it was.</param>
[GenerateSerializer, Alias("cc.event-outcome"), Immutable]
public readonly record struct EventOutcome(
    [property: Id(0)] EventStatus Status,
    [property: Id(1)] bool ClockCorrected,
    [property: Id(2)] Rejection? Rejection)
{
    /// <summary>Not known to be durable: to be sent again.</summary>
    public static EventOutcome Retry { get; } = new(EventStatus.Retry, false, null);
}

/// <summary>The fates of an event.</summary>
[GenerateSerializer, Alias("cc.event-status")]
public enum EventStatus : byte
{
    /// <summary>Durable.</summary>
    Accepted = 0,

    /// <summary>Was durable before: changed nothing.</summary>
    Duplicate = 1,

    /// <summary>Will never be accepted as it is.</summary>
    Rejected = 2,

    /// <summary>Not known to be durable: send it again, unchanged.</summary>
    Retry = 3,
}

/// <summary>The completion probability of one enrolment.</summary>
/// <param name="Course">The course.</param>
/// <param name="Probability">0 to 1.</param>
/// <param name="ModelVersion">The model that scored it.</param>
/// <param name="EvaluatedAtMs">The instant for which it holds.</param>
/// <param name="Band">The band; None for an enrolment that is not active.</param>
[GenerateSerializer, Alias("cc.enrolment-score"), Immutable]
public readonly record struct EnrolmentScore(
    [property: Id(0)] CourseId Course,
    [property: Id(1)] float Probability,
    [property: Id(2)] string ModelVersion,
    [property: Id(3)] long EvaluatedAtMs,
    [property: Id(4)] CompletionBand Band = CompletionBand.None);
