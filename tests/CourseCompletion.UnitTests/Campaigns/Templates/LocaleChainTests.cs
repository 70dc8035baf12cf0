using CourseCompletion.Domain.Campaigns.Templates;
using Xunit;

namespace CourseCompletion.UnitTests.Campaigns.Templates;

public class LocaleChainTests
{
    [Theory]
    [InlineData("zh-CN", "zh-CN zh en")]
    [InlineData("zh_CN", "zh-CN zh en")]
    [InlineData("zh-Hans-CN", "zh-Hans-CN zh-Hans zh en")]
    [InlineData("en-x-pirate", "en-x-pirate en en")]
    [InlineData("en", "en en")]
    [InlineData("", "en")]
    [InlineData(null, "en")]
    [InlineData("de;q=0.5", "en")]
    public void Of_Locale_LosesItsLastPartUntilTheFallback(string? locale, string expected) =>
        Assert.Equal(expected.Split(' '), LocaleChain.Of(locale, "en"));
}
