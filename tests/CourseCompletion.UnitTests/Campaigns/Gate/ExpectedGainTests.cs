using CourseCompletion.Cli.Simulate;
using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Campaigns.Report;
using CourseCompletion.Domain.Campaigns.Uplift;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.Tenants;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Campaigns.Gate;

/// <summary>A campaign's whole way from the gate over learners' rows to what it learns and back, with learners of whom a nudge helps one half and harms the other.</summary>
public sealed class ExpectedGainTests
{
    private const int Learners = 2_000;
    private const int Rounds = 7;
    private const long RoundMs = 3 * DayMs;
    private const float HelpedProbability = 0.2f;
    private const float HarmedProbability = 0.8f;
    private const double ReturnsAlone = 0.4;
    private const double Effect = 0.3;

    private static readonly CampaignDefinition _campaign = CampaignBuilder.Campaign() with { SendsOnExpectedGain = true, ControlShare = 0.2 };

    [Fact]
    public void Decide_HalfOfTheLearnersAreHarmed_LearnsToLeaveThemAlone()
    {
        var (state, learners, chance) = (UpliftState.None, Enroll(), new Chance(21));
        var decisions = new List<NudgeDecision>();
        for (var round = 0; round < Rounds; round++)
        {
            decisions.Clear();
            foreach (var (learner, number) in learners.Select((learner, number) => (learner, number)))
            {
                learner.Uplift = state;
                decisions.Add(Live(learner, number % 2 == 0 ? HelpedProbability : HarmedProbability, round, chance));
            }

            state = Learn(state, learners, MondayMs + ((round + 1) * RoundMs));
        }

        Assert.Equal(UpliftGate.On, UpliftRules.VerdictOf(state, UpliftPolicy.Default).Gate);
        AssertAdvised(decisions, HelpedProbability, sent: true);
        AssertAdvised(decisions, HarmedProbability, sent: false);

        // What control logged is what would have been sent, and both sides were drawn alike.
        var harmed = decisions.Where(decision => decision.Probability == HarmedProbability && decision.Group == AssignmentGroup.Control).ToList();
        Assert.All(harmed, decision => Assert.True(decision.Verdict is NudgeVerdict.WouldSend or NudgeVerdict.Withheld, decision.Verdict.ToString()));
        Assert.InRange(harmed.Count(decision => decision.Verdict == NudgeVerdict.Withheld), 0.85 * harmed.Count, harmed.Count);
    }

    [Fact]
    public void Add_RowsRepeatedAndReordered_LearnsTheSame()
    {
        var (learners, chance) = (Enroll()[..200], new Chance(22));
        var olderRows = new List<CampaignRow>();
        for (var round = 0; round < 3; round++)
        {
            olderRows = [.. learners.Select(RowOf)];
            foreach (var learner in learners)
            {
                Live(learner, HelpedProbability, round, chance);
            }
        }

        var newest = new Dictionary<LearnerId, CampaignRow>();
        foreach (var row in learners.Select(RowOf).Concat(olderRows).Concat(learners.Select(RowOf).Reverse()))
        {
            newest[row.Learner] = newest.TryGetValue(row.Learner, out var known) && known.Version > row.Version ? known : CampaignRowCodec.Decode(CampaignRowCodec.Encode(row));
        }

        var (once, again) = (Sum(learners.Select(RowOf)), Sum(newest.Values.Reverse()));
        Assert.InRange(once.Gains.Decisions, 1, 600);
        Assert.Equal(once.Gains.Decisions, again.Gains.Decisions);
        Assert.Equal((once.Sample.Sent.Count, once.Sample.Silent.Rewards[0]), (again.Sample.Sent.Count, again.Sample.Silent.Rewards[0]));
    }

    private static void AssertAdvised(List<NudgeDecision> decisions, float probability, bool sent)
    {
        var treated = decisions.Where(decision => decision.Probability == probability && decision.Group == AssignmentGroup.Treatment).ToList();
        var (verdict, reason) = sent ? (NudgeVerdict.Sent, NudgeReason.None) : (NudgeVerdict.Withheld, NudgeReason.NoExpectedGain);
        Assert.InRange(treated.Count(decision => (decision.Verdict, decision.Reason) == (verdict, reason)), 0.85 * treated.Count, treated.Count);
    }

    private static NudgeDecision Live(GatedLearner learner, float probability, int round, Chance chance)
    {
        // Active before, so that no nudge is counted as ignored.
        var dueAtMs = MondayMs + (round * RoundMs) + (12 * HourMs);
        learner.Act(EventKind.SessionStarted, dueAtMs - HourMs);
        var decision = learner.Offer(_campaign, $"round-{round}", dueAtMs, probability: probability)!;
        var effect = decision.Verdict != NudgeVerdict.Sent ? 0 : probability == HelpedProbability ? Effect : -Effect;
        if (chance.Hits(ReturnsAlone + effect))
        {
            learner.Watch(dueAtMs + HourMs, NudgeEntry.RewardUniqueMs);
        }

        return decision;
    }

    // As the campaign does each minute.
    private static UpliftState Learn(UpliftState state, IReadOnlyList<GatedLearner> learners, long nowMs)
    {
        var tally = new CampaignTally();
        var rows = learners.Select(RowOf).ToList();
        rows.ForEach(row => TallyRules.Add(tally, row, nowMs));
        state = UpliftRules.Judge(state, CampaignTally.Decode(tally.Encode()).Uplift, UpliftPolicy.Default);
        return UpliftRules.IsFitDue(state, UpliftPolicy.Default) ? UpliftRules.Fit(state, Sum(rows).Sample, UpliftPolicy.Default) : state;
    }

    private static (UpliftGains Gains, UpliftMoments Sample) Sum(IEnumerable<CampaignRow> rows)
    {
        var (gains, sample) = (default(UpliftGains), new UpliftMoments());
        foreach (var row in rows)
        {
            gains = gains.Add(row.Membership.Uplift?.Gains ?? default);
            TallyRules.Add(sample, row);
        }

        return (gains, sample);
    }

    private static CampaignRow RowOf(GatedLearner learner) => CampaignRow.From(
        learner.Id, 1, learner.State, learner.State.Nudges?.Find(_campaign.Campaign) ?? new(_campaign.Campaign, CampaignBuilder.Course));

    private static GatedLearner[] Enroll() =>
    [
        .. Enumerable.Range(0, 2 * Learners)
            .Select(number => $"learner-{number}")
            .Where(id => !GlobalHoldout.Includes(TenantId.Default, new(id), MondayMs) && !GlobalHoldout.Includes(TenantId.Default, new(id), MondayMs + (Rounds * RoundMs)))
            .Take(Learners)
            .Select(id =>
            {
                var learner = new GatedLearner(id);
                learner.Prefer(LearnerPreferences.None with { QuietFromMinute = 0, QuietToMinute = 0 });
                return learner;
            }),
    ];
}
