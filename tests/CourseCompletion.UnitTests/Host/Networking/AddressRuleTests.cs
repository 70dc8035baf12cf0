using System.Net;
using CourseCompletion.Host;
using CourseCompletion.Host.Networking;
using Xunit;

namespace CourseCompletion.UnitTests.Host.Networking;

public class AddressRuleTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.2")]
    [InlineData("::1")]
    [InlineData("localhost")]
    public void Resolve_Loopback_IsAlwaysPermitted(string address) =>
        Assert.True(IPAddress.IsLoopback(AddressRule.Resolve(new() { Address = address })));

    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.0.1")]
    [InlineData("fd00::1")]
    [InlineData("fe80::1")]
    [InlineData("::ffff:10.0.0.1")]
    public void Resolve_PrivateAddress_NeedsATrustedNetwork(string address)
    {
        var refused = Assert.Throws<HostRefusedException>(() => AddressRule.Resolve(new() { Address = address }));

        Assert.Contains("Network:TrustedNetwork=true", refused.Message, StringComparison.Ordinal);
        Assert.Equal(IPAddress.Parse(address), AddressRule.Resolve(new() { Address = address, TrustedNetwork = true }));
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("2001:db8::1")]
    [InlineData("example.org")]
    [InlineData("")]
    public void Resolve_AnyOtherAddress_IsRefusedEvenThen(string address)
    {
        var refused = Assert.Throws<HostRefusedException>(() => AddressRule.Resolve(new() { Address = address, TrustedNetwork = true }));

        Assert.Contains("Network:Address", refused.Message, StringComparison.Ordinal);
    }
}
