using CourseCompletion.Cli.Simulate;
using CourseCompletion.Cli.Simulate.Responses;
using CourseCompletion.Domain.Campaigns.Assignment;
using CourseCompletion.Domain.Campaigns.Effects;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Cli.Campaigns;

/// <summary>One simulated campaign that is looked at every day, with the truth that its report should find.</summary>
/// <remarks>
/// 1,000 to 8,000 learners become eligible over 28 days and are assigned by hash. Three in four pass the gate and would be sent a nudge (the triggered ones). The outcome is a return within 7 days, known
/// when they are over. The truth is the law's mean uplift over 20,000 other learners, known to about 0.0005.
/// </remarks>
internal sealed class PeekedCampaign
{
    /// <summary>Over how many days learners become eligible; a look at the end of each, once outcomes come in.</summary>
    public const int Days = 28;

    private const int WindowDays = 7;
    private const int TruthLearners = 20_000;
    private const double TriggeredShare = 0.75;
    private readonly int _campaign;
    private readonly ulong _seed;
    private readonly NudgeLaw _law;
    private readonly int _learners;
    private readonly double _controlShare;
    private readonly EffectPolicy _policy;

    /// <summary>Draws a campaign.</summary>
    /// <param name="seed">The seed of all campaigns.</param>
    /// <param name="campaign">Its number.</param>
    /// <param name="hasEffect">Whether its nudges do anything.</param>
    public PeekedCampaign(ulong seed, int campaign, bool hasEffect)
    {
        var chance = new Chance(seed, hasEffect ? 20 : 21, campaign);
        _campaign = (2 * campaign) + (hasEffect ? 0 : 1);
        _seed = (ulong)(chance.Uniform() * (1UL << 53));
        _learners = 1_000 + chance.Below(7_001);
        _law = new(hasEffect ? chance.Between(-0.8, 2) : 0);
        _controlShare = CampaignAssignment.ControlShareFor(_learners);
        _policy = EffectPolicy.ForAudience(_learners);
        TriggeredTruth = hasEffect ? Truth() : 0;
    }

    /// <summary>The true mean effect on those who would be sent a nudge, in shares.</summary>
    public double TriggeredTruth { get; }

    /// <summary>The true mean effect on everyone assigned.</summary>
    public double AssignedTruth => TriggeredTruth * TriggeredShare;

    /// <summary>Lives through the campaign, one look a day.</summary>
    public IEnumerable<DailyLook> Looks()
    {
        var byDay = Enumerable.Range(0, _learners).ToLookup(learner => EligibleOn(learner));
        GroupSums[] assigned = new GroupSums[2], triggered = new GroupSums[2];
        for (var day = 0; day < Days; day++)
        {
            foreach (var number in byDay[day])
            {
                var chance = new Chance(_seed, 31, number);
                var learner = Draw(_seed, number, chance.Below(10));
                var group = CampaignAssignment.GroupOf($"campaign-{_campaign}", TenantId.Default, new LearnerId($"learner-{number}"), _controlShare);
                var isTriggered = chance.Hits(TriggeredShare);
                var probability = learner.ReturnProbabilityWithin(WindowDays, isTriggered && group == CampaignGroup.Treatment);
                var outcome = GroupSums.Of(chance.Hits(probability) ? 1 : 0, learner.Situation.Probability);
                assigned[(int)group] = assigned[(int)group].Add(outcome);
                triggered[(int)group] = isTriggered ? triggered[(int)group].Add(outcome) : triggered[(int)group];
            }

            yield return new(
                EffectRules.Estimate(assigned[(int)CampaignGroup.Treatment], assigned[(int)CampaignGroup.Control], _policy),
                EffectRules.Estimate(triggered[(int)CampaignGroup.Treatment], triggered[(int)CampaignGroup.Control], _policy),
                SampleRatio.IsMismatch(
                    [assigned[(int)CampaignGroup.Control].Units, assigned[(int)CampaignGroup.Treatment].Units], [_controlShare, 1 - _controlShare]));
        }
    }

    private int EligibleOn(int learner) => new Chance(_seed, 30, learner).Below(Days);

    private double Truth()
    {
        var sum = 0d;
        for (var number = 0; number < TruthLearners; number++)
        {
            var learner = Draw(_seed + 1, number, new Chance(_seed + 1, 31, number).Below(10));
            sum += learner.ReturnProbabilityWithin(WindowDays, true) - learner.ReturnProbabilityWithin(WindowDays, false);
        }

        return sum / TruthLearners;
    }

    // A learner who has already lived for some days, so that streaks and silences differ.
    private NudgedLearner Draw(ulong seed, int number, int daysBefore)
    {
        var learner = new NudgedLearner(_law, seed, number);
        for (var day = 0; day < daysBefore; day++)
        {
            learner.Live(nudged: false);
        }

        return learner;
    }
}
