using CourseCompletion.Cli.Delivery;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Delivery;

public sealed class PaceTests
{
    [Theory]
    [InlineData("max", null)]
    [InlineData("1", 1.0)]
    [InlineData("3600x", 3600.0)]
    [InlineData("0.5", 0.5)]
    public void TryParse_MaxOrFactor_IsRead(string text, double? factor)
    {
        Assert.True(Pace.TryParse(text, out var pace));
        Assert.Equal(factor, pace.Factor);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("fast")]
    [InlineData("NaN")]
    public void TryParse_AnythingElse_IsRefused(string text) => Assert.False(Pace.TryParse(text, out _));

    [Fact]
    public void After_Factor_DividesEventTime() => Assert.Equal(TimeSpan.FromSeconds(1), new Pace(3_600).After(TimeSpan.FromHours(1)));
}
