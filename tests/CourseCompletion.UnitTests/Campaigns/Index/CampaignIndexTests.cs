using CourseCompletion.Domain.Campaigns.Effects;
using CourseCompletion.Domain.Campaigns.Index;
using Xunit;

namespace CourseCompletion.UnitTests.Campaigns.Index;

public sealed class CampaignIndexTests
{
    [Fact]
    public void After_PageByPage_ComesAcrossEveryCampaignOnceInOrder()
    {
        var index = Of("b", "a", "é", "c", "aa");
        var seen = new List<string>();
        for (var page = index.After(null, 2); page.Length > 0; page = index.After(page[^1], 2))
        {
            seen.AddRange(page);
        }

        Assert.Equal(["a", "aa", "b", "c", "é"], seen);
    }

    [Fact]
    public void TryAdd_Full_RefusesNewOnesOnly()
    {
        var index = new CampaignIndex();
        for (var i = 0; i < CampaignIndex.CampaignsMax; i++)
        {
            Assert.True(index.TryAdd($"campaign-{i}"));
        }

        Assert.False(index.TryAdd("one-more"));
        Assert.True(index.TryAdd("campaign-7"));
        Assert.Equal(CampaignIndex.CampaignsMax, index.All.Count);
    }

    [Fact]
    public void Take_SameAgainOrUnknown_IsNoNews()
    {
        var index = Of("a");

        Assert.True(index.Take(new("a", 0.01, 0.02, 500)));
        Assert.False(index.Take(new("a", 0.01, 0.02, 500)));
        Assert.False(index.Take(new("b", 0.01, 0.02, 500)));
        Assert.False(index.Contains("b"));
    }

    [Fact]
    public void PoolFor_OtherCampaignsKnowMore_IsDrawnToThem()
    {
        var index = Of("own", "other", "third", "unknown");
        index.Take(new("own", 0.2, 0.05, 400));
        var alone = index.PoolFor("own", EffectPolicy.Default);
        index.Take(new("other", 0.01, 0.005, 40_000));
        index.Take(new("third", 0.02, 0.005, 40_000));

        var pooled = index.PoolFor("own", EffectPolicy.Default);

        Assert.Equal((1, 3), (alone.Campaigns, pooled.Campaigns));
        Assert.InRange(pooled.Effect.Value, 0.015, alone.Effect.Value - 0.02);
        Assert.True(alone.Effect.Value < 0.2, "One campaign alone is drawn to the prior.");
    }

    [Fact]
    public void PoolFor_CampaignThatFoundNothing_IsLikeTheOthersAndClaimsNothing()
    {
        var index = Of("own", "other");
        index.Take(new("other", 0.03, 0.001, 100_000));

        var pooled = index.PoolFor("own", EffectPolicy.Default);

        Assert.Equal((1, EffectClaim.NotShown, -1, 1), (pooled.Campaigns, pooled.Effect.Claim, pooled.Effect.Low, pooled.Effect.High));
        Assert.InRange(pooled.Effect.Value, 0.01, 0.03);
    }

    private static CampaignIndex Of(params string[] campaigns)
    {
        var index = new CampaignIndex();
        Array.ForEach(campaigns, campaign => Assert.True(index.TryAdd(campaign)));
        return index;
    }
}
