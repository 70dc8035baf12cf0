using System.CommandLine;
using CourseCompletion.Cli.Bench.Peers;
using CourseCompletion.Cli.Connections;
using Spectre.Console;

namespace CourseCompletion.Cli.Bench;

/// <summary><c>bench ingest</c>: what an event costs, beside what the runtime alone costs; <c>bench peers</c>: beside what others would build; <c>bench recommend</c>: how long recommendations take.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        var bench = new Command("bench", "Measure the engine on this machine.");
        bench.Subcommands.Add(Ingest());
        bench.Subcommands.Add(PeersCommand());
        bench.Subcommands.Add(Recommend());
        bench.Subcommands.Add(Serve());
        return bench;
    }

    private static Command Ingest()
    {
        var rounds = WholeNumberOption.Create("--rounds", "How often each measurement is taken, in turns.", 3);
        var seconds = WholeNumberOption.Create("--seconds", "How many seconds one measurement lasts.", 8);
        var redis = new Option<string?>("--redis") { Description = "Measure on this Redis (appendfsync always) instead of the embedded store." };
        var only = new Option<string[]>("--only")
        {
            Description = "Only these parts: compare, grid, courses, history, models, comments, footprint; or quick, a part of compare.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => ["compare", "grid", "courses", "history", "models", "comments", "footprint"],
        };
        var ingest = new Command("ingest", "Stream events through the gateway and compare: gRPC echo, a grain that stores nothing, the engine, a state write a call.")
        {
            rounds, seconds, redis, only,
        };
        only.AcceptOnlyFromAmong("compare", "quick", "grid", "courses", "history", "models", "comments", "footprint");
        ingest.SetAction((parsed, cancellation) => CommandRun.GuardAsync(async () =>
        {
            BenchLoad.StopOn(cancellation);
            var run = new IngestBench(AnsiConsole.Console, parsed.GetValue(rounds), TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(redis));
            foreach (var part in parsed.GetValue(only)!)
            {
                await PartAsync(run, part, cancellation);
            }

            return CommandRun.Ok;
        }));
        return ingest;
    }

    private static Task PartAsync(IngestBench run, string part, CancellationToken cancellation) => part switch
    {
        "compare" => run.CompareAsync(cancellation),
        "quick" => run.QuickAsync(cancellation),
        "grid" => run.GridAsync(cancellation),
        "courses" => run.CoursesAsync(cancellation),
        "history" => run.HistoryAsync(cancellation),
        "models" => run.ModelsAsync(cancellation),
        "comments" => run.CommentsAsync(cancellation),
        _ => run.FootprintAsync(cancellation),
    };

    private static Command Recommend()
    {
        var seconds = WholeNumberOption.Create("--seconds", "How many seconds one measurement lasts.", 20);
        var rate = WholeNumberOption.Create("--events-per-second", "How many events a second stream in meanwhile.", 2_000);
        var redis = new Option<string?>("--redis") { Description = "Measure on this Redis (appendfsync always) instead of the embedded store." };
        var recommend = new Command("recommend", "Ask for recommendations and next clips through gRPC, at rest and while events stream in.") { seconds, rate, redis };
        recommend.SetAction((parsed, cancellation) => CommandRun.GuardAsync(async () =>
        {
            BenchLoad.StopOn(cancellation);
            var bench = new RecommendBench(AnsiConsole.Console, TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(rate), parsed.GetValue(redis));
            await bench.RunAsync(cancellation);
            return CommandRun.Ok;
        }));
        return recommend;
    }

    private static Command PeersCommand()
    {
        var rounds = WholeNumberOption.Create("--rounds", "How often each measurement is taken, in turns.", 3);
        var seconds = WholeNumberOption.Create("--seconds", "How many seconds one measurement lasts.", 8);
        var singles = WholeNumberOption.Create("--singles-per-second", "Single events a second at which the answers are compared.", 100);
        var batched = WholeNumberOption.Create("--batched-per-second", "Events a second, in batches, at which the answers are compared.", 2_000);
        var directory = new Option<string?>("--peers")
        {
            Description = "The build output of tests/CourseCompletion.Peers; by default that beside this tool's own in the repository.",
            HelpName = "DIRECTORY",
        };
        var peers = new Command("peers", "Send the same events to the engine, to Akka.NET's sharded actors over the same journal, and to Flask with Redis.")
        {
            rounds, seconds, singles, batched, directory,
        };
        peers.SetAction((parsed, cancellation) => CommandRun.GuardAsync(async () =>
        {
            BenchLoad.StopOn(cancellation);
            var from = parsed.GetValue(directory) is { } given ? new PeersDirectory(Path.GetFullPath(given)) : PeersDirectory.Beside(AppContext.BaseDirectory);
            var bench = new PeersBench(
                AnsiConsole.Console,
                from,
                parsed.GetValue(rounds),
                TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                new PeerLoads(parsed.GetValue(singles), parsed.GetValue(batched)));
            await bench.RunAsync(cancellation);
            return CommandRun.Ok;
        }));
        return peers;
    }

    // Started by the bench itself, a process of its own for each server, so that CPU and memory are the server's alone.
    private static Command Serve()
    {
        var mode = new Option<BenchMode>("--mode") { Required = true };
        var data = new Option<string>("--data") { Required = true };
        var redis = new Option<string?>("--redis");
        var serve = new Command("serve", "Serve one of the bench's variants.") { mode, data, redis };
        serve.Hidden = true;
        serve.SetAction((parsed, _) => BenchServe.RunAsync(parsed.GetValue(mode), parsed.GetValue(data)!, parsed.GetValue(redis)));
        return serve;
    }
}
