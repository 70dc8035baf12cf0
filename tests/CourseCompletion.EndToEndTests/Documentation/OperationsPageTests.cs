using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using CourseCompletion.EndToEndTests.Hosts;
using CourseCompletion.EndToEndTests.Redis;
using Xunit;

namespace CourseCompletion.EndToEndTests.Documentation;

/// <summary>What docs/operations.md tells a newcomer to type, typed: only ports are others, and programs are built already.</summary>
public sealed partial class OperationsPageTests : IDisposable
{
    private static readonly TimeSpan _deadline = TimeSpan.FromMinutes(3);

    private readonly TemporaryDirectory _directory = new();
    private readonly int _port = FreePort();

    public void Dispose() => _directory.Dispose();

    [RedisFact]
    public async Task FromOneProcessToThreeSilos_AsWritten_BringsEverythingAlong()
    {
        var blocks = Commands("From one process to three silos");
        Assert.Equal([1, 2, 2, 3], blocks.Select(block => block.Length));

        await using (var one = Start(blocks[0][0], HostProcess.ReadyPrefix, $" --grpc-port {_port} --http-port {_port + 1}"))
        {
            await one.AwaitedLineAsync(_deadline);
            await RunAsync(blocks[1][0]);
            Assert.Contains("Active", await RunAsync(blocks[1][1]), StringComparison.Ordinal);
            await one.InterruptAsync();
            Assert.Equal(0, await one.ExitCodeAsync(_deadline));
        }

        await RunAsync(blocks[2][0]);
        await using var cluster = Start(blocks[2][1], "Logs are in", $" --port {_port} --redis-port {_port + 20}");
        await cluster.AwaitedLineAsync(_deadline);
        Assert.Contains("accepted", await RunAsync(blocks[3][0]), StringComparison.OrdinalIgnoreCase);
        var status = await RunAsync(blocks[3][1]);
        Assert.Equal(3, Active().Count(status));
        Assert.Contains("200 LearnerGrain", status, StringComparison.Ordinal);
        await Eventually.HoldsAsync("the doctor finds no fault", _deadline, async () =>
        {
            await using var doctor = Start(blocks[3][2], null, "");
            return await doctor.ExitCodeAsync(_deadline) == 0 ? null : doctor.Output;
        });
        await cluster.InterruptAsync();
        await cluster.ExitCodeAsync(_deadline);
    }

    private async Task<string> RunAsync(string command)
    {
        await using var process = Start(command, null, "");
        var exitCode = await process.ExitCodeAsync(_deadline);
        Assert.True(exitCode == 0, $"{command}{Environment.NewLine}{process.Output}{Environment.NewLine}{process.Errors}");
        return process.Output;
    }

    private ChildProcess Start(string command, string? awaitedPrefix, string ports)
    {
        var typed = DotnetRun().Replace(command, match => $"dotnet {Path.Combine(AppContext.BaseDirectory, match.Groups[1].Value)}.dll")
            .Replace("deploy/", Path.Combine(Repository.Root.FullName, "deploy") + "/", StringComparison.Ordinal)
            .Replace("127.0.0.1:5080", $"127.0.0.1:{_port}", StringComparison.Ordinal)
            .Replace("127.0.0.1:5090", $"127.0.0.1:{_port + 10}", StringComparison.Ordinal);
        var target = command.EndsWith("cluster status", StringComparison.Ordinal) ? $" --target http://127.0.0.1:{_port}" : "";
        return ChildProcess.Start("bash", ["-c", "exec " + typed + target + ports], awaitedPrefix, _directory.Path);
    }

    // The commands of each block below a heading.
    private static string[][] Commands(string heading)
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root.FullName, "docs", "operations.md"));
        var section = page[page.IndexOf($"## {heading}\n", StringComparison.Ordinal)..];
        section = section[..section.IndexOf("\n## ", StringComparison.Ordinal)];
        return [.. Block().Matches(section).Select(block => block.Groups[1].Value.Trim().Split('\n'))];
    }

    // One of which those beside it are free, too: the script gives the second gateway the port ten above.
    private static int FreePort()
    {
        while (true)
        {
            var port = LoopbackPorts.Take();
            if (port < 65_000 && Array.TrueForAll([port + 1, port + 10, port + 11, port + 20], IsFree))
            {
                return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("dotnet run -c Release --project src/(CourseCompletion\\.\\w+) --")]
    private static partial Regex DotnetRun();

    [GeneratedRegex("^Active ", RegexOptions.Multiline)]
    private static partial Regex Active();
}
