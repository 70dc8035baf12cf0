namespace CourseCompletion.Cli.Bench.Peers;

/// <summary>One peer under one load, with what each round measured.</summary>
internal sealed record PeerTrial(Peer Peer, LoadShape Load, List<PeerSample> Samples)
{
    /// <summary>The median of its rounds.</summary>
    public double Median(Func<PeerSample, double> of) => Medians.Of(Samples, of);
}

/// <summary>One measurement.</summary>
/// <param name="EventsPerSecond">Events accepted a second.</param>
/// <param name="ServerMicroseconds">CPU an event of the server's processes.</param>
/// <param name="StoreMicroseconds">CPU an event of a store that is a process of its own.</param>
/// <param name="P50Ms">From a request to its answer, the median.</param>
/// <param name="P99Ms">From a request to its answer, the 99th of a hundred.</param>
/// <param name="Others">Events that were not accepted; a sound run has none.</param>
internal sealed record PeerSample(double EventsPerSecond, double ServerMicroseconds, double StoreMicroseconds, double P50Ms, double P99Ms, long Others)
{
    /// <summary>CPU an event of all its processes.</summary>
    public double CpuMicroseconds => ServerMicroseconds + StoreMicroseconds;
}

/// <summary>The peers' names, as the tables and goals give them; the Flask peer's is <see cref="FlaskStack.Name"/>.</summary>
internal static class PeerNames
{
    public const string Engine = "CourseCompletion";
    public const string Akka = "Akka.NET";
}
