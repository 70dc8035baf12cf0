using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Arms;
using CourseCompletion.Domain.Campaigns.Assignment;
using CourseCompletion.Domain.Campaigns.Effects;
using CourseCompletion.Domain.Campaigns.Index;
using CourseCompletion.Domain.Campaigns.Report;
using CourseCompletion.Domain.Campaigns.Scans;
using CourseCompletion.Domain.Campaigns.Uplift;
using CourseCompletion.Domain.Stores;
using CourseCompletion.UnitTests.Stores;
using Xunit;

namespace CourseCompletion.UnitTests.Campaigns;

/// <summary>Stored bytes of campaigns' statistics: whatever was once written must stay readable, with the same meaning.</summary>
public class CampaignGoldenTests
{
    private static readonly CampaignDefinition _checkIns = CampaignBuilder.Campaign() with
    {
        Purpose = NudgePurpose.CheckIn,
        CheckIn = new() { DaysPerWeek = 5, WeeklyGoalDays = 4 },
        LearnsArms = true,
        ControlShare = 0.25,
        StartsAtMs = 7,
        Unit = AssignmentUnit.Learner,
    };

    private static readonly CampaignDefinition _questions =
        _checkIns with { Purpose = NudgePurpose.Questions, CheckIn = null, Occasions = QuestionOccasions.Unanswered | QuestionOccasions.Session };

    [Fact]
    public void GroupSums_Format1_StillMeansTheSame()
    {
        var expected = GroupSums.OfCluster(4, 2.5, 1.25).Add(GroupSums.Of(1, 0.5));
        var stored = GoldenFile.Read("campaign-group-sums.v1.bin", nameof(GroupSumsCodec), GroupSumsCodec.Encode(expected));

        Assert.Equal(expected, GroupSumsCodec.Decode(stored));
    }

    [Fact]
    public void ArmStatistics_Format1_StillMeansTheSame()
    {
        var (statistics, plain, goal) = (new ArmStatistics(), ArmId.Of("plain", "fixed"), ArmId.Of("goal", "best-hour"));
        statistics.Record([new(goal, 0.25), new(plain, 0.75)], plain, 1);
        statistics.Record([new(goal, 0.5), new(plain, 0.5)], goal, 0.5);
        var stored = GoldenFile.Read("campaign-arms.v1.bin", nameof(ArmStatisticsCodec), ArmStatisticsCodec.Encode(statistics));

        var read = ArmStatisticsCodec.Decode(stored);

        Assert.Equal(statistics.Arms, read.Arms);
        Assert.All(read.Arms, arm => Assert.Equal(statistics.SumsOf(arm), read.SumsOf(arm)));
    }

    [Fact]
    public void UpliftState_Format1_StillMeansTheSame()
    {
        var stored = GoldenFile.Read("campaign-uplift.v1.bin");

        var read = UpliftStateCodec.Decode(stored);

        GoldenFile.AssertUnchanged("campaign-uplift.v1.bin", nameof(UpliftStateCodec), stored, UpliftStateCodec.Encode(read));
        Assert.Equal((20, 20, false), (read.Gains.Decisions, read.FittedAt, read.IsOn));
        Assert.Equal((12, 12), (read.Gains.OverSilence.Count, read.Gains.OverSending.Count));
        Assert.Equal((10, 10, 4), (read.Fitted.Sent.Count, read.Fitted.Silent.Count, read.Fitted.Sent.Rewards[0]));
        var fitted = UpliftRules.Fit(read with { Model = null }, read.Fitted, UpliftPolicy.Default);
        Assert.Equal(read.Model!.Uplift, fitted.Model!.Uplift);
        Assert.Equal(read.Model.Covariance, fitted.Model.Covariance);
    }

    [Fact]
    public void Definition_Format1_StillMeansTheSame() =>
        Assert.True(CampaignDefinitionCodec.Decode(GoldenFile.Read("campaign.v1.bin")).HasContentOf(_checkIns));

    [Fact]
    public void Definition_Format2_StillMeansTheSame() =>
        Assert.True(CampaignDefinitionCodec.Decode(GoldenFile.Read("campaign.v2.bin")).HasContentOf(_questions));

    [Fact]
    public void Definition_Format3_StillMeansTheSame()
    {
        var expected = _questions with { Unit = AssignmentUnit.QuestionCluster, SendsOnExpectedGain = true };
        var stored = GoldenFile.Read("campaign.v3.bin", nameof(CampaignDefinitionCodec), CampaignDefinitionCodec.Encode(expected));

        Assert.True(CampaignDefinitionCodec.Decode(stored).HasContentOf(expected));
    }

    // Nobody was drawn together with others yet.
    [Fact]
    public void Row_Format1_StillMeansTheSame()
    {
        var read = CampaignRowCodec.Decode(GoldenFile.Read("campaign-row.v1.bin"));

        AssertSame(ExpectedRow(), read, cluster: 0);
        Assert.Null(read.Membership.Uplift);
    }

    [Fact]
    public void Row_Format2_StillMeansTheSame()
    {
        var stored = GoldenFile.Read("campaign-row.v2.bin", nameof(CampaignRowCodec), CampaignRowCodec.Encode(ExpectedRow()));

        var read = CampaignRowCodec.Decode(stored);

        AssertSame(ExpectedRow(), read, cluster: 9);
        Assert.Equal((1, 2.375, true), (read.Membership.Uplift!.Gains.Decisions, read.Membership.Uplift.Gains.OverSilence.Sum, read.Membership.Uplift.Sample[0].Returned));
    }

    [Fact]
    public void Index_Format1_StillMeansTheSame()
    {
        var expected = new CampaignIndex();
        Assert.True(expected.TryAdd("кампания") && expected.TryAdd("algebra") && expected.Take(new("algebra", 0.25, 0.125, 300)));
        var stored = GoldenFile.Read("campaign-index.v1.bin", nameof(CampaignIndexCodec), CampaignIndexCodec.Encode(expected));

        Assert.Equal(expected.All, CampaignIndexCodec.Decode(stored).All);
        Assert.Throws<StoreCorruptException>(() => CampaignIndexCodec.Decode(StoredBytes.OfFormat(2, stored)));
    }

    [Fact]
    public void Progress_Format1_StillMeansTheSame()
    {
        var stored = GoldenFile.Read("campaign-progress.v1.bin", nameof(ScanProgress), new ScanProgress(1_709_510_400_000).Encode());

        Assert.Equal(1_709_510_400_000, ScanProgress.Decode(stored).ThroughMs);
    }

    private static CampaignRow ExpectedRow()
    {
        var learner = GoldenValues.Learner();
        return CampaignRow.From(new("ада"), 2, learner, learner.Nudges!.Memberships[0]);
    }

    private static void AssertSame(CampaignRow expected, CampaignRow read, ulong cluster)
    {
        Assert.Equal((expected.Learner, expected.Version, expected.CompletedAtMs), (read.Learner, read.Version, read.CompletedAtMs));
        Assert.Equal((1, 1, 1, cluster), (read.Membership.Sent, read.Membership.Opened, read.Membership.Acted, read.Membership.Cluster.Value));
    }
}
