using System.CommandLine;
using CourseCompletion.Cli.Connections;
using CourseCompletion.Protocol.V1;
using Grpc.Core;

namespace CourseCompletion.Cli.Cluster;

/// <summary><c>cluster status|doctor|drain|purge</c>.</summary>
internal static class ClusterCommands
{
    private static readonly TimeSpan _lookEvery = TimeSpan.FromMilliseconds(500);

    public static Command Create() => new("cluster", "See the silos behind a gateway, what ails them, and take one out of service.")
    {
        Status(), Doctor(), Drain(), Purge(),
    };

    private static Command Status() => Connect("status", "Show the silos, what they keep, and what waits.", [], async (cluster, _, isJson, cancellationToken) =>
    {
        ClusterText.Write(Console.Out, await ReadAsync(cluster, cancellationToken), isJson);
        return CommandRun.Ok;
    });

    private static Command Doctor() => Connect("doctor", "Say what an operator should look at, and what to set. Exit code 1 when something does not work.", [], async (cluster, _, isJson, cancellationToken) =>
    {
        var report = await ReadAsync(cluster, cancellationToken);
        ClusterText.WriteFindings(Console.Out, report, isJson);
        return report.Findings.Any(finding => finding.Severity == FindingSeverity.Fault) ? CommandRun.Failed : CommandRun.Ok;
    });

    private static Command Drain()
    {
        var silo = new Argument<string>("silo") { Description = "The silo's address or name, as status shows them." };
        var within = new Option<int>("--within") { Description = "How long to wait for its end, in seconds.", DefaultValueFactory = _ => 120 };
        return Connect("drain", "Have a silo hand over what it keeps and end, and wait until it is gone.", [silo, within], async (cluster, parsed, _, cancellationToken) =>
        {
            var named = parsed.GetRequiredValue(silo);
            var address = (await ReadAsync(cluster, cancellationToken)).Silos.LastOrDefault(one => one.Status == "Active" && (one.Address == named || one.Name == named))?.Address ?? named;
            await cluster.DrainSiloAsync(new() { Silo = named }, cancellationToken: cancellationToken);
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            enough.CancelAfter(TimeSpan.FromSeconds(parsed.GetValue(within)));
            return await WaitForEndAsync(cluster, address, enough.Token, cancellationToken);
        });
    }

    private static Command Purge()
    {
        var deadFor = new Option<double>("--dead-for") { Description = "Only those dead for so many hours.", HelpName = "HOURS" };
        return Connect("purge", "Forget dead silos.", [deadFor], async (cluster, parsed, _, cancellationToken) =>
        {
            var hours = parsed.GetValue(deadFor);
            var request = new PurgeSilosRequest { DeadFor = new() { Seconds = (long)(hours * 3600) } };
            var purged = (await cluster.PurgeSilosAsync(request, cancellationToken: cancellationToken)).Purged;
            await Console.Out.WriteLineAsync($"{purged:N0} dead silos are forgotten.");
            return CommandRun.Ok;
        });
    }

    private static async Task<int> WaitForEndAsync(ClusterService.ClusterServiceClient cluster, string address, CancellationToken enough, CancellationToken interrupted)
    {
        var told = "";
        while (!enough.IsCancellationRequested)
        {
            var status = await StatusAsync(cluster, address, interrupted) ?? told;
            if (status != told)
            {
                await Console.Out.WriteLineAsync($"{address}: {status}");
                told = status;
            }

            if (status == "Dead")
            {
                return CommandRun.Ok;
            }

            await Task.Delay(_lookEvery, enough).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        interrupted.ThrowIfCancellationRequested();
        await Console.Error.WriteLineAsync($"{address} was asked and has not ended in time: look at its log, or end its process.");
        return CommandRun.Failed;
    }

    // Null where nobody answers: the silo that leaves may be the one that was asked.
    private static async Task<string?> StatusAsync(ClusterService.ClusterServiceClient cluster, string address, CancellationToken cancellationToken)
    {
        try
        {
            return (await ReadAsync(cluster, cancellationToken)).Silos.FirstOrDefault(one => one.Address == address)?.Status ?? "Dead";
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.Unavailable)
        {
            return null;
        }
    }

    private static async Task<Protocol.V1.Cluster> ReadAsync(ClusterService.ClusterServiceClient cluster, CancellationToken cancellationToken) =>
        (await cluster.GetClusterAsync(new(), cancellationToken: cancellationToken)).Cluster;

    private static Command Connect(
        string name, string description, Symbol[] symbols, Func<ClusterService.ClusterServiceClient, ParseResult, bool, CancellationToken, Task<int>> run) =>
        ServerCommand.Make(name, description, symbols, (channel, parsed, isJson, cancellationToken) => run(new(channel), parsed, isJson, cancellationToken));
}
