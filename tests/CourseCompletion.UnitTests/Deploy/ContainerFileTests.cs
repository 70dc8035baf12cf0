using System.Text.RegularExpressions;
using System.Xml.Linq;
using CourseCompletion.Host.Networking;
using CourseCompletion.UnitTests.Architecture;
using Xunit;

namespace CourseCompletion.UnitTests.Deploy;

/// <summary>deploy/containers, and what a publish without a container engine would make; there is no engine here to build them.</summary>
public sealed partial class ContainerFileTests
{
    [Theory]
    [InlineData("host.Dockerfile", "CourseCompletion.Host")]
    [InlineData("cli.Dockerfile", "CourseCompletion.Cli")]
    public void File_BuildsInOneStageAndRunsInAnotherWithoutRights(string file, string project)
    {
        var lines = Lines(file);
        Assert.Equal(2, lines.Count(line => line.StartsWith("FROM ", StringComparison.Ordinal)));
        Assert.Contains("/aspnet:", lines.Last(line => line.StartsWith("FROM ", StringComparison.Ordinal)), StringComparison.Ordinal);
        var user = lines.FindLastIndex(line => line.StartsWith("USER ", StringComparison.Ordinal));
        var entry = lines.FindIndex(line => line.StartsWith("ENTRYPOINT ", StringComparison.Ordinal));
        Assert.True(user > 0 && user < entry && lines[user] == "USER $APP_UID");
        Assert.Equal($"""ENTRYPOINT ["dotnet", "/app/{project}.dll"]""", lines[entry]);
        Assert.Contains(lines, line => line.Contains($"dotnet publish src/{project} ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("--locked-mode", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("-a $TARGETARCH --self-contained false", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("host.Dockerfile")]
    [InlineData("cli.Dockerfile")]
    public void File_CopiesWhatThereIsAndWhatTheIgnoreFileLetsIn(string file)
    {
        var ignored = File.ReadAllLines(Path.Combine(Repository.Root.FullName, ".dockerignore"));
        foreach (var source in Lines(file).Select(line => Copied().Match(line)).Where(copy => copy.Success).SelectMany(copy => copy.Groups[1].Value.Split(' ')))
        {
            var name = source.TrimEnd('/');
            Assert.True(Path.Exists(Path.Combine(Repository.Root.FullName, name)), $"{name} is not there.");
            Assert.Contains($"!{name}", ignored);
        }
    }

    [Fact]
    public void HostFile_ExposesThePortsOfTheServer()
    {
        var network = new NetworkOptions();
        Assert.Contains($"EXPOSE {network.GrpcPort} {network.HttpPort} 11111 30000", Lines("host.Dockerfile"));
        Assert.All(
            Lines("host.Dockerfile").SelectMany(line => Variable().Matches(line).Select(variable => variable.Value)), DeployedSettings.AssertKnown);
    }

    [Fact]
    public void Publish_MakesTheSameImageAsTheFile()
    {
        var project = XDocument.Load(Path.Combine(Repository.Root.FullName, "src", "CourseCompletion.Host", "CourseCompletion.Host.csproj"));
        string Property(string name) => project.Descendants(name).Single().Value;
        Assert.Equal("coursecompletion-host", Property("ContainerRepository"));
        Assert.Contains($"FROM {Property("ContainerBaseImage")}", Lines("host.Dockerfile"));
        Assert.NotEqual("root", Property("ContainerUser"));
        Assert.Contains($"EXPOSE {project.Descendants("ContainerPort").Single().Attribute("Include")!.Value.Replace(';', ' ')}", Lines("host.Dockerfile"));
        Assert.All(project.Descendants("ContainerEnvironmentVariable").Select(variable => variable.Attribute("Include")!.Value), DeployedSettings.AssertKnown);
    }

    private static List<string> Lines(string file) => [.. File.ReadAllLines(Path.Combine(Repository.Root.FullName, "deploy", "containers", file)).Select(line => line.Trim())];

    [GeneratedRegex(@"^COPY (?!--from)(.+) \S+$")]
    private static partial Regex Copied();

    [GeneratedRegex(@"COURSECOMPLETION_\w+")]
    private static partial Regex Variable();
}
