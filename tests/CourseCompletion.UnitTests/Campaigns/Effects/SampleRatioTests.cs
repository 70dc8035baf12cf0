using CourseCompletion.Cli.Simulate;
using CourseCompletion.Domain.Campaigns.Effects;
using Xunit;

namespace CourseCompletion.UnitTests.Campaigns.Effects;

public class SampleRatioTests
{
    private static readonly double[] _shares = [0.2, 0.8];

    // Beta(20 + 1, 80) / Beta(20, 80) / 0.2 = (20 / 100) / 0.2 = 1: one learner proves nothing. Two of one group: 20 * 21 / (100 * 101) / 0.04.
    [Fact]
    public void LogEvidence_FewLearners_IsTheRatioByHand()
    {
        Assert.Equal(0, SampleRatio.LogEvidence([0, 0], _shares), 9);
        Assert.Equal(0, SampleRatio.LogEvidence([1, 0], _shares), 9);
        Assert.Equal(Math.Log(20.0 * 21 / (100 * 101) / 0.04), SampleRatio.LogEvidence([2, 0], _shares), 9);
    }

    // 1 in 1,000 would be 0.5 of 500.
    [Fact]
    public void IsMismatch_SharesHoldAndLookedAtAfterEveryLearner_AlmostNeverAlarms() => Assert.InRange(AlarmedStreams(500, 3_000, 0.2), 0, 2);

    [Fact]
    public void IsMismatch_OneInTenOfControlLost_Alarms() => Assert.InRange(AlarmedStreams(50, 12_000, 0.18), 45, 50);

    private static int AlarmedStreams(int streams, int learners, double controlShare) => Enumerable.Range(0, streams).Count(stream =>
    {
        var chance = new Chance(6, stream);
        var counts = new long[2];
        for (var learner = 0; learner < learners; learner++)
        {
            counts[chance.Hits(controlShare) ? 0 : 1]++;
            if (SampleRatio.IsMismatch(counts, _shares))
            {
                return true;
            }
        }

        return false;
    });
}
