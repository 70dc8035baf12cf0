using CourseCompletion.Cli.Bench.Peers;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Bench;

public sealed class PeersDirectoryTests
{
    [Fact]
    public void Missing_DirectoryWithoutAssembly_SaysHowToBuildIt()
    {
        var empty = Directory.CreateTempSubdirectory("peers");
        try
        {
            var missing = new PeersDirectory(empty.FullName).Missing(PeerNames.Akka);

            Assert.Equal(PeerNames.Akka, missing!.Peer);
            Assert.Contains("dotnet build -c Release tests/CourseCompletion.Peers", missing.Remedy, StringComparison.Ordinal);
        }
        finally
        {
            empty.Delete(recursive: true);
        }
    }

    [Fact]
    public void Missing_ToolOutsideOfARepository_AsksForTheDirectory()
    {
        var own = Directory.CreateTempSubdirectory("tool");
        try
        {
            Assert.Contains("--peers", PeersDirectory.Beside(own.FullName).Missing(PeerNames.Akka)!.Remedy, StringComparison.Ordinal);
        }
        finally
        {
            own.Delete(recursive: true);
        }
    }

    [Fact]
    public void Beside_OutputOfThisRepository_IsOfTheSameConfiguration()
    {
        var own = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

        var assembly = PeersDirectory.Beside(own.FullName).AkkaAssembly;

        Assert.EndsWith(Path.Combine("tests", "CourseCompletion.Peers", "bin", own.Parent!.Name, own.Name, "CourseCompletion.Peers.dll"), assembly, StringComparison.Ordinal);
    }
}
