using CourseCompletion.Host;
using CourseCompletion.Host.Telemetry;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace CourseCompletion.UnitTests.Host.Telemetry;

public class TelemetryHostingTests
{
    [Theory]
    [InlineData("Telemetry:TraceRatio", "1.5", "Telemetry:TraceRatio must lie between 0 and 1.")]
    [InlineData("Telemetry:OtlpEndpoint", "collector", "Telemetry:OtlpEndpoint must be an address such as http://127.0.0.1:4317, or absent.")]
    [InlineData("Telemetry:OtlpEndpoint", "ftp://collector", "Telemetry:OtlpEndpoint must be an address such as http://127.0.0.1:4317, or absent.")]
    public void Bound_ValueOutOfItsRange_IsRefusedWithItsMessage(string key, string value, string message) =>
        Assert.Equal(message, Assert.Throws<HostRefusedException>(() => TelemetryHosting.Bound(With((key, value)))).Message);

    [Fact]
    public void Bound_DashboardOnAPrivateAddress_IsRefused()
    {
        var configuration = With(("Telemetry:Dashboard", "true"), ("Network:Address", "10.0.0.1"), ("Network:TrustedNetwork", "true"));

        Assert.Contains("Telemetry:Dashboard", Assert.Throws<HostRefusedException>(() => TelemetryHosting.Bound(configuration)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bound_NothingSet_SendsNothingAndAnswersPrometheus()
    {
        var telemetry = TelemetryHosting.Bound(With());

        Assert.Equal((null, true, false, 0.001), (telemetry.OtlpEndpoint, telemetry.Prometheus, telemetry.Dashboard, telemetry.TraceRatio));
    }

    [Fact]
    public void Build_UnknownLogFormat_IsRefused() => Assert.Contains(
        "set it to line or json",
        Assert.Throws<HostRefusedException>(() => HostProgram.Build(["--Logging:Console:FormatterName", "xml"])).Message,
        StringComparison.Ordinal);

    private static IConfiguration With(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value))).Build();
}
