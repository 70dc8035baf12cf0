namespace CourseCompletion.Cli.Bench.Peers;

/// <summary>What the engine is to be beside its peers.</summary>
/// <param name="What">What is compared.</param>
/// <param name="Value">The engine's figure over the peer's.</param>
/// <param name="ValueMax">At most this.</param>
internal sealed record PeerGoal(string What, double Value, double ValueMax)
{
    /// <summary>Whether it is met.</summary>
    public bool IsMet => Value <= ValueMax;

    /// <inheritdoc/>
    public override string ToString() => $"{What}: {Value:F3} (goal: at most {ValueMax:F2}), {(IsMet ? "met" : "not met")}.";
}

/// <summary>Compares what was measured.</summary>
internal static class PeerGoals
{
    /// <summary>Each goal for which the peer was measured.</summary>
    /// <remarks>Processor time is compared at full load, the engine always with batches; the 99th percentile at equal load.</remarks>
    public static IEnumerable<PeerGoal> Of(IReadOnlyList<PeerTrial> trials)
    {
        var engine = trials.Single(trial => trial.Peer.Name == PeerNames.Engine && trial.Load == PeerLoads.Batched);
        foreach (var peer in trials.Where(trial => trial.Peer.Name != PeerNames.Engine))
        {
            var load = PeerLoads.Describe(peer.Load);
            if (peer.Load.EventsPerSecond > 0)
            {
                var equal = trials.Single(trial => trial.Peer.Name == PeerNames.Engine && trial.Load == peer.Load);
                yield return new($"p99 to {peer.Peer.Name}, {load}", equal.Median(s => s.P99Ms) / peer.Median(s => s.P99Ms), 1);
            }
            else if (CpuRatioMax(peer) is { } ratioMax)
            {
                yield return new(
                    $"CPU of an event in a batch of {engine.Load.BatchSize} to {peer.Peer.Name}, {load}", engine.Median(s => s.CpuMicroseconds) / peer.Median(s => s.CpuMicroseconds), ratioMax);
            }
        }
    }

    private static double? CpuRatioMax(PeerTrial peer) => (peer.Peer.Name, peer.Load.BatchSize) switch
    {
        (PeerNames.Akka, 1) => null,
        (PeerNames.Akka, _) => 1,
        (_, 1) => 1.0 / 50,
        _ => 1.0 / 10,
    };
}
