using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.ClusterTests.Courses;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Effects;
using CourseCompletion.Domain.Campaigns.Index;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Grains.Abstractions.Campaigns;
using CourseCompletion.Grains.Campaigns;
using Xunit;

namespace CourseCompletion.ClusterTests.Campaigns;

/// <summary>The index of a tenant's campaigns on two silos.</summary>
public sealed class CampaignIndexTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    private static readonly string _key = CampaignIndexKey.For(TenantId.Default).Value;
    private readonly EngineCluster _cluster = fixture.Cluster;

    [Fact]
    public async Task Upsert_NewCampaigns_AreListedAlsoByTheNextActivation()
    {
        var course = _cluster.NewCourse();
        await _cluster.DefineAsync(CourseBuilder.Of(course));
        var (one, other, refused) = (_cluster.NewCampaign(), _cluster.NewCampaign(), _cluster.NewCampaign());
        foreach (var campaign in new[] { one, other })
        {
            Assert.Empty((await _cluster.Campaign(campaign).UpsertAsync(CampaignBuilder.Of(course, 600, NudgeChannel.InApp), 0)).Faults);
        }

        Assert.NotEmpty((await _cluster.Campaign(refused).UpsertAsync(CampaignBuilder.Of(_cluster.NewCourse(), 600, NudgeChannel.InApp), 0)).Faults);

        var index = _cluster.Grains.GetGrain<ICampaignIndexGrain>(_key);
        await _cluster.DeactivateAsync(index);
        var listed = await index.ListAsync(null, 1_000);

        Assert.Contains(one.Value, listed);
        Assert.Contains(other.Value, listed);
        Assert.DoesNotContain(refused.Value, listed);
        Assert.Equal(listed.Order(StringComparer.Ordinal), listed);
    }

    [Fact]
    public async Task GetReport_ControlGroup_SaysCompletionInTheLightOfOtherCampaigns()
    {
        var course = _cluster.NewCourse();
        await _cluster.DefineAsync(CourseBuilder.Of(course));
        var (own, other) = (_cluster.NewCampaign(), _cluster.NewCampaign());
        Assert.Empty((await _cluster.Campaign(own).UpsertAsync(CampaignBuilder.Of(course, 600, NudgeChannel.InApp) with { ControlShare = 0.5 }, 0)).Faults);
        var index = _cluster.Grains.GetGrain<ICampaignIndexIntakeGrain>(_key);
        Assert.True(await index.RegisterAsync(other.Value));
        await index.PoolAsync(new(other.Value, 0.03, 0.001, 100_000, 100_000));

        var effects = (await _cluster.Campaign(own).GetReportAsync())!.Effects;

        var pooled = effects.Single(effect => effect.Metric == CampaignMetric.Completion28Days).Pooled!;
        Assert.Equal((1, EffectClaim.NotShown), (pooled.Campaigns, pooled.Claim));
        Assert.InRange(pooled.Value, 0.01, 0.03);
        Assert.All(effects.Where(effect => effect.Metric != CampaignMetric.Completion28Days), effect => Assert.Null(effect.Pooled));
    }
}
