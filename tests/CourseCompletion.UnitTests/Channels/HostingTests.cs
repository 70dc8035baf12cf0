using CourseCompletion.Channels;
using CourseCompletion.Domain.Campaigns.Channels;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace CourseCompletion.UnitTests.Channels;

public class HostingTests
{
    private static readonly Dictionary<string, string?> _all = new()
    {
        ["Channels:Webhook:Url"] = "https://push.learn.example/nudges",
        ["Channels:Webhook:Secret"] = "0123456789abcdef",
        ["Channels:Smtp:Host"] = "mail.learn.example",
        ["Channels:Smtp:From"] = "no-reply@learn.example",
        ["Channels:Unsubscribe:Url"] = "https://learn.example/",
        ["Channels:Unsubscribe:Secret"] = "0123456789abcdef",
    };

    [Fact]
    public void AddChannels_NothingConfigured_AddsNothing()
    {
        using var services = Services([]);

        Assert.Empty(services.GetServices<INudgeSender>());
        Assert.Null(services.GetService<IUnsubscribeLinks>());
    }

    [Fact]
    public void AddChannels_AllConfigured_AddsAll()
    {
        using var services = Services(_all);
        services.GetRequiredService<IStartupValidator>().Validate();

        Assert.Equal([NudgeChannel.Webhook, NudgeChannel.Email], services.GetServices<INudgeSender>().Select(sender => sender.Channel));
        var claim = new UnsubscribeClaim(new("default"), new("ада"), "check_in");
        var link = services.GetRequiredService<IUnsubscribeLinks>().For(claim);
        Assert.StartsWith("https://learn.example/unsubscribe/", link, StringComparison.Ordinal);
        Assert.Equal(claim, services.GetRequiredService<IUnsubscribeLinks>().Read(link.Split('/')[^1]));
    }

    [Theory]
    [InlineData("Channels:Webhook:Url", null, "Channels:Webhook:Url")]
    [InlineData("Channels:Webhook:Url", "push.learn.example", "Channels:Webhook:Url")]
    [InlineData("Channels:Webhook:Url", "http://push.learn.example", "Channels:Webhook:AllowHttp")]
    [InlineData("Channels:Webhook:Url", "https://me:pw@push.learn.example", "Channels:Webhook:Url")]
    [InlineData("Channels:Webhook:Secret", "short", "Channels:Webhook:Secret")]
    [InlineData("Channels:Webhook:Secret", null, "Channels:Webhook:Secret")]
    [InlineData("Channels:Webhook:PreviousSecret", "short", "Channels:Webhook:PreviousSecret")]
    [InlineData("Channels:Webhook:Timeout", "00:02:00", "Channels:Webhook:Timeout")]
    [InlineData("Channels:Smtp:Host", null, "Channels:Smtp:Host")]
    [InlineData("Channels:Smtp:From", "nobody at all", "Channels:Smtp:From")]
    [InlineData("Channels:Smtp:From", null, "Channels:Smtp:From")]
    [InlineData("Channels:Smtp:User", "me", "Channels:Smtp:Password")]
    [InlineData("Channels:Smtp:Port", "0", "Channels:Smtp:Port")]
    [InlineData("Channels:Unsubscribe:Url", "http://learn.example", "Channels:Unsubscribe:Url")]
    [InlineData("Channels:Unsubscribe:Secret", null, "Channels:Unsubscribe:Secret")]
    public void Validate_BadSetting_NamesTheKey(string key, string? value, string named)
    {
        using var services = Services(new(_all) { [key] = value });
        var fault = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);

        Assert.Contains(named, Assert.Single(fault.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_PasswordInTheClear_IsRefused()
    {
        var settings = new Dictionary<string, string?>(_all) { ["Channels:Smtp:User"] = "me", ["Channels:Smtp:Password"] = "pw", ["Channels:Smtp:Security"] = "None" };
        using var services = Services(settings);
        Assert.Contains("in the clear", Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate).Message, StringComparison.Ordinal);

        using var local = Services(new(settings) { ["Channels:Smtp:Host"] = "127.0.0.1" });
        local.GetRequiredService<IStartupValidator>().Validate();
    }

    [Fact]
    public void Validate_MailWithoutUnsubscribeLinks_IsRefused()
    {
        using var services = Services(_all.Where(setting => !setting.Key.StartsWith("Channels:Unsubscribe", StringComparison.Ordinal)).ToDictionary());

        Assert.Contains("Channels:Unsubscribe:Url", Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080/x", false)]
    [InlineData("http://push.internal/x", true)]
    public void Validate_HttpWhereItIsPermitted_Passes(string url, bool allowHttp)
    {
        using var services = Services(new(_all) { ["Channels:Webhook:Url"] = url, ["Channels:Webhook:AllowHttp"] = $"{allowHttp}" });

        services.GetRequiredService<IStartupValidator>().Validate();
    }

    private static ServiceProvider Services(Dictionary<string, string?> settings) =>
        new ServiceCollection().AddChannels(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).BuildServiceProvider();
}
