using CourseCompletion.Prediction.Completion;
using CourseCompletion.Prediction.Completion.Default;
using Spectre.Console;

namespace CourseCompletion.Cli.Bench;

/// <summary>Runs the same streams against the engine and against what it stands on, in turns, and prints medians side by side.</summary>
/// <param name="console">Where the tables go.</param>
/// <param name="rounds">How often each measurement is taken; the servers take turns in every round.</param>
/// <param name="duration">How long one measurement lasts.</param>
/// <param name="redis">A Redis connection string to measure that store instead of the embedded one, or null.</param>
internal sealed class IngestBench(IAnsiConsole console, int rounds, TimeSpan duration, string? redis)
{
    /// <summary>Criterion 1: (a) echo, (b) a grain that stores nothing, (c) the engine, (d) a state write a call.</summary>
    public Task CompareAsync(CancellationToken cancellation) =>
        CompareAsync([BenchMode.Echo, BenchMode.Storeless, BenchMode.Engine, BenchMode.WriteState], oneLearnerToo: true, cancellation);

    /// <summary>Only (b) and (c): for looking at a change of the hot path.</summary>
    public Task QuickAsync(CancellationToken cancellation) => CompareAsync([BenchMode.Storeless, BenchMode.Engine], oneLearnerToo: false, cancellation);

    /// <summary>The engine at several sizes of class and batch.</summary>
    public async Task GridAsync(CancellationToken cancellation)
    {
        var shapes = new List<LoadShape>();
        foreach (var learners in (int[])[1_000, 10_000, 100_000])
        {
            foreach (var batchSize in (int[])[1, 50, 500])
            {
                shapes.Add(new(learners, Courses: 10, batchSize));
            }
        }

        var measured = new List<Measured>();
        foreach (var learners in shapes.GroupBy(s => s.Learners))
        {
            await using var servers = await ServersAsync([BenchMode.Engine], learners.First());
            measured.AddRange(await MeasureAsync([.. learners.Select(s => new Trial($"{s.Learners:N0} learners, {s.BatchSize} a batch", servers.All[0], s))], cancellation));
        }

        Print("The engine by learners and events a batch", measured, baseline: "10,000 learners, 50 a batch");
    }

    /// <summary>Criterion 2: one course with everyone in it against a thousand courses.</summary>
    public async Task CoursesAsync(CancellationToken cancellation)
    {
        var many = new LoadShape(Learners: 10_000, Courses: 1_000, BatchSize: 50);
        var one = many with { Courses = 1 };
        await using var manyServers = await ServersAsync([BenchMode.Engine], many);
        await using var oneServers = await ServersAsync([BenchMode.Engine], one);
        var measured = await MeasureAsync([new("1,000 courses", manyServers.All[0], many), new("one course", oneServers.All[0], one)], cancellation);
        Print("One hot course, 10,000 learners, 50 events a batch", measured, baseline: "1,000 courses");
    }

    /// <summary>Criterion 3: learners with 100,000 past events against learners with at most 1,000.</summary>
    public async Task HistoryAsync(CancellationToken cancellation)
    {
        const int learners = 32;
        const int pastEvents = 100_000;
        var old = new LoadShape(learners, Courses: 10, BatchSize: 50, OneLearnerBatches: true, Streams: 2, InFlight: 4);
        await using var freshServers = await ServersAsync([BenchMode.Engine], old);
        await using var oldServers = await ServersAsync([BenchMode.Engine], old);
        console.WriteLine($"Giving each of {learners} learners {pastEvents:N0} events ...");
        var past = await oldServers.All[0].Load.RunAsync(
            oldServers.All[0].Server.GrpcAddress, old with { BatchSize = 200, InFlight = 1, InTurn = true }, TimeSpan.FromMinutes(20), (long)learners * pastEvents);
        if (past.Events != (long)learners * pastEvents)
        {
            throw new InvalidOperationException($"Only {past.Events:N0} of {(long)learners * pastEvents:N0} past events were accepted, {past.Others:N0} were not.");
        }

        var measured = await MeasureAsync(
            [new("at most 1,000 past events", freshServers.All[0], old with { EventsEach = 1_000 }), new("100,000 past events and more", oldServers.All[0], old)], cancellation);
        Print("A learner's history, 32 learners at a time, 50 events of one learner a batch", measured, baseline: "at most 1,000 past events");
    }

