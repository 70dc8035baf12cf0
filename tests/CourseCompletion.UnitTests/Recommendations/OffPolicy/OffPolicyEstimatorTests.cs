using CourseCompletion.Prediction.Completion.Evaluation;
using CourseCompletion.Prediction.Recommendations.OffPolicy;
using Xunit;

namespace CourseCompletion.UnitTests.Recommendations.OffPolicy;

public sealed class OffPolicyEstimatorTests
{
    private const int CourseCount = 8;

    // Course k is taken with probability (k + 1) / 20 where it is shown.
    private static double TruthOf(string course) => (int.Parse(course[1..], System.Globalization.CultureInfo.InvariantCulture) + 1) / 20.0;

    [Fact]
    public void Estimate_AnotherPolicyThanTheLogged_IsRightWithinItsInterval()
    {
        var log = Log(20_000, seed: 1);

        // The logged policy mostly shows c0, the worst; the other one always c5.
        var report = OffPolicyEstimator.Estimate("best", log, [.. log.Select(_ => "c5")]);

        AssertHolds(TruthOf("c5"), report.Snips);
        AssertHolds(TruthOf("c5"), report.DoublyRobust);
        Assert.True(report.Logged.High < TruthOf("c5") - 0.1, $"{report.Logged}");
        Assert.Equal(log.Count(place => place.Course == "c5"), report.Matched);
        Assert.Equal(report.Matched, report.EffectiveSize, 6);
    }

    [Fact]
    public void Estimate_TheLoggedPolicyWithoutItsDraws_IsRightWithinItsInterval()
    {
        var log = Log(20_000, seed: 2);
        var report = OffPolicyEstimator.Estimate("greedy", log, [.. log.Select(_ => "c0")]);
        AssertHolds(TruthOf("c0"), report.Snips);
        AssertHolds(TruthOf("c0"), report.DoublyRobust);
        Assert.True(report.DoublyRobust.Value < report.Logged.Value);
    }

    // Of a hundred logs about 95 have the truth in the interval; at 60 binomial chance gives fewer than 50 once in ten thousand.
    [Fact]
    public void Estimate_ManyLogs_TheIntervalsHoldTheTruthAboutAsOftenAsTheySay()
    {
        var (snips, doublyRobust) = (0, 0);
        for (var seed = 0; seed < 60; seed++)
        {
            var log = Log(1_500, seed + 100);
            var report = OffPolicyEstimator.Estimate("other", log, [.. log.Select(_ => "c3")]);
            snips += report.Snips.Low <= TruthOf("c3") && TruthOf("c3") <= report.Snips.High ? 1 : 0;
            doublyRobust += report.DoublyRobust.Low <= TruthOf("c3") && TruthOf("c3") <= report.DoublyRobust.High ? 1 : 0;
        }

        Assert.True(snips >= 50 && doublyRobust >= 50, $"{snips} and {doublyRobust} of 60");
    }

    [Fact]
    public void Estimate_NothingMatches_SaysThatSnipsIsNotKnown()
    {
        var log = Log(200, seed: 3);
        var report = OffPolicyEstimator.Estimate("none", log, [.. log.Select(_ => "c99")]);
        Assert.Equal((0, 0.0), (report.Matched, report.EffectiveSize));
        Assert.True(double.IsNaN(report.Snips.Value));
        Assert.True(double.IsFinite(report.DoublyRobust.Value));
    }

    [Fact]
    public void Estimate_PlacesWithoutAChoice_StayOut()
    {
        var log = Log(100, seed: 4);
        Assert.Equal(50, OffPolicyEstimator.Estimate("half", log, [.. log.Select((_, i) => i % 2 == 0 ? "c0" : null)]).Places);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void Estimate_ImpossiblePropensity_IsRefused(double propensity) =>
        Assert.Throws<ArgumentException>(() => OffPolicyEstimator.Estimate("any", [new("a", "c0", propensity, 0)], ["c0"]));

    [Fact]
    public void RewardModel_AskedForALearner_DoesNotKnowTheLearnersOwnRewards()
    {
        var others = Log(2_000, seed: 5).Where(place => place.Course == "c1").ToList();
        var before = new RewardModel(others).Of("somebody", "c1");
        Assert.Equal(before, new RewardModel([.. others, .. Enumerable.Repeat(new LoggedPlace("somebody", "c1", 0.5, 1), 500)]).Of("somebody", "c1"));
        Assert.Equal(TruthOf("c1"), before, 1);
    }

    private static void AssertHolds(double truth, Estimate estimate) =>
        Assert.True(estimate.Low <= truth && truth <= estimate.High && estimate.High - estimate.Low < 0.1, $"{truth} is not in {estimate}");

    // c0 with probability 0.65, each other with 0.05.
    private static List<LoggedPlace> Log(int places, int seed)
    {
        var chance = new Random(seed);
        var log = new List<LoggedPlace>(places);
        for (var i = 0; i < places; i++)
        {
            var drawn = chance.NextDouble() < 0.6 ? 0 : chance.Next(CourseCount);
            var course = $"c{drawn}";
            log.Add(new($"learner-{chance.Next(places / 4)}", course, drawn == 0 ? 0.65 : 0.05, chance.NextDouble() < TruthOf(course) ? 1 : 0));
        }

        return log;
    }
}
