using CourseCompletion.Cli.Simulate;
using CourseCompletion.Domain.Campaigns.Effects;
using Xunit;

namespace CourseCompletion.UnitTests.Campaigns.Effects;

public class EffectRulesTests
{
    [Fact]
    public void Estimate_WithoutCovariate_IsTheDifferenceOfMeansWithItsTextbookError()
    {
        var estimate = EffectRules.Estimate(Binary(2_000, 800), Binary(1_000, 300), EffectPolicy.Default);

        Assert.Equal(0.1, estimate.Value, 12);
        Assert.Equal(Math.Sqrt((0.4 * 0.6 / 2_000) + (0.3 * 0.7 / 1_000)), estimate.StandardError, 4);
        Assert.Equal(EffectClaim.Helps, estimate.Claim);
        Assert.Equal(EffectClaim.Harms, EffectRules.Estimate(Binary(1_000, 300), Binary(2_000, 800), EffectPolicy.Default).Claim);
    }

    [Fact]
    public void Estimate_FewUnits_IsEverythingAndClaimsNothing()
    {
        var estimate = EffectRules.Estimate(Binary(49, 49), Binary(1_000, 0), EffectPolicy.Default);

        Assert.Equal((-1, 1, EffectClaim.NotShown), (estimate.Low, estimate.High, estimate.Claim));
        Assert.Equal(EffectClaim.NotShown, EffectRules.Estimate(default, default, EffectPolicy.Default).Claim);
    }

    // Nobody returned of 60 in control: that is no proof that nobody ever would.
    [Fact]
    public void Estimate_NobodyReturned_IsNotTakenForCertain() =>
        Assert.Equal(EffectClaim.NotShown, EffectRules.Estimate(Binary(2_000, 60), Binary(60, 0), EffectPolicy.Default).Claim);

    [Fact]
    public void Estimate_CovariateThatPredicts_NarrowsAndTakesTheLuckOfTheDrawAway()
    {
        // Everyone's outcome is the covariate plus 0.1 when treated; the treated happen to have higher covariates.
        var treatment = GroupSums.Merge(Enumerable.Range(0, 500).Select(i => GroupSums.Of(0.1 + (i % 10 / 20.0) + Noise(i), i % 10 / 20.0)));
        var control = GroupSums.Merge(Enumerable.Range(0, 500).Select(i => GroupSums.Of((i % 9 / 20.0) + Noise(i), i % 9 / 20.0)));

        var estimate = EffectRules.Estimate(treatment, control, EffectPolicy.Default);

        Assert.Equal(0.1, estimate.Value, 2);
        Assert.True(estimate.TreatmentMean - estimate.ControlMean > 0.12);
        Assert.InRange(estimate.VarianceExplained, 0.8, 1);
    }

    [Fact]
    public void Estimate_CovariateTheSameForAll_ChangesNothing()
    {
        var plain = EffectRules.Estimate(Binary(500, 200), Binary(500, 150), EffectPolicy.Default);
        var constant = EffectRules.Estimate(Binary(500, 200, 0.3), Binary(500, 150, 0.3), EffectPolicy.Default);

        Assert.Equal(plain.Value, constant.Value, 9);
        Assert.Equal(plain.StandardError, constant.StandardError, 9);
    }

    [Fact]
    public void Estimate_MembersOfAClusterAlike_IsLessSureThanByLearner()
    {
        // Of 100 clusters of 20, in every one all do the same.
        var clusters = EffectRules.Estimate(Clusters(100, 20, 40), Clusters(100, 20, 30), EffectPolicy.ForClusters(200));
        var learners = EffectRules.Estimate(Binary(2_000, 800), Binary(2_000, 600), EffectPolicy.Default);

        Assert.Equal(learners.Value, clusters.Value, 12);
        Assert.InRange(clusters.StandardError / learners.StandardError, 4.3, 4.8);
        Assert.Equal(EffectClaim.NotShown, clusters.Claim);
    }

    // The share of 500 streams of which the sequence ever misses the truth: at most alpha, and not so small that the intervals are needlessly wide.
    [Fact]
    public void Estimate_LookedAtAfterEveryTen_EverMissesTheTruthInFewerThanAlpha()
    {
        int missed = 0, missedAtOneLook = 0;
        for (var stream = 0; stream < 500; stream++)
        {
            var chance = new Chance(7, stream);
            GroupSums treatment = default, control = default;
            bool ever = false, everByTextbook = false;
            for (var pair = 1; pair <= 2_000; pair++)
            {
                treatment = treatment.Add(GroupSums.Of(chance.Hits(0.35) ? 1 : 0));
                control = control.Add(GroupSums.Of(chance.Hits(0.3) ? 1 : 0));
                if (pair % 10 == 0 && pair >= 50)
                {
                    var estimate = EffectRules.Estimate(treatment, control, EffectPolicy.ForAudience(2_000));
                    ever |= estimate.Low > 0.05 || estimate.High < 0.05;
                    everByTextbook |= Math.Abs(estimate.Value - 0.05) > 1.96 * estimate.StandardError;
                }
            }

            missed += ever ? 1 : 0;
            missedAtOneLook += everByTextbook ? 1 : 0;
        }

        Assert.InRange(missed, 1, 25);
        Assert.True(missedAtOneLook > 125, "Looking often at intervals for one look errs often, else this test proves nothing.");
    }

    // Clusters of 2 to 20 members whose rates differ.
    [Fact]
    public void Estimate_ByClusterLookedAtOften_EverMissesTheTruthInFewerThanAlpha()
    {
        var missed = Enumerable.Range(0, 300).Count(stream =>
        {
            var chance = new Chance(8, stream);
            var sums = new GroupSums[2];
            var ever = false;
            for (var cluster = 0; cluster < 300; cluster++)
            {
                var (size, rate) = (2 + chance.Below(19), chance.Between(0.1, 0.5));
                var hits = Enumerable.Range(0, size).Count(_ => chance.Hits(rate));
                sums[cluster % 2] = sums[cluster % 2].Add(GroupSums.OfCluster(size, hits));
                var estimate = EffectRules.Estimate(sums[0], sums[1], EffectPolicy.ForClusters(300));
                ever |= estimate.Claim != EffectClaim.NotShown;
            }

            return ever;
        });

        Assert.InRange(missed, 0, 15);
    }

    private static double Noise(int i) => ((i * 7919 % 100) - 49.5) / 2_000;

    private static GroupSums Binary(int units, int hits, double covariate = 0) =>
        GroupSums.Merge(Enumerable.Range(0, units).Select(i => GroupSums.Of(i < hits ? 1 : 0, covariate)));

    private static GroupSums Clusters(int clusters, int size, int hits) =>
        GroupSums.Merge(Enumerable.Range(0, clusters).Select(i => GroupSums.OfCluster(size, i < hits ? size : 0)));
}
