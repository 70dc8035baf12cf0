namespace CourseCompletion.Domain.Learners;

/// <summary>The numbers that the learner's rules decide with.</summary>
public sealed record LearnerPolicy
{
    /// <summary>The policy with its documented defaults.</summary>
    public static LearnerPolicy Default { get; } = new();

    /// <summary>Which numbers these are; recorded in every journal frame decided under them.</summary>
    public int Version { get; init; } = 1;

    /// <summary>How far behind a source's newest event an event is still recognised as new or repeated, in days of event time. Default 30.</summary>
    public int DedupeHorizonDays { get; init; } = 30;

    /// <summary>How many identities a learner remembers; at the cap the oldest day goes and its source's floor rises. Default 100,000.</summary>
    public int DedupeIdsMax { get; init; } = 100_000;

    /// <summary>How many sources a learner may have. Default 16.</summary>
    public int SourcesMax { get; init; } = 16;

    /// <summary>How many courses a learner may touch. Default 64.</summary>
    public int EnrolmentsMax { get; init; } = 64;

    /// <summary>How many enrol and withdraw decisions one enrolment keeps. Default 32.</summary>
    public int EnrolmentChangesMax { get; init; } = 32;

    /// <summary>How many lessons one enrolment keeps. Default 512.</summary>
    public int LessonsMax { get; init; } = 512;

    /// <summary>How many separate watched intervals one lesson keeps. Default 512.</summary>
    public int IntervalsMax { get; init; } = 512;

    /// <summary>How many liked, bookmarked or rated objects one enrolment keeps. Default 512.</summary>
    public int ReactionsMax { get; init; } = 512;

    /// <summary>How many assessments one enrolment keeps. Default 256.</summary>
    public int AssessmentsMax { get; init; } = 256;

    /// <summary>How large a learner's state may grow, in bytes of its snapshot (without remembered identities). Default 48 KiB.</summary>
    public int StateBytesMax { get; init; } = 48 * 1024;

    /// <summary>How far in the future an event may lie. Default 5 minutes.</summary>
    public long FutureToleranceMs { get; init; } = 5 * 60_000;

    /// <summary>From which difference between <c>sent_at</c> and the time of receipt a producer's clock is corrected. Default 2 minutes.</summary>
    public long ClockSkewToleranceMs { get; init; } = 2 * 60_000;

    /// <summary>How long a pause ends a session. Default 30 minutes.</summary>
    public long SessionPauseMs { get; init; } = 30 * 60_000;
}
