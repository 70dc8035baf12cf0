using CourseCompletion.Domain.Campaigns.Arms;
using Xunit;

namespace CourseCompletion.UnitTests.Campaigns.Arms;

public class ArmStatisticsTests
{
    private static readonly ArmPropensity[] _awake = [new(new("a"), 0.25), new(new("b"), 0.75)];

    [Fact]
    public void Merge_PartsOfACampaign_IsTheWhole()
    {
        var (left, right, whole) = (new ArmStatistics(), new ArmStatistics(), new ArmStatistics());
        foreach (var (statistics, arm, reward) in new[] { (left, "a", 1), (left, "b", 0), (right, "b", 1), (right, "a", 0) })
        {
            statistics.Record(_awake, new(arm), reward);
            whole.Record(_awake, new(arm), reward);
        }

        left.Merge(right);

        AssertSame(whole, left);
        Assert.Equal(new(8, 4, 32, 8.0 / 3, 4.0 / 3), whole.SumsOf(new("a")));
    }

    [Fact]
    public void Codec_Statistics_ReadsWhatItWrote()
    {
        var statistics = new ArmStatistics();
        statistics.Record(_awake, new("a"), 1);
        statistics.Record(_awake, new("b"), 0.5);

        AssertSame(statistics, ArmStatisticsCodec.Decode(ArmStatisticsCodec.Encode(statistics)));
    }

    [Fact]
    public void Record_MoreArmsThanAreRemembered_ForgetsThoseSentLeast()
    {
        var statistics = new ArmStatistics();
        for (var i = 0; i < 2 * ArmStatistics.ArmsMax; i++)
        {
            statistics.Record(_awake, new("a"), 1);
            statistics.Record([new(new($"new-{i}"), 0.5), new(new("a"), 0.5)], new($"new-{i}"), 1);
        }

        Assert.Equal(ArmStatistics.ArmsMax, statistics.Arms.Count());
        Assert.Contains(new("a"), statistics.Arms);
    }

    // Alone awake, it had no other to be compared with.
    [Fact]
    public void Record_OnlyArm_CountsAsChosenWithoutAComparison()
    {
        var statistics = new ArmStatistics();
        statistics.Record([new(new("a"), 1)], new("a"), 1);

        Assert.Equal(new(1, 1, 1, 0, 0), statistics.SumsOf(new("a")));
        Assert.Equal(0, statistics.SumsOf(new("a")).ScoreOf(ArmPolicy.Default));
    }

    private static void AssertSame(ArmStatistics expected, ArmStatistics actual)
    {
        Assert.Equal(expected.Arms, actual.Arms);
        Assert.All(expected.Arms, arm => Assert.Equal(expected.SumsOf(arm), actual.SumsOf(arm)));
    }
}
