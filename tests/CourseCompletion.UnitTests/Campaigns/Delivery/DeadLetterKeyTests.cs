using CourseCompletion.Domain.Campaigns.Delivery;
using Xunit;

namespace CourseCompletion.UnitTests.Campaigns.Delivery;

public class DeadLetterKeyTests
{
    [Theory]
    [InlineData("default", "default")]
    [InlineData("a/b 学", "a%2Fb%20%E5%AD%A6")]
    public void For_AnyTenant_IsWrittenAndReadBack(string tenant, string text)
    {
        Assert.Equal(text, DeadLetterKey.For(new(tenant)).Value);
        Assert.Equal(tenant, DeadLetterKey.Parse(text).Tenant.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("%61")]
    public void Parse_TextThatForDoesNotWrite_Throws(string text) => Assert.Throws<FormatException>(() => DeadLetterKey.Parse(text));
}
