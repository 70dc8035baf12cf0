using System.Runtime.CompilerServices;
using Xunit;

namespace CourseCompletion.EndToEndTests.Clients;

/// <summary>A test that needs Node and the packages of NodeClient: a laptop without them skips it, continuous integration fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        if (!string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
            Skip = Missing;
    }

    /// <summary>Where node is; null when it is not on the PATH.</summary>
    public static string? Executable { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(directory => Path.Combine(directory, "node"))
        .FirstOrDefault(File.Exists);

    public static string Directory { get; } = FindDirectory();

    /// <summary>What is missing; null when the client can run.</summary>
    public static string? Missing { get; } =
        Executable is null ? "node is not on the PATH (Debian: apt-get install nodejs npm)."
        : !System.IO.Directory.Exists(Path.Combine(Directory, "node_modules", "@grpc", "grpc-js"))
            ? "The Node client's packages are not installed (npm ci --prefix tests/CourseCompletion.EndToEndTests/NodeClient)."
            : null;

    // A build for continuous integration replaces source paths, so the sources are looked for from the tests' output upwards.
    private static string FindDirectory([CallerFilePath] string source = "")
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "NodeClient", "client.mjs")))
            directory = directory.Parent;
        return Path.Combine(directory?.FullName ?? Path.Combine(Path.GetDirectoryName(source)!, ".."), "NodeClient");
    }
}
