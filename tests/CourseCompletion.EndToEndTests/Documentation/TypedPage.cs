using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using CourseCompletion.EndToEndTests.Hosts;
using Xunit;

namespace CourseCompletion.EndToEndTests.Documentation;

/// <summary>Types the commands of a page of the docs as they stand there: only ports are others, and programs are built already.</summary>
internal sealed partial class TypedPage(string name) : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    /// <summary>Stands for port 5080; those 1, 10, 11 and 20 above it are free, too.</summary>
    public int Port { get; } = FreePort();

    /// <summary>How long a command may take.</summary>
    public static TimeSpan Deadline { get; } = TimeSpan.FromMinutes(3);

    public void Dispose() => _directory.Dispose();

    /// <summary>The commands of each block below a heading.</summary>
    public string[][] Commands(string heading)
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root.FullName, "docs", name));
        var section = page[page.IndexOf($"## {heading}\n", StringComparison.Ordinal)..];
        section = section[..section.IndexOf("\n## ", StringComparison.Ordinal)];
        return [.. Block().Matches(section).Select(block => block.Groups[1].Value.Trim().Split('\n'))];
    }

    /// <summary>Runs a command to its end, which must be a good one; returns what it wrote.</summary>
    public async Task<string> RunAsync(string command)
    {
        await using var process = Start(command, null, "");
        var exitCode = await process.ExitCodeAsync(Deadline);
        Assert.True(exitCode == 0, $"{command}{Environment.NewLine}{process.Output}{Environment.NewLine}{process.Errors}");
        return process.Output;
    }

    /// <summary>Starts a command.</summary>
    public ChildProcess Start(string command, string? awaitedPrefix, string ports)
    {
        var isTold = command.Contains("127.0.0.1:50", StringComparison.Ordinal) || !TalksToAServer().IsMatch(command);
        var typed = DotnetRun().Replace(command, match => $"dotnet {Path.Combine(AppContext.BaseDirectory, match.Groups[1].Value)}.dll")
            .Replace("deploy/", Path.Combine(Repository.Root.FullName, "deploy") + "/", StringComparison.Ordinal)
            .Replace("curl ", "curl --silent --fail ", StringComparison.Ordinal)
            .Replace("127.0.0.1:5080", $"127.0.0.1:{Port}", StringComparison.Ordinal)
            .Replace("127.0.0.1:5081", $"127.0.0.1:{Port + 1}", StringComparison.Ordinal)
            .Replace("127.0.0.1:5090", $"127.0.0.1:{Port + 10}", StringComparison.Ordinal);
        var target = isTold ? "" : $" --target http://127.0.0.1:{Port}";
        return ChildProcess.Start("bash", ["-c", "exec " + typed + target + ports], awaitedPrefix, _directory.Path);
    }

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

    // Of the tool's commands those that take a target, which is left out where it is the default one.
    [GeneratedRegex("Cli -- (cluster|course|learner|replay|models|recommend) ")]
    private static partial Regex TalksToAServer();
}
