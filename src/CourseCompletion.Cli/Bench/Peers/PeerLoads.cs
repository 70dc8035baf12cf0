namespace CourseCompletion.Cli.Bench.Peers;

/// <summary>What every peer is sent: events singly and in batches, as many as it takes and as many as all of them take.</summary>
/// <param name="singlesPerSecond">The rate at which the peers' answers to single events are compared.</param>
/// <param name="batchedPerSecond">The rate at which their answers to batches are.</param>
internal sealed class PeerLoads(int singlesPerSecond, int batchedPerSecond)
{
    /// <summary>Batches of 50 events of 10,000 learners, as many as are answered.</summary>
    public static LoadShape Batched { get; } = new(Learners: 10_000, Courses: 10, BatchSize: 50);

    /// <summary>Events of the same learners, each a request of its own.</summary>
    public static LoadShape Singles { get; } = Batched with { BatchSize = 1 };

    /// <summary>All of them, in the order in which they are measured.</summary>
    public IReadOnlyList<LoadShape> All { get; } =
        [Batched, Singles, Batched with { EventsPerSecond = batchedPerSecond }, Singles with { EventsPerSecond = singlesPerSecond }];

    /// <summary>A load as the table names it.</summary>
    public static string Describe(LoadShape load) =>
        $"{(load.BatchSize == 1 ? "one a request" : $"{load.BatchSize} a batch")}, {(load.EventsPerSecond == 0 ? "all it takes" : $"{load.EventsPerSecond:N0}/s")}";
}
