using CourseCompletion.Host;
using CourseCompletion.Host.Networking;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace CourseCompletion.UnitTests.Host.Networking;

public class NetworkHostingTests
{
    [Theory]
    [InlineData("GrpcPort", "70000", "Network:GrpcPort must lie between 0 (any free port) and 65535.")]
    [InlineData("SiloPort", "-1", "Network:SiloPort must lie between 0 (any free port) and 65535.")]
    [InlineData("KeepAlivePingDelay", "00:00:00.5", "Network:KeepAlivePingDelay must lie between 00:00:01 and 01:00:00.")]
    [InlineData("StreamsPerConnectionMax", "0", "Network:StreamsPerConnectionMax must lie between 1 and 100000.")]
    public void Bound_ValueOutOfItsRange_IsRefusedWithItsMessage(string key, string value, string message) =>
        Assert.Equal(message, Assert.Throws<HostRefusedException>(() => NetworkHosting.Bound(With(key, value))).Message);

    [Fact]
    public void Build_PortOutOfItsRange_IsRefusedBeforeItIsOpened() =>
        Assert.Contains(
            "Network:GrpcPort",
            Assert.Throws<HostRefusedException>(() => HostProgram.Build(["--grpc-port", "70000"])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Bound_NothingSet_HasTheDefaults() => Assert.Equal(5080, NetworkHosting.Bound(With("Address", "127.0.0.1")).GrpcPort);

    private static IConfiguration With(string key, string value) =>
        new ConfigurationBuilder().AddInMemoryCollection([new($"Network:{key}", value)]).Build();
}
