using System.Text.Json;
using System.Xml.Linq;
using Xunit;

namespace CourseCompletion.UnitTests.Architecture;

/// <summary>What a .NET backend gets when it references Grains.Abstractions: Orleans' contracts, and none of the engine's own machinery.</summary>
public class PackageClosureTests
{
    private static readonly string[] _forbidden = ["Redis", "Microsoft.ML", "Microsoft.AspNetCore", "Grpc", "Google.Protobuf", "Sqlite", "SQLitePCLRaw", "Microsoft.Orleans.Server", "Microsoft.Orleans.Runtime"];

    // Orleans itself brings this: the interfaces of a connection, 100 KB without anything of a web server.
    private static readonly string[] _allowed = ["Microsoft.AspNetCore.Connections.Abstractions"];

    [Fact]
    public void Closure_GrainsAbstractions_HasNoStoreModelOrWebServer()
    {
        var project = Repository.Projects["Grains.Abstractions"];
        var closure = Closure(File.ReadAllText(Path.Combine(project.DirectoryName!, "packages.lock.json")));

        Assert.Contains("Microsoft.Orleans.Sdk", closure);
        Assert.Empty(Forbidden(closure));
        Assert.Empty(XDocument.Load(project.FullName).Descendants("FrameworkReference"));
        Assert.Equal("Microsoft.NET.Sdk", XDocument.Load(project.FullName).Root!.Attribute("Sdk")!.Value);
    }

    [Theory]
    [InlineData("Storage", "StackExchange.Redis")]
    [InlineData("Prediction", "Microsoft.ML")]
    [InlineData("Gateway", "Grpc.AspNetCore")]
    public void Forbidden_ProjectThatHasOne_IsReported(string project, string package)
    {
        var closure = Closure(File.ReadAllText(Path.Combine(Repository.Projects[project].DirectoryName!, "packages.lock.json")));

        Assert.Contains(package, Forbidden(closure));
    }

    private static string[] Closure(string lockFile) =>
    [
        .. JsonDocument.Parse(lockFile).RootElement.GetProperty("dependencies").EnumerateObject()
            .SelectMany(framework => framework.Value.EnumerateObject())
            .Select(package => package.Name),
    ];

    private static string[] Forbidden(string[] closure) =>
        [.. closure.Except(_allowed).Where(package => _forbidden.Any(f => package.Contains(f, StringComparison.OrdinalIgnoreCase)))];
}
