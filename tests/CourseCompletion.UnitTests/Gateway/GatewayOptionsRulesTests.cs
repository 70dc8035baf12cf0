using CourseCompletion.Gateway;
using Xunit;

namespace CourseCompletion.UnitTests.Gateway;

public sealed class GatewayOptionsRulesTests
{
    public static TheoryData<string, GatewayOptions> Faults => new()
    {
        { "Gateway:RetryAfterMin", new() { RetryAfterMin = TimeSpan.FromSeconds(3) } },
        { "Gateway:DrainTimeout", new() { DrainTimeout = TimeSpan.FromSeconds(4) } },
        { "Gateway:InFlightBytesMax", new() { InFlightBytesMax = 8 << 20 } },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Validate_OptionsThatDoNotGoTogether_NamesTheKeyToSet(string key, GatewayOptions options) =>
        Assert.Contains(key, Assert.Single(new GatewayOptionsRules().Validate(null, options).Failures!), StringComparison.Ordinal);

    [Fact]
    public void Validate_Defaults_Pass() => Assert.True(new GatewayOptionsRules().Validate(null, new()).Succeeded);
}