    /// <summary>What the release's learned model costs beside <c>prior-1</c>: the engine, each time with another champion.</summary>
    /// <remarks>The same features are kept up for both, so it is the score that differs.</remarks>
    public async Task ModelsAsync(CancellationToken cancellation)
    {
        string[] models = [new PriorCompletionPredictor().ModelVersion, DefaultCompletionModel.Name];
        var uniform = new LoadShape(Learners: 10_000, Courses: 10, BatchSize: 50);
        await using var servers = await ServersAsync([BenchMode.Engine, BenchMode.Engine], uniform);
        for (var i = 0; i < models.Length; i++)
        {
            await servers.All[i].Server.PromoteModelAsync(models[i], cancellation);
        }

        var measured = await MeasureAsync([.. models.Select((model, i) => new Trial(model, servers.All[i], uniform))], cancellation);
        Print("The engine by the model that scores, 10,000 learners, 50 events a batch", measured, baseline: models[0]);
        // Round by round: the machine's speed changes more from one round to the next than a score costs.
        var pairs = measured[0].Samples.Zip(measured[1].Samples).ToList();
        console.WriteLine($"Added by {models[1]}: {Medians.Of(pairs, AddedMicroseconds):F2} us of server CPU an event (rounds: {string.Join(", ", pairs.Select(round => $"{AddedMicroseconds(round):F2}"))}; goal: at most 2.5).");
        console.WriteLine($"Throughput: {Medians.Of(pairs, round => round.Second.EventsPerSecond / round.First.EventsPerSecond):F2} of {models[0]}'s (goal: at least 0.85).");

        static double AddedMicroseconds((Sample First, Sample Second) round) => round.Second.CpuMicroseconds - round.First.CpuMicroseconds;
    }

    /// <summary>What comments cost: every tenth event a comment of 100 characters, against none.</summary>
    public async Task CommentsAsync(CancellationToken cancellation)
    {
        var without = new LoadShape(Learners: 10_000, Courses: 10, BatchSize: 50);
        var with = without with { CommentEvery = 10 };
        await using var servers = await ServersAsync([BenchMode.Engine, BenchMode.Engine], without);
        var measured = await MeasureAsync([new("no comments", servers.All[0], without), new("10 % comments", servers.All[1], with)], cancellation);
        Print("Comments of 100 characters, 10,000 learners, 50 events a batch", measured, baseline: "no comments");
        var pairs = measured[0].Samples.Zip(measured[1].Samples).ToList();
        console.WriteLine($"Throughput: {Medians.Of(pairs, round => round.Second.EventsPerSecond / round.First.EventsPerSecond):F2} of that without (rounds: {string.Join(", ", pairs.Select(round => $"{round.Second.EventsPerSecond / round.First.EventsPerSecond:F2}"))}; goal: at least 0.85).");
    }

    /// <summary>Criterion 5: from process start to the first acknowledged event, idle memory, and the memory of 100,000 activated learners, of the built host.</summary>
    public async Task FootprintAsync(CancellationToken cancellation)
    {
        var footprints = new List<Footprint>();
        for (var round = 1; round <= rounds; round++)
        {
            console.WriteLine($"Round {round} of {rounds}: footprint ...");
            var data = Directory.CreateTempSubdirectory("coursecompletion-bench-").FullName;
            footprints.Add(await FootprintAsync(data, cancellation));
            Directory.Delete(data, recursive: true);
        }

        var table = new Table().Title("Footprint of the built host").AddColumns("what", $"median of {rounds}");
        table.AddRow("process start to first acknowledged event", $"{Medians.Of(footprints, f => f.FirstAnswerSeconds):F2} s");
        table.AddRow("idle resident memory", $"{Medians.Of(footprints, f => f.IdleMiB):F0} MiB");
        table.AddRow("resident memory, 100,000 learners activated", $"{Medians.Of(footprints, f => f.ActivatedMiB):F0} MiB");
        console.Write(table);
    }

    private async Task<Footprint> FootprintAsync(string data, CancellationToken cancellation)
    {
        const int learners = 100_000;
        var everyoneOnce = new LoadShape(learners, Courses: 10, BatchSize: 200, InTurn: true);
        await using var server = await BenchServer.StartHostAsync(data, redis);
        var load = new BenchLoad(new(Path.GetFileName(data), learners));
        var one = await load.RunAsync(server.GrpcAddress, everyoneOnce with { BatchSize = 1, Streams = 1 }, TimeSpan.FromMinutes(1), 1);
        var firstAnswerSeconds = server.Age.TotalSeconds;
        await server.SettleAsync(cancellation);
        var idleMiB = server.ResidentMiB;
        var all = await load.RunAsync(server.GrpcAddress, everyoneOnce, TimeSpan.FromMinutes(5), learners);
        if (one.Events != 1 || all.Events != learners)
        {
            throw new InvalidOperationException($"Only {all.Events:N0} of {learners:N0} learners' events were accepted.");
        }

        await server.SettleAsync(cancellation);
        return new(firstAnswerSeconds, idleMiB, server.ResidentMiB);
    }

    private async Task CompareAsync(BenchMode[] modes, bool oneLearnerToo, CancellationToken cancellation)
    {
        var uniform = new LoadShape(Learners: 10_000, Courses: 10, BatchSize: 50);
        await using var servers = await ServersAsync(modes, uniform);
        var trials = servers.All.Select(server => new Trial(Label(server), server, uniform)).ToList();
        if (oneLearnerToo)
        {
            trials.AddRange(servers.All.Select(server => new Trial(Label(server) + ", one learner a batch", server, uniform with { OneLearnerBatches = true })));
        }

        var measured = await MeasureAsync(trials, cancellation);
        Print("The same stream, 50 events a batch from 10,000 learners", measured, baseline: Label(servers.All.Find(server => server.Mode == BenchMode.Storeless)!));
        if (servers.All.Find(server => server.Mode == BenchMode.WriteState) is { } writeState)
        {
            var (engine, write) = (measured.Find(m => m.Label == Label(servers.All[2]))!, measured.Find(m => m.Label == Label(writeState))!);
            console.WriteLine($"(c) / (d): {engine.Median(s => s.CpuMicroseconds) / write.Median(s => s.CpuMicroseconds):F2}");
        }
    }

