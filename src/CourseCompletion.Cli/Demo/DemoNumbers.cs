using CourseCompletion.Cli.Delivery;

namespace CourseCompletion.Cli.Demo;

/// <summary>What the demo shows at one moment.</summary>
internal sealed record DemoNumbers(
    string Phase,
    DeliveryCounts Counts,
    double EventsPerSecond,
    TimeSpan AcknowledgedP50,
    TimeSpan AcknowledgedP99,
    int Enrolments,
    double? MeanProbability,
    double? MeanProbabilityBeforeLive,
    IReadOnlyList<Protocol.V1.Engagement> Courses,
    IReadOnlyList<ProbabilityMove> Moves,
    DemoCampaignNumbers? Campaign,
    DemoUnderstood? Understood);

/// <summary>A learner's probability of completing a course, moving.</summary>
internal sealed record ProbabilityMove(string Learner, string Course, double From, double To);
