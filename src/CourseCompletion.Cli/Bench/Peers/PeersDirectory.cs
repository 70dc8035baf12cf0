namespace CourseCompletion.Cli.Bench.Peers;

/// <summary>The build output of <c>tests/CourseCompletion.Peers</c>: the Akka.NET peer and the Flask peer's files. This tool knows it by path only.</summary>
/// <param name="path">The directory, or null when none was found.</param>
internal sealed class PeersDirectory(string? path)
{
    private const string BuildCommand = "dotnet build -c Release tests/CourseCompletion.Peers";

    /// <summary>The assembly that serves the Akka.NET peer.</summary>
    public string AkkaAssembly => In("CourseCompletion.Peers.dll");

    /// <summary>The directory of the Flask peer's <c>app.py</c>.</summary>
    public string Flask => In("flask");

    /// <summary>What keeps a peer from being measured; null when its files are there.</summary>
    public MissingPeer? Missing(string peer) =>
        path is null ? new(peer, "this tool does not run from a repository.", "Name the peers' build output with --peers.")
        : File.Exists(AkkaAssembly) ? null
        : new(peer, $"{AkkaAssembly} is not there.", $"Build it: {BuildCommand}");

    /// <summary>The output beside this tool's own in the same repository and of the same configuration.</summary>
    /// <param name="own">This tool's build output, <c>.../bin/CONFIGURATION/FRAMEWORK</c>.</param>
    public static PeersDirectory Beside(string own)
    {
        var output = new DirectoryInfo(Path.TrimEndingDirectorySeparator(own));
        for (var directory = output; directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "CourseCompletion.sln")))
            {
                return new(Path.Combine(directory.FullName, "tests", "CourseCompletion.Peers", "bin", output.Parent!.Name, output.Name));
            }
        }

        return new(null);
    }

    private string In(string name) => Path.Combine(path ?? throw new InvalidOperationException("There is no directory of peers."), name);
}

/// <summary>A peer that cannot be measured here.</summary>
/// <param name="Peer">Which.</param>
/// <param name="Why">What is missing.</param>
/// <param name="Remedy">What would bring it.</param>
internal sealed record MissingPeer(string Peer, string Why, string Remedy)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Peer} is not measured: {Why} {Remedy}";
}
