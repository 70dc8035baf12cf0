using System.Reflection;
using CourseCompletion.Channels.Email;
using CourseCompletion.Channels.Unsubscribing;
using CourseCompletion.Channels.Webhooks;
using CourseCompletion.Domain.Campaigns.Templates;
using CourseCompletion.Grains.Campaigns.Delivery;
using CourseCompletion.UnitTests.Architecture;
using Xunit;

namespace CourseCompletion.UnitTests.Documentation;

/// <summary>What docs/channels.md promises.</summary>
public class ChannelsPageTests
{
    private static readonly string _page = File.ReadAllText(Path.Combine(Repository.Root.FullName, "docs", "channels.md"));

    [Theory]
    [InlineData(WebhookOptions.Section, typeof(WebhookOptions))]
    [InlineData(SmtpOptions.Section, typeof(SmtpOptions))]
    [InlineData(UnsubscribeOptions.Section, typeof(UnsubscribeOptions))]
    [InlineData(DeliveryOptions.Section, typeof(DeliveryOptions))]
    public void Page_EveryOption_IsNamed(string section, Type options) => Assert.All(
        options.GetProperties(BindingFlags.Public | BindingFlags.Instance),
        option => Assert.Contains($"`{section}:{option.Name}`", _page, StringComparison.Ordinal));

    [Fact]
    public void Page_EveryVariable_IsNamed() =>
        Assert.All(TemplateVariables.Names, name => Assert.Contains($"`{{{{{name}}}}}`", _page, StringComparison.Ordinal));

    [Fact]
    public void Page_ExampleOfASignature_IsWhatTheSenderMakes() =>
        Assert.Contains($"`{WebhookSignature.Of("1772000000", """{"type":"nudge"}"""u8, "0123456789abcdef")}`", _page, StringComparison.Ordinal);
}
