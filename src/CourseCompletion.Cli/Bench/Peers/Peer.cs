namespace CourseCompletion.Cli.Bench.Peers;

/// <summary>Something that takes the same stream of events and makes each durable before it answers.</summary>
internal abstract class Peer(string name, string dataDirectory) : IAsyncDisposable
{
    /// <summary>What it is called.</summary>
    public string Name { get; } = name;

    /// <summary>CPU time of its processes so far, without a store that is a process of its own.</summary>
    public abstract TimeSpan ServerCpuTime { get; }

    /// <summary>CPU time of its store's process so far; zero when the store is in the server.</summary>
    public abstract TimeSpan StoreCpuTime { get; }

    /// <summary>Sends a load.</summary>
    public abstract Task<LoadResult> RunAsync(LoadShape shape, TimeSpan duration);

    /// <summary>Loads it until it is as fast as it will be.</summary>
    public abstract Task WarmUpAsync(LoadShape shape, CancellationToken cancellation);

    /// <summary>Waits until it has done what a load left to do.</summary>
    public abstract Task SettleAsync(CancellationToken cancellation);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(dataDirectory, recursive: true);
    }

    /// <summary>Ends its processes.</summary>
    protected abstract ValueTask StopAsync();
}

/// <summary>A peer behind the engine's gateway: the engine, or its host with other learners.</summary>
internal sealed class GatewayPeer(string name, string dataDirectory, BenchServer server, BenchEvents events) : Peer(name, dataDirectory)
{
    private readonly BenchLoad _load = new(events);

    public override TimeSpan ServerCpuTime => server.CpuTime;

    public override TimeSpan StoreCpuTime => TimeSpan.Zero;

    public override Task<LoadResult> RunAsync(LoadShape shape, TimeSpan duration) => _load.RunAsync(server.GrpcAddress, shape, duration);

    public override Task WarmUpAsync(LoadShape shape, CancellationToken cancellation) =>
        server.WarmUpAsync(() => RunAsync(shape, BenchServer.WarmUpTime), cancellation);

    public override Task SettleAsync(CancellationToken cancellation) => server.SettleAsync(cancellation);

    protected override ValueTask StopAsync() => server.DisposeAsync();
}

/// <summary>Flask and Redis.</summary>
internal sealed class FlaskPeer(string dataDirectory, FlaskStack stack, BenchEvents events) : Peer(FlaskStack.Name, dataDirectory)
{
    // It leaves nothing to do: the next measurement only finds the processor free.
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    private readonly FlaskLoad _load = new(events);

    public override TimeSpan ServerCpuTime => stack.ServerCpuTime;

    public override TimeSpan StoreCpuTime => stack.StoreCpuTime;

    public override Task<LoadResult> RunAsync(LoadShape shape, TimeSpan duration) => _load.RunAsync(stack.Address, shape, duration);

    // Python compiles nothing while it runs.
    public override async Task WarmUpAsync(LoadShape shape, CancellationToken cancellation)
    {
        await RunAsync(shape, BenchServer.WarmUpTime);
        await SettleAsync(cancellation);
    }

    public override Task SettleAsync(CancellationToken cancellation) => Task.Delay(_pause, cancellation);

    protected override ValueTask StopAsync() => stack.DisposeAsync();
}
