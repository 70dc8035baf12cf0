using Spectre.Console;

namespace CourseCompletion.Cli.Bench.Peers;

/// <summary>Runs the same stream through the engine, through Akka.NET's sharded actors and through Flask with Redis, in turns, and prints medians side by side.</summary>
/// <param name="console">Where the table goes.</param>
/// <param name="peers">Where the peers are.</param>
/// <param name="rounds">How often each measurement is taken; the peers take turns in every round.</param>
/// <param name="duration">How long one measurement lasts.</param>
/// <param name="loads">What is sent.</param>
internal sealed class PeersBench(IAnsiConsole console, PeersDirectory peers, int rounds, TimeSpan duration, PeerLoads loads)
{
    /// <summary>Measures, and says of each peer that is not here what would bring it.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var running = new List<Peer>();
        try
        {
            await StartAsync(running, cancellation);
            foreach (var peer in running)
            {
                console.WriteLine($"Warming up: {peer.Name} ...");
                await peer.WarmUpAsync(PeerLoads.Batched, cancellation);
                await peer.WarmUpAsync(PeerLoads.Singles, cancellation);
            }

            var trials = loads.All.SelectMany(load => running.Select(peer => new PeerTrial(peer, load, []))).ToList();
            for (var round = 1; round <= rounds; round++)
            {
                foreach (var trial in trials)
                {
                    cancellation.ThrowIfCancellationRequested();
                    console.WriteLine($"Round {round} of {rounds}: {trial.Peer.Name}, {PeerLoads.Describe(trial.Load)} ...");
                    trial.Samples.Add(await MeasureAsync(trial, cancellation));
                }
            }

            Print(trials);
            foreach (var goal in PeerGoals.Of(trials))
            {
                console.WriteLine(goal.ToString());
            }
        }
        finally
        {
            foreach (var peer in running)
            {
                await peer.DisposeAsync();
            }
        }
    }

    private async Task StartAsync(List<Peer> running, CancellationToken cancellation)
    {
        running.Add(await GatewayPeerAsync(PeerNames.Engine, data => BenchServer.StartAsync(BenchMode.Engine, data, redis: null)));
        if (peers.Missing(PeerNames.Akka) is { } noAkka)
        {
            console.WriteLine(noAkka.ToString());
        }
        else
        {
            running.Add(await GatewayPeerAsync(PeerNames.Akka, data => BenchServer.StartAsync(PeerNames.Akka, peers.AkkaAssembly, ["--data", data])));
        }

        if (FlaskStack.Missing(peers) is { } noFlask)
        {
            console.WriteLine(noFlask.ToString());
        }
        else
        {
            var data = NewDirectory();
            running.Add(new FlaskPeer(data, await FlaskStack.StartAsync(peers, data, cancellation), EventsOf(data)));
        }
    }

    private static async Task<Peer> GatewayPeerAsync(string name, Func<string, Task<BenchServer>> startAsync)
    {
        var data = NewDirectory();
        var server = await startAsync(data);
        await server.DefineCoursesAsync(PeerLoads.Batched.Courses);
        return new GatewayPeer(name, data, server, EventsOf(data));
    }

    private static string NewDirectory() => Directory.CreateTempSubdirectory("coursecompletion-bench-").FullName;

    private static BenchEvents EventsOf(string data) => new(Path.GetFileName(data), PeerLoads.Batched.Learners);

    private async Task<PeerSample> MeasureAsync(PeerTrial trial, CancellationToken cancellation)
    {
        var peer = trial.Peer;
        var (server, store) = (peer.ServerCpuTime, peer.StoreCpuTime);
        var result = await peer.RunAsync(trial.Load, duration);

        // What the load still causes after its last answer is part of its cost, and not of the next one's.
        await peer.SettleAsync(cancellation);
        return new(
            result.Events / result.Seconds,
            (peer.ServerCpuTime - server).TotalMicroseconds / result.Events,
            (peer.StoreCpuTime - store).TotalMicroseconds / result.Events,
            result.Acknowledgements.GetValueAtPercentile(50) / 1000.0,
            result.Acknowledgements.GetValueAtPercentile(99) / 1000.0,
            result.Others);
    }

    private void Print(List<PeerTrial> trials)
    {
        var table = new Table()
            .Title("The same events, each durable before its answer, 10,000 learners")
            .AddColumns("load", "peer", "events/s", "CPU us/event", "of which the store's process", "p50 ms", "p99 ms", "not accepted");
        foreach (var trial in trials)
        {
            table.AddRow(
                PeerLoads.Describe(trial.Load),
                trial.Peer.Name,
                $"{trial.Median(s => s.EventsPerSecond):N0}",
                $"{trial.Median(s => s.CpuMicroseconds):F1}",
                $"{trial.Median(s => s.StoreMicroseconds):F1}",
                $"{trial.Median(s => s.P50Ms):F1}",
                $"{trial.Median(s => s.P99Ms):F1}",
                $"{trial.Samples.Sum(s => s.Others)}");
        }

        table.Caption($"Medians of {rounds} interleaved rounds of {duration.TotalSeconds:F0} s.");
        console.Write(table);
    }
}
