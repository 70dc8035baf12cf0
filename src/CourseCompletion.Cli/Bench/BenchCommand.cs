using System.CommandLine;
using Spectre.Console;

namespace CourseCompletion.Cli.Bench;

/// <summary><c>bench ingest</c>: what an event costs, beside what the runtime alone costs.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        var bench = new Command("bench", "Measure the engine on this machine.");
        bench.Subcommands.Add(Ingest());
        bench.Subcommands.Add(Serve());
        return bench;
    }

    private static Command Ingest()
    {
        var rounds = new Option<int>("--rounds") { Description = "How often each measurement is taken, in turns.", DefaultValueFactory = _ => 3 };
        var seconds = new Option<double>("--seconds") { Description = "How long one measurement lasts.", DefaultValueFactory = _ => 8 };
        var redis = new Option<string?>("--redis") { Description = "Measure on this Redis (appendfsync always) instead of the embedded store." };
        var only = new Option<string[]>("--only")
        {
            Description = "Only these parts: compare, grid, courses, history, footprint; or quick, a part of compare.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => ["compare", "grid", "courses", "history", "footprint"],
        };
        var ingest = new Command("ingest", "Stream events through the gateway and compare: gRPC echo, a grain that stores nothing, the engine, a state write a call.")
        {
            rounds, seconds, redis, only,
        };
        ingest.SetAction(async (parsed, cancellation) =>
        {
            var run = new IngestBench(AnsiConsole.Console, parsed.GetValue(rounds), TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(redis));
            foreach (var part in parsed.GetValue(only)!)
            {
                switch (part)
                {
                    case "compare":
                        await run.CompareAsync(cancellation);
                        break;
                    case "quick":
                        await run.QuickAsync(cancellation);
                        break;
                    case "grid":
                        await run.GridAsync(cancellation);
                        break;
                    case "courses":
                        await run.CoursesAsync(cancellation);
                        break;
                    case "history":
                        await run.HistoryAsync(cancellation);
                        break;
                    case "footprint":
                        await run.FootprintAsync(cancellation);
                        break;
                    default:
                        await Console.Error.WriteLineAsync($"--only does not know '{part}': compare, quick, grid, courses, history or footprint.");
                        return 2;
                }
            }

            return 0;
        });
        return ingest;
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
