using CourseCompletion.Cli.Campaigns;
using CourseCompletion.Cli.Simulate.Responses;
using CourseCompletion.Domain.Campaigns.Arms;
using CourseCompletion.Prediction.Completion.Training;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Campaigns;

/// <summary>What <c>evaluate campaigns</c> measures, at a tenth of its size: the engine's own functions on simulated campaigns whose truth is known.</summary>
public class CampaignsEvaluationTests
{
    private readonly IProgress<TrainingProgress> _silent = new Progress<TrainingProgress>();

    // 93 and 7 of 100 are what the full size must reach; with so few campaigns a little more may miss by chance.
    [Fact]
    public void Run_DailyLooks_CoverTheTruthAndSeldomClaimWhatIsNot()
    {
        var result = CoverageEvaluation.Run(2, 40, _silent, CancellationToken.None);

        Assert.InRange(result.Covered, 37, 40);
        Assert.InRange(result.TriggeredCovered, 37, 40);
        Assert.InRange(result.FalselyPositive, 0, 3);
        Assert.Equal(0, result.MismatchAlarms);
        Assert.True(result.Shown > 0, "Intervals so wide that they never show anything always cover.");
    }

    [Fact]
    public void Run_Uplift_EarnsMostOfTheOraclesGain()
    {
        var result = UpliftEvaluation.Run(2, 50_000, new NudgeLaw(), _silent, CancellationToken.None);

        Assert.NotNull(result.OnSince);
        Assert.InRange(result.ShareOfOracle, 0.8, 1);
        Assert.True(result.Advised > result.SendAll);
    }

    [Fact]
    public void Run_Arms_EarnMoreThanUniformChoice() => Assert.True(ArmEvaluation.Run(2, 10_000, ArmPolicy.Default, _silent, CancellationToken.None).GainLow > 0.02);
}