    private string Label(RunningServer server) => server.Mode switch
    {
        BenchMode.Echo => "(a) gRPC echo",
        BenchMode.Storeless => "(b) grain call, stores nothing",
        BenchMode.Engine => $"(c) engine, durable on {(redis is null ? "SQLite" : "Redis")}",
        _ => $"(d) WriteStateAsync a call on {(redis is null ? "SQLite" : "Redis")}",
    };

    private async Task<RunningServers> ServersAsync(IReadOnlyList<BenchMode> modes, LoadShape shape)
    {
        var servers = new RunningServers();
        foreach (var mode in modes)
        {
            var data = Directory.CreateTempSubdirectory("coursecompletion-bench-").FullName;
            var server = await BenchServer.StartAsync(mode, data, redis);
            var name = Path.GetFileName(data);
            servers.All.Add(new(mode, server, new BenchLoad(new(name, shape.Learners)), data));
            if (mode == BenchMode.Engine)
            {
                await server.DefineCoursesAsync(shape.Courses);
            }
        }

        return servers;
    }

    private async Task<List<Measured>> MeasureAsync(IReadOnlyList<Trial> trials, CancellationToken cancellation)
    {
        var rows = trials.Select(trial => new Measured(trial.Label, [])).ToList();
        foreach (var trial in trials)
        {
            console.WriteLine($"Warming up: {trial.Label} ...");
            await trial.On.Server.WarmUpAsync(() => trial.On.Load.RunAsync(trial.On.Server.GrpcAddress, trial.Shape, BenchServer.WarmUpTime), cancellation);
        }

        for (var round = 1; round <= rounds; round++)
        {
            for (var i = 0; i < trials.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                console.WriteLine($"Round {round} of {rounds}: {trials[i].Label} ...");
                rows[i].Samples.Add(await MeasureAsync(trials[i], cancellation));
            }
        }

        return rows;
    }

    private async Task<Sample> MeasureAsync(Trial trial, CancellationToken cancellation)
    {
        var (load, server) = (trial.On.Load, trial.On.Server);
        var cpu = server.CpuTime;
        var allocated = await server.AllocatedBytesAsync();
        var result = await load.RunAsync(server.GrpcAddress, trial.Shape, duration);
        // What the batches still cause after their answers (rows, snapshots) is part of their cost, and not of the next one's.
        await server.SettleAsync(cancellation);
        return new(
            result.Events / result.Seconds,
            (server.CpuTime - cpu).TotalMicroseconds / result.Events,
            (double)(await server.AllocatedBytesAsync() - allocated) / result.Events,
            result.Acknowledgements.GetValueAtPercentile(50) / 1000.0,
            result.Acknowledgements.GetValueAtPercentile(99) / 1000.0,
            result.Others);
    }

    private void Print(string title, List<Measured> measured, string baseline)
    {
        var table = new Table().Title(title).AddColumns("what", "events/s", "server CPU us/event", "allocated B/event", "p50 ms", "p99 ms", "CPU ratio", "not accepted");
        var reference = measured.Find(m => m.Label == baseline);
        foreach (var row in measured)
        {
            table.AddRow(
                row.Label,
                $"{row.Median(s => s.EventsPerSecond):N0}",
                $"{row.Median(s => s.CpuMicroseconds):F2}",
                $"{row.Median(s => s.AllocatedBytes):N0}",
                $"{row.Median(s => s.P50Ms):F1}",
                $"{row.Median(s => s.P99Ms):F1}",
                reference is null ? "" : $"{row.Median(s => s.CpuMicroseconds) / reference.Median(s => s.CpuMicroseconds):F2}",
                $"{row.Samples.Sum(s => s.Others)}");
        }

        table.Caption($"Medians of {rounds} interleaved rounds of {duration.TotalSeconds:F0} s; CPU ratio to '{baseline}'.");
        console.Write(table);
    }

    private sealed record Footprint(double FirstAnswerSeconds, double IdleMiB, double ActivatedMiB);

    private sealed record Trial(string Label, RunningServer On, LoadShape Shape);

    private sealed record Sample(double EventsPerSecond, double CpuMicroseconds, double AllocatedBytes, double P50Ms, double P99Ms, long Others);

    private sealed record Measured(string Label, List<Sample> Samples)
    {
        public double Median(Func<Sample, double> of) => Medians.Of(Samples, of);
    }

    private sealed record RunningServer(BenchMode Mode, BenchServer Server, BenchLoad Load, string DataDirectory);

    private sealed class RunningServers : IAsyncDisposable
    {
        public List<RunningServer> All { get; } = [];

        public async ValueTask DisposeAsync()
        {
            foreach (var running in All)
            {
                await running.Server.DisposeAsync();
                Directory.Delete(running.DataDirectory, recursive: true);
            }
        }
    }
}
