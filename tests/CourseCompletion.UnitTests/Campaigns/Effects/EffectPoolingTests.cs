using CourseCompletion.Cli.Simulate;
using CourseCompletion.Domain.Campaigns.Effects;
using Xunit;

namespace CourseCompletion.UnitTests.Campaigns.Effects;

public class EffectPoolingTests
{
    [Fact]
    public void Pool_NoisyCampaignAmongAlikeOnes_IsDrawnToThem()
    {
        var pooled = EffectPooling.Pool(
            [.. Enumerable.Range(0, 8).Select(i => new CampaignEffect($"calm-{i}", 0.02, 0.005, 4_000)), new("noisy", 0.2, 0.1, 200)], EffectPolicy.Default);

        Assert.InRange(pooled.Overall.Value, 0.015, 0.025);
        Assert.InRange(pooled.Campaigns[^1].Value, 0.015, 0.05);
        Assert.All(pooled.Campaigns.SkipLast(1), campaign => Assert.Equal(EffectClaim.Helps, campaign.Claim));
    }

    [Fact]
    public void Pool_CampaignsThatReallyDiffer_KeepTheirOwn()
    {
        var pooled = EffectPooling.Pool([new("good", 0.1, 0.005, 9_000), new("bad", -0.05, 0.005, 9_000), new("idle", 0, 0.005, 9_000)], EffectPolicy.Default);

        Assert.Equal(EffectClaim.Helps, pooled.Campaigns[0].Claim);
        Assert.Equal(EffectClaim.Harms, pooled.Campaigns[1].Claim);
        Assert.Equal(EffectClaim.NotShown, pooled.Overall.Claim);
        Assert.InRange(pooled.Spread, 0.03, 0.1);
    }

    [Fact]
    public void Pool_NothingKnown_ClaimsNothing()
    {
        Assert.Equal(EffectClaim.NotShown, EffectPooling.Pool([], EffectPolicy.Default).Overall.Claim);
        Assert.Equal(
            EffectClaim.NotShown, EffectPooling.Pool([CampaignEffect.Of("new", EffectRules.Estimate(default, default, EffectPolicy.Default))], EffectPolicy.Default).Campaigns[0].Claim);
    }

    [Fact]
    public void Pool_NewCampaignAmongGoodOnes_IsExpectedToBeGoodButNotClaimed()
    {
        var good = Enumerable.Range(0, 20).Select(i => new CampaignEffect($"good-{i}", 0.05, 0.005, 9_000));

        var pooled = EffectPooling.Pool([.. good, CampaignEffect.Of("new", EffectRules.Estimate(default, default, EffectPolicy.Default))], EffectPolicy.Default);

        Assert.InRange(pooled.Campaigns[^1].Value, 0.04, 0.06);
        Assert.Equal(EffectClaim.NotShown, pooled.Campaigns[^1].Claim);
    }

    // Ten campaigns, effects spread by 0.02 around 0.01, looked at ten times while they grow: 4,000 intervals, of which each campaign's must hold at all looks.
    [Fact]
    public void Pool_LookedAtWhileCampaignsGrow_CoversTheirTruth()
    {
        var missed = 0;
        for (var world = 0; world < 40; world++)
        {
            var chance = new Chance(9, world);
            var truths = Enumerable.Range(0, 10).Select(_ => 0.01 + (0.02 * chance.Normal())).ToList();
            var sums = truths.Select(_ => new GroupSums[2]).ToList();
            var ever = new bool[truths.Count];
            for (var look = 0; look < 10; look++)
            {
                for (var campaign = 0; campaign < truths.Count; campaign++)
                {
                    for (var learner = 0; learner < 200; learner++)
                    {
                        var hits = chance.Hits(0.2 + (learner % 2 * truths[campaign]));
                        sums[campaign][learner % 2] = sums[campaign][learner % 2].Add(GroupSums.Of(hits ? 1 : 0));
                    }
                }

                var effects = sums.Select((groups, i) => CampaignEffect.Of($"{i}", EffectRules.Estimate(groups[1], groups[0], EffectPolicy.Default))).ToList();
                var pooled = EffectPooling.Pool(effects, EffectPolicy.Default);
                for (var campaign = 0; campaign < truths.Count; campaign++)
                {
                    ever[campaign] |= truths[campaign] < pooled.Campaigns[campaign].Low || truths[campaign] > pooled.Campaigns[campaign].High;
                }
            }

            missed += ever.Count(miss => miss);
        }

        Assert.InRange(missed, 0, 20);
    }
}
