using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Channels;
using Xunit;

namespace CourseCompletion.UnitTests.Campaigns;

public sealed class CampaignDefinitionRulesTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Check_ArmThatSendsNothing_IsAFaultOnlyOnExpectedGain(bool sendsOnExpectedGain)
    {
        var campaign = CampaignBuilder.Campaign() with
        {
            SendsOnExpectedGain = sendsOnExpectedGain,
            Arms = [new("app", "hello", NudgeChannel.InApp, 1), new("none", "", NudgeChannel.Unspecified, 1)],
        };

        var faults = CampaignDefinitionRules.Check(campaign);

        Assert.Equal(sendsOnExpectedGain ? ["campaign.arms[1].template_id"] : [], faults.Select(fault => fault.Field));
        Assert.All(faults, fault => Assert.Contains("sends_on_expected_gain", fault.Message, StringComparison.Ordinal));
        Assert.Empty(CampaignDefinitionRules.Check(campaign with { Arms = campaign.Arms.Take(1).ToList() }));
    }
}
