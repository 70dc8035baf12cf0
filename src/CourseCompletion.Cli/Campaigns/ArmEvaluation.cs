using CourseCompletion.Cli.Simulate.Responses;
using CourseCompletion.Domain.Campaigns.Arms;
using CourseCompletion.Domain.Campaigns.Assignment;
using CourseCompletion.Prediction.Completion.Training;

namespace CourseCompletion.Cli.Campaigns;

/// <summary>Lets campaigns learn which arm to send, beside the same campaigns that choose uniformly, and compares the returns.</summary>
internal static class ArmEvaluation
{
    // A decision every third day, about as often as the caps allow.
    private const int DecisionEvery = 3;
    private const int DecisionsEach = 25;
    private const int Campaigns = 20;

    // Student's t for 19 degrees of freedom.
    private const double Deviations95 = 2.093;

    /// <summary>Runs them.</summary>
    public static ArmResult Run(ulong seed, int decisions, ArmPolicy policy, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        var uniform = policy with { FixedWeights = new Dictionary<ArmId, double>() };
        double[] learnedReturns = new double[Campaigns], uniformReturns = new double[Campaigns];
        for (var campaign = 0; campaign < Campaigns; campaign++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress.Report(new TrainingProgress("arms: campaigns", campaign, Campaigns));
            var world = new ArmWorld(seed, campaign);
            learnedReturns[campaign] = MeanReturn(world, seed, campaign, decisions, policy);
            uniformReturns[campaign] = MeanReturn(world, seed, campaign, decisions, uniform);
        }

        var gains = learnedReturns.Zip(uniformReturns, (learned, plain) => (learned / plain) - 1).ToList();
        var mean = gains.Average();
        var half = Deviations95 * Math.Sqrt(gains.Sum(gain => (gain - mean) * (gain - mean)) / (Campaigns - 1) / Campaigns);
        return new(Campaigns, decisions, uniformReturns.Average(), learnedReturns.Average(), mean, mean - half, mean + half);
    }

    private static double MeanReturn(ArmWorld world, ulong seed, int campaign, int decisions, ArmPolicy policy)
    {
        var statistics = new ArmStatistics();
        var learnerCount = Math.Max(1, decisions / DecisionsEach);
        var learners = Enumerable.Range(0, learnerCount).Select(number => new NudgedLearner(new(), seed + (ulong)campaign, number)).ToList();
        var sentOn = learners.Select(_ => new Dictionary<ArmId, int>()).ToList();
        var returns = 0L;
        for (var round = 0; round < DecisionsEach; round++)
        {
            var finished = new List<(IReadOnlyList<ArmPropensity> Awake, ArmId Arm, double Reward)>(learnerCount);
            for (var number = 0; number < learnerCount; number++)
            {
                var awake = world.AwakeFor(learners[number], sentOn[number]);
                var propensities = ArmRules.PropensitiesOf(statistics, awake, policy);
                var choice = ArmChoice.Choose(propensities, CampaignAssignment.UniformOf("arm", $"{seed}-{campaign}-round-{round}", $"learner-{number}"));
                var logits = world.LogitsOf(awake.First(arm => arm.Arm == choice.Arm));
                sentOn[number][choice.Arm] = learners[number].Day;
                var returned = learners[number].Live(nudged: true, logits);
                returns += returned ? 1 : 0;
                for (var day = 1; day < DecisionEvery; day++)
                {
                    learners[number].Live(nudged: false);
                }

                finished.Add((propensities, choice.Arm, returned ? 1 : 0));
            }

            finished.ForEach(decision => statistics.Record(decision.Awake, decision.Arm, decision.Reward));
        }

        return (double)returns / (learnerCount * DecisionsEach);
    }
}
