using CourseCompletion.Domain.Campaigns.Arms;
using Xunit;

namespace CourseCompletion.UnitTests.Campaigns.Arms;

public class ArmChoiceTests
{
    private static readonly ArmPropensity[] _awake = [new(new("a"), 0.1), new(new("b"), 0.7), new(new("c"), 0.2)];

    [Theory]
    [InlineData(0, "a", 0.1)]
    [InlineData(0.0999, "a", 0.1)]
    [InlineData(0.1001, "b", 0.7)]
    [InlineData(0.7999, "b", 0.7)]
    [InlineData(0.8001, "c", 0.2)]
    [InlineData(0.9999999999999999, "c", 0.2)]
    public void Choose_Uniform_IsTheArmWhoseShareItFallsInto(double uniform, string arm, double propensity) =>
        Assert.Equal(new ArmChoice(new(arm), propensity), ArmChoice.Choose(_awake, uniform));

    [Fact]
    public void Choose_SumALittleBelowOne_IsTheLast() => Assert.Equal(new("b"), ArmChoice.Choose([new(new("a"), 0.5), new(new("b"), 0.4999)], 0.99999).Arm);
}
