using CourseCompletion.Cli.Simulate;
using CourseCompletion.Domain.Campaigns.Effects;
using Xunit;

namespace CourseCompletion.UnitTests.Campaigns.Effects;

public class DetectableEffectTests
{
    [Fact]
    public void Of_PlantedEffectOfThatSize_IsShownAboutFourTimesInFive()
    {
        var policy = EffectPolicy.ForAudience(2_000);
        var effect = DetectableEffect.Of(2_000, 0.3, 0.5, policy);
        var shown = Enumerable.Range(0, 400).Count(campaign =>
        {
            var chance = new Chance(5, campaign);
            var sums = new GroupSums[2];
            for (var learner = 0; learner < 2_000; learner++)
            {
                sums[learner % 2] = sums[learner % 2].Add(GroupSums.Of(chance.Hits(learner % 2 == 0 ? 0.3 : 0.3 + effect) ? 1 : 0));
            }

            return EffectRules.Estimate(sums[1], sums[0], policy).Claim == EffectClaim.Helps;
        });

        Assert.InRange(shown, 290, 350);
    }

    [Fact]
    public void Of_MoreLearnersOrBetterCovariate_IsSmaller()
    {
        var effect = DetectableEffect.Of(2_000, 0.3, 0.5, EffectPolicy.ForAudience(2_000));

        Assert.True(DetectableEffect.Of(8_000, 0.3, 0.5, EffectPolicy.ForAudience(8_000)) < 0.51 * effect);
        Assert.Equal(effect * 0.8, DetectableEffect.Of(2_000, 0.3, 0.5, EffectPolicy.ForAudience(2_000), varianceExplained: 0.36), 9);
    }

    [Fact]
    public void OfClusters_MembersUnlikeOrAlike_CountsLearnersOrClusters()
    {
        var policy = EffectPolicy.ForClusters(100);

        // A little wider than by learner, because the variance of 100 clusters is itself uncertain.
        Assert.InRange(DetectableEffect.OfClusters(100, 20, 0, 0.3, 0.5, policy) / DetectableEffect.Of(2_000, 0.3, 0.5, EffectPolicy.ForAudience(2_000)), 1, 1.06);
        Assert.InRange(DetectableEffect.OfClusters(100, 20, 1, 0.3, 0.5, policy) / DetectableEffect.Of(100, 0.3, 0.5, policy), 1, 1.06);
        Assert.Equal(double.PositiveInfinity, DetectableEffect.OfClusters(7, 20, 0.1, 0.3, 0.5, policy));
    }
}
