using CourseCompletion.Domain.Campaigns.Channels;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Campaigns.Channels;

public class RetryRulesTests
{
    private static readonly RetryPolicy _policy = RetryPolicy.Default;

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(8, 256)]
    [InlineData(9, 512)]
    public void NextWait_HalfWay_IsHalfOfTheDoubledWait(int attempts, double longestSeconds) =>
        Assert.Equal(TimeSpan.FromSeconds(longestSeconds / 2), RetryRules.NextWait(attempts, TimeSpan.Zero, null, 0.5, _policy));

    [Fact]
    public void NextWait_LastAttempt_IsNone() => Assert.Null(RetryRules.NextWait(_policy.AttemptsMax, TimeSpan.Zero, null, 0, _policy));

    [Theory]
    [InlineData(7199, 0.5, true)]
    [InlineData(7199.5, 0.6, false)]
    [InlineData(7201, 0, false)]
    public void NextWait_TotalTime_IsKept(double sinceFirstSeconds, double uniform, bool goesOn) =>
        Assert.Equal(goesOn, RetryRules.NextWait(1, TimeSpan.FromSeconds(sinceFirstSeconds), null, uniform, _policy) is not null);

    [Fact]
    public void NextWait_ReceiverAsksForAWait_ComesOnTopOfIt() =>
        Assert.Equal(TimeSpan.FromSeconds(61), RetryRules.NextWait(1, TimeSpan.Zero, TimeSpan.FromSeconds(60), 0.5, _policy));

    [Fact]
    public void NextWait_ReceiverAsksForTooLong_IsNone() => Assert.Null(RetryRules.NextWait(1, TimeSpan.Zero, TimeSpan.FromHours(3), 0, _policy));

    [Fact]
    public void Backoff_AnyAttempt_StaysWithinItsBounds() => Gen.Select(Gen.Int[1, 5_000], Gen.Double[0, 1], Gen.Int[1, 100_000]).Sample((attempts, uniform, waitMs) =>
    {
        var policy = _policy with { FirstWaitMax = TimeSpan.FromMilliseconds(waitMs) };
        var wait = RetryRules.Backoff(attempts, uniform, policy);

        Assert.InRange(wait, TimeSpan.Zero, policy.WaitMax);
        Assert.True(RetryRules.Backoff(attempts + 1, uniform, policy) >= wait);
    });
}
