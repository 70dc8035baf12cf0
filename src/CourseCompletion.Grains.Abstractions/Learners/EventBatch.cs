using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Grains.Abstractions.Learners;

/// <summary>Events of one learner to record. Not to be changed after it was sent.</summary>
/// <param name="events">1 to 1,000 events.</param>
/// <param name="sentAtMs">The producer's clock when it sent them, or 0: a difference of more than 2 minutes to the time of receipt corrects the events' times.</param>
[GenerateSerializer, Alias("cc.event-batch"), Immutable]
public sealed class EventBatch(LearnerEvent[] events, long sentAtMs)
{
    /// <summary>How many events one batch may have.</summary>
    public const int EventsMax = 1_000;

    /// <summary>The events.</summary>
    [Id(0)]
    public LearnerEvent[] Events { get; } = events;

    /// <summary>The producer's clock, or 0.</summary>
    [Id(1)]
    public long SentAtMs { get; } = sentAtMs;
}
