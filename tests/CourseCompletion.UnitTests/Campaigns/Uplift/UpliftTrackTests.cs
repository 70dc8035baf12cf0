using CourseCompletion.Domain.Campaigns.Uplift;
using Xunit;

namespace CourseCompletion.UnitTests.Campaigns.Uplift;

public sealed class UpliftTrackTests
{
    private static readonly UpliftDraw _draw = new(new(0.5f, 2, 1, 0, 0, 0.5f), 0.5f, new(0.5f, 0.25f, 0.25f));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(float.NaN)]
    public void Finish_DecisionThatLeftNoChoice_TeachesNothing(float propensity)
    {
        var track = new UpliftTrack();

        track.Finish(_draw with { SendPropensity = propensity }, sent: true, returned: true);

        Assert.Equal((0, 0), (track.Gains.Decisions, track.Sample.Count));
    }

    [Fact]
    public void Finish_MoreThanTheSample_KeepsTheNewestAndAllGains()
    {
        var track = new UpliftTrack();
        for (var i = 0; i < UpliftTrack.SampleMax + 3; i++)
        {
            track.Finish(_draw with { Situation = _draw.Situation with { StreakDays = i } }, sent: true, returned: true);
        }

        // 0.5 - 0.25 + (1 - 0.5) / 0.5 each.
        Assert.Equal((UpliftTrack.SampleMax + 3, 1.25), (track.Gains.Decisions, track.Gains.OverSilence.Mean));
        Assert.Equal(Enumerable.Range(3, UpliftTrack.SampleMax), track.Sample.Select(decision => decision.Situation.StreakDays));
    }

    [Fact]
    public void Finish_NoEstimateYet_IsCountedAndNotJudged()
    {
        var track = new UpliftTrack();

        track.Finish(_draw with { Estimate = null }, sent: false, returned: true);

        Assert.Equal((1, 0, 1), (track.Gains.Decisions, track.Gains.OverSilence.Count, track.Sample.Count));
    }

    [Fact]
    public void Copy_ThenFinish_LeavesTheCopyAsItIs()
    {
        var track = new UpliftTrack();
        track.Finish(_draw, sent: true, returned: false);
        var copy = track.Copy();

        track.Finish(_draw, sent: true, returned: false);

        Assert.Equal((1, 1), (copy.Gains.Decisions, copy.Sample.Count));
    }
}
