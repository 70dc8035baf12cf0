using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Campaigns.Uplift;
using CourseCompletion.Gateway.Campaigns;
using CourseCompletion.Grains.Abstractions.Campaigns;
using CourseCompletion.Grains.Abstractions.Learners;
using Xunit;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.UnitTests.Gateway.Campaigns;

public sealed class CampaignReportMappingTests
{
    private static readonly CampaignReport _report = new() { Campaign = "win-back", Groups = [], Effects = [] };

    [Fact]
    public void ToWire_Uplift_SaysTheVerdictWithItsFigures()
    {
        var uplift = CampaignReportMapping.ToWire(_report with { Uplift = new(UpliftGate.On, 2_000, 0.25, 0.125, 0.5, 0.375, "On.") }).Uplift;

        Assert.Equal((Wire.UpliftGate.On, 2_000, "On."), (uplift.Gate, uplift.Decisions, uplift.Explanation));
        Assert.Equal(
            (0.25, 0.125, 0.5, 0.375),
            (uplift.GainOverSilence, uplift.GainOverSilenceHalfWidth, uplift.GainOverSending, uplift.GainOverSendingHalfWidth));
    }

    [Fact]
    public void ToWire_NothingJudgedYet_HasNoInterval()
    {
        var verdict = new CampaignUpliftView(UpliftGate.TooFewDecisions, 1, 0, double.PositiveInfinity, 0, double.PositiveInfinity, "Off.");
        var uplift = CampaignReportMapping.ToWire(_report with { Uplift = verdict }).Uplift;

        Assert.Equal((Wire.UpliftGate.TooFewDecisions, false, false), (uplift.Gate, uplift.HasGainOverSilenceHalfWidth, uplift.HasGainOverSendingHalfWidth));
        Assert.Null(CampaignReportMapping.ToWire(_report).Uplift);
    }

    [Fact]
    public void ToWire_Nudge_SaysWhatItWasDrawnWith()
    {
        var nudge = new NudgeView { Nudge = "1", Campaign = "win-back", Occurrence = "now", Course = "algebra", Reason = NudgeReason.NoExpectedGain };

        Assert.Null(NudgeMapping.ToWire(nudge).Uplift);
        Assert.False(NudgeMapping.ToWire(nudge with { SendPropensity = 0.5f }).Uplift.HasExpectedGain);
        var drawn = NudgeMapping.ToWire(nudge with { SendPropensity = 0.25f, ExpectedGain = -0.5f });
        Assert.Equal((0.25, -0.5, Wire.NudgeReason.NoExpectedGain), (drawn.Uplift.SendPropensity, drawn.Uplift.ExpectedGain, drawn.Reason));
    }
}
