using CourseCompletion.Domain.Campaigns.Arms;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Campaigns.Arms;

public class ArmRulesTests
{
    private static readonly ArmId _plain = ArmId.Of("plain", "fixed");
    private static readonly ArmId _goal = ArmId.Of("goal", "fixed");

    [Fact]
    public void PropensitiesOf_AnyStatistics_SumToOneAndNoneIsBelowTheFloor() =>
        Gen.Select(Gen.Int[1, 50], Gen.Double[0.0001, 1], Gen.Double[0, 1].List[50, 50]).Sample((arms, temperature, rewards) =>
        {
            var awake = Enumerable.Range(0, arms).Select(i => new AwakeArm(new($"arm-{i}"), i % 3 == 0 ? i : null)).ToList();
            var statistics = new ArmStatistics();
            var equal = awake.Select(arm => new ArmPropensity(arm.Arm, 1.0 / arms)).ToList();
            for (var round = 0; round < 3; round++)
            {
                for (var i = 0; i < arms; i++)
                {
                    statistics.Record(equal, awake[i].Arm, rewards[i]);
                }
            }

            var propensities = ArmRules.PropensitiesOf(statistics, awake, ArmPolicy.Default with { Temperature = temperature });

            Assert.Equal(1, propensities.Sum(arm => arm.Propensity), 9);
            Assert.All(propensities, arm => Assert.True(arm.Propensity >= 0.02 - 1e-12));
        });

    [Fact]
    public void PropensitiesOf_NothingKnown_AreEqualInAnyOrderOfArms()
    {
        var propensities = ArmRules.PropensitiesOf(new(), [new(_plain), new(_goal), new(ArmId.NoSend)], ArmPolicy.Default);

        Assert.Equal([_goal, ArmId.NoSend, _plain], propensities.Select(arm => arm.Arm));
        Assert.All(propensities, arm => Assert.Equal(1.0 / 3, arm.Propensity, 12));
    }

    [Fact]
    public void PropensitiesOf_ArmThatWasJustSent_RecoversByHalfInFifteenDays()
    {
        double Score(double? days) => ArmRules.ScoreOf(new(), new(_plain, days), ArmPolicy.Default);

        Assert.Equal(0, Score(null), 12);
        Assert.Equal(-0.017, Score(0), 12);
        Assert.Equal(-0.0085, Score(15), 12);
        Assert.Equal(0, ArmRules.ScoreOf(new(), new(ArmId.NoSend, 0), ArmPolicy.Default), 12);
    }

    [Fact]
    public void PropensitiesOf_FixedWeights_AreTheirSharesAmongAwakeArms()
    {
        var policy = ArmPolicy.Default with { FixedWeights = new Dictionary<ArmId, double> { [_plain] = 3, [_goal] = 1, [ArmId.NoSend] = 96 } };

        var propensities = ArmRules.PropensitiesOf(new(), [new(_plain), new(_goal)], policy);

        Assert.Equal([0.25, 0.75], propensities.Select(arm => Math.Round(arm.Propensity, 9)));
    }

    [Fact]
    public void PropensitiesOf_FixedWeightsOfSleepingArmsOnly_AreEqual()
    {
        var policy = ArmPolicy.Default with { FixedWeights = new Dictionary<ArmId, double> { [ArmId.NoSend] = 1 } };

        Assert.All(ArmRules.PropensitiesOf(new(), [new(_plain), new(_goal)], policy), arm => Assert.Equal(0.5, arm.Propensity));
        Assert.Empty(ArmRules.PropensitiesOf(new(), [], policy));
    }

    // Only learners of whom few return see "goal", and there it is better: the mean over all learners would say the opposite.
    [Fact]
    public void ScoreOf_ArmThatIsAwakeForOtherLearnersOnly_ComparesWithinThem()
    {
        var statistics = new ArmStatistics();
        for (var i = 0; i < 1_000; i++)
        {
            statistics.Record([new(_plain, 1)], _plain, i % 2);
            statistics.Record([new(_goal, 0.5), new(_plain, 0.5)], _goal, i % 10 < 2 ? 1 : 0);
            statistics.Record([new(_goal, 0.5), new(_plain, 0.5)], _plain, i % 10 < 1 ? 1 : 0);
        }

        Assert.InRange(ArmRules.ScoreOf(statistics, new(_goal), ArmPolicy.Default with { PriorSends = 0 }), 0.99, 1.01);
    }

    // A campaign that chose unevenly, with the propensities it logged, finds what an even one finds.
    [Fact]
    public void Record_UnevenPropensities_AreWeightedAway()
    {
        var statistics = new ArmStatistics();
        for (var i = 0; i < 10_000; i++)
        {
            // In half of the decisions goal is likely and learners return rarely, in the other half it is the other way round.
            var (likely, rate) = i % 2 == 0 ? (0.9, 1) : (0.1, 5);
            var chosen = i / 2 % 10 < likely * 10 ? _goal : _plain;
            statistics.Record([new(_goal, likely), new(_plain, 1 - likely)], chosen, i / 20 % 10 < rate ? 1 : 0);
        }

        Assert.Equal(0.3, statistics.SumsOf(_goal).ChosenMean, 2);
        Assert.Equal(0.3, statistics.SumsOf(_goal).OtherMean, 2);
    }
}
