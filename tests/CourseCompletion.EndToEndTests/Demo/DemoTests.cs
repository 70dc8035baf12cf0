using CourseCompletion.EndToEndTests.Hosts;
using Xunit;

namespace CourseCompletion.EndToEndTests.Demo;

/// <summary>The first command that a newcomer runs.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task Demo_SmallClass_StreamsAndSaysHowToConnect()
    {
        using var data = new TemporaryDirectory();
        await using var demo = ChildProcess.StartDotnet(
            "CourseCompletion.Cli",
            ["demo", "--data", data.Path, "--learners", "40", "--courses", "2", "--days", "5", "--duration", "4", "--grpc-port", "0", "--http-port", "0"]);

        var exitCode = await demo.ExitCodeAsync(TimeSpan.FromSeconds(90));

        Assert.True(exitCode == 0, demo.Describe());
        Assert.Contains("The server listens: gRPC http://127.0.0.1:", demo.Output, StringComparison.Ordinal);
        Assert.Matches(@"live, .*: [1-9][0-9,.]* events acknowledged", demo.Output);
        Assert.DoesNotContain("   at ", demo.Errors, StringComparison.Ordinal);
    }
}
