using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Campaigns.Uplift;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.UnitTests.Campaigns.Uplift;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Campaigns.Gate;

/// <summary>Campaigns that send on expected gain, at the gate.</summary>
public sealed class SendDrawTests
{
    private const long NoonMs = MondayMs + (12 * HourMs);
    private const string Occurrence = "2024-03-04";
    private const int Learners = 400;

    private static readonly LearnerPreferences _noQuiet = LearnerPreferences.None with { QuietFromMinute = 0, QuietToMinute = 0 };
    private static readonly CampaignDefinition _campaign = CampaignBuilder.Campaign() with { SendsOnExpectedGain = true };

    [Fact]
    public void Decide_NotProven_SendsToHalfAndSaysThatItExplores()
    {
        var decisions = Offered(UpliftBuilder.Off(), probability: 0.9f);

        Assert.InRange(decisions.Count(decision => decision.Verdict == NudgeVerdict.Sent), 0.4 * Learners, 0.6 * Learners);
        Assert.All(decisions, decision => Assert.Equal(0.5f, decision.Uplift!.SendPropensity));
        Assert.All(decisions, decision => Assert.InRange(decision.Uplift!.Estimate!.Value.Uplift, -0.5f, -0.1f));
        Assert.All(
            decisions.Where(decision => decision.Verdict != NudgeVerdict.Sent),
            decision => Assert.Equal((NudgeVerdict.Withheld, NudgeReason.Exploration, ""), (decision.Verdict, decision.Reason, decision.Template)));
    }

    [Theory]
    [InlineData(0.9f, NudgeReason.NoExpectedGain, 0.05f)]
    [InlineData(0.1f, NudgeReason.Exploration, 0.95f)]
    public void Decide_Proven_FollowsTheAdviceAndExploresALittle(float probability, NudgeReason withheldFor, float propensity)
    {
        var decisions = Offered(UpliftBuilder.On(), probability);

        Assert.InRange(decisions.Count(decision => decision.Verdict == NudgeVerdict.Sent), (propensity - 0.04) * Learners, (propensity + 0.04) * Learners);
        Assert.All(decisions, decision => Assert.Equal(propensity, decision.Uplift!.SendPropensity));
        Assert.All(decisions.Where(decision => decision.Verdict != NudgeVerdict.Sent), decision => Assert.Equal((NudgeVerdict.Withheld, withheldFor), (decision.Verdict, decision.Reason)));
    }

    [Fact]
    public void Decide_AnyEstimateThatIsFollowed_LeavesBothWaysOpen() => Gen.Select(Gen.Double[-5, 5], Gen.Double[0, 10], Gen.Float[0, 1], Gen.Int[0, 1_000_000]).Sample(
        (slope, doubt, probability, id) =>
        {
            var learner = Learner($"learner-{id}", UpliftBuilder.On(slope, doubt));
            var decision = learner.Offer(_campaign, Occurrence, NoonMs, probability: probability)!;

            var explored = (float)UpliftPolicy.Default.Exploration;
            Assert.InRange(decision.Uplift!.SendPropensity, explored, 1 - explored);
            Assert.Equal(decision.Verdict == NudgeVerdict.Withheld, decision.Reason is NudgeReason.NoExpectedGain or NudgeReason.Exploration);
            Assert.Null(learner.Offer(_campaign, Occurrence, NoonMs, NoonMs + HourMs, probability));
        });

    [Fact]
    public void Decide_DeferredFirst_DrawsOnceItIsSentOrNot()
    {
        var campaign = _campaign with { Arms = [new("later", "hello", NudgeChannel.InApp, 1, DelayMinutes: 90)] };
        foreach (var number in Enumerable.Range(0, 50))
        {
            var (learner, undelayed) = (Learner($"learner-{number}", UpliftBuilder.Off()), Learner($"learner-{number}", UpliftBuilder.Off()));
            var deferred = learner.Offer(campaign, Occurrence, NoonMs)!;
            var decided = learner.Offer(campaign, Occurrence, NoonMs, NoonMs + (90 * MinuteMs))!;

            Assert.Equal((NudgeVerdict.Deferred, null), (deferred.Verdict, deferred.Uplift));
            Assert.NotNull(decided.Uplift);
            Assert.Equal(undelayed.Offer(_campaign, Occurrence, NoonMs)!.Verdict, decided.Verdict);
        }
    }

    [Fact]
    public void Decide_InControl_IsLoggedAsWouldSendOnlyIfTheDrawSaysSend()
    {
        var treated = _campaign with { ControlShare = 0 };
        var untreated = _campaign with { ControlShare = 1 };
        var controls = 0;
        foreach (var number in Enumerable.Range(0, 100).Where(number => !IsHeldOut($"learner-{number}")))
        {
            var one = Learner($"learner-{number}", UpliftBuilder.On()).Offer(treated, Occurrence, NoonMs, probability: 0.5f)!;
            var other = Learner($"learner-{number}", UpliftBuilder.On()).Offer(untreated, Occurrence, NoonMs, probability: 0.5f)!;

            Assert.Equal((AssignmentGroup.Treatment, AssignmentGroup.Control), (one.Group, other.Group));
            Assert.Equal(one.Uplift, other.Uplift);
            var expected = one.Verdict == NudgeVerdict.Sent ? (NudgeVerdict.WouldSend, NudgeReason.Control) : (one.Verdict, one.Reason);
            Assert.Equal(expected, (other.Verdict, other.Reason));
            controls += other.Verdict == NudgeVerdict.WouldSend ? 1 : 0;
        }

        Assert.InRange(controls, 20, 80);
    }

    [Theory]
    [InlineData(false, 0.9f, NudgeVerdict.Sent, NudgeReason.None)]
    [InlineData(true, 0.1f, NudgeVerdict.Sent, NudgeReason.None)]
    [InlineData(true, 0.9f, NudgeVerdict.Withheld, NudgeReason.NoExpectedGain)]
    public void Decide_DeclinesExperiments_IsNeverLeftToChance(bool isOn, float probability, NudgeVerdict verdict, NudgeReason reason)
    {
        foreach (var number in Enumerable.Range(0, 50))
        {
            var learner = Learner($"learner-{number}", isOn ? UpliftBuilder.On() : UpliftBuilder.Off());
            learner.Prefer(_noQuiet with { DeclinesExperiments = true });

            var decision = learner.Offer(_campaign, Occurrence, NoonMs, probability: probability)!;

            Assert.Equal((verdict, reason, verdict == NudgeVerdict.Sent ? 1 : 0), (decision.Verdict, decision.Reason, decision.Uplift!.SendPropensity));
            learner.Act(EventKind.SessionStarted, NoonMs + (2 * DayMs));
            learner.Offer(_campaign, "2024-03-06", NoonMs + (2 * DayMs));
            Assert.Null(learner.State.Nudges!.Memberships[0].Uplift);
        }
    }

    [Fact]
    public void Decide_CampaignThatDoesNotAsk_KeepsNothingOfIt()
    {
        var learner = Learner("learner-1", UpliftBuilder.On());

        Assert.Null(learner.Offer(CampaignBuilder.Campaign(), Occurrence, NoonMs)!.Uplift);
        learner.Act(EventKind.SessionStarted, NoonMs + (2 * DayMs));
        Assert.Null(learner.State.Nudges!.Memberships[0].Uplift);
    }

    [Fact]
    public void Decide_Situation_IsWhatIsKnownOfTheLearner()
    {
        // Active at noon on three days in a row, the last of them a day before; one nudge ignored since.
        var learner = Learner("learner-1", UpliftBuilder.On());
        for (var day = 0; day < 3; day++)
        {
            learner.Act(EventKind.SessionStarted, NoonMs + (day * DayMs));
            learner.Act(EventKind.SessionStarted, NoonMs + (day * DayMs) + MinuteMs);
        }

        learner.Offer(CampaignBuilder.Campaign("other"), Occurrence, NoonMs + (2 * DayMs) + HourMs);

        var atNoon = learner.Offer(_campaign, "2024-03-07", NoonMs + (3 * DayMs) + (2 * HourMs), probability: 0.25f)!.Uplift!.Situation;

        Assert.Equal((0.25f, 1, 1, 3), (atNoon.Probability, atNoon.SendsIn7Days, atNoon.IgnoredInRow, atNoon.StreakDays));
        Assert.Equal((26 - (1 / 60.0)) / 24, atNoon.DaysSilent, 5);
        Assert.Equal(0, atNoon.HourMatch);
        Assert.Equal(1, learner.State.ActivityHours.MatchOf(NoonMs));
        Assert.Equal(0.5f, learner.State.ActivityHours.MatchOf(NoonMs + HourMs));
    }

    // What the model knows when a decision is finished must not matter: only what it knew when the decision was made.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Fold_WindowIsOver_JudgesByTheEstimateThatTheDecisionCarries(bool returns)
    {
        var learner = Learner(TreatedId(), UpliftBuilder.Off());
        var decision = learner.Offer(_campaign, Occurrence, NoonMs, probability: 0.9f)!;
        if (returns)
        {
            learner.Watch(NoonMs + HourMs, 61_000);
        }

        Assert.Null(learner.State.Nudges!.Memberships[0].Uplift);
        learner.Uplift = UpliftBuilder.On(slope: 5);
        learner.Act(EventKind.SessionStarted, NoonMs + (2 * DayMs));

        var track = learner.State.Nudges.Memberships[0].Uplift!;
        var sent = decision.Verdict == NudgeVerdict.Sent;
        var finished = new UpliftDecision(decision.Uplift!.Situation, 0.5f, sent, returns);
        Assert.Equal([finished], track.Sample);
        Assert.Equal(default(UpliftGains).Add(finished, decision.Uplift.Estimate), track.Gains);
        Assert.Equal(-decision.Uplift.Estimate!.Value.ScoreOf(finished), track.Gains.OverSending.Sum);
    }

    [Fact]
    public void Fold_WithheldOnExpectedGain_SaysNothingAboutArmsAndUsesUpNothing()
    {
        var learner = Learner(TreatedId(), UpliftBuilder.Off());
        var day = 0;
        while (learner.Offer(_campaign, $"day-{day}", NoonMs + (day * 7 * DayMs))!.Verdict != NudgeVerdict.Withheld)
        {
            learner.Act(EventKind.SessionStarted, NoonMs + (++day * 7 * DayMs) - HourMs);
        }

        var learned = learner.State.Nudges!.Memberships[0].Arms?.SumsOf(new("app"));
        Assert.Equal(NudgeVerdict.Sent, learner.Offer(CampaignBuilder.Campaign("other"), "now", NoonMs + (day * 7 * DayMs) + MinuteMs)!.Verdict);
        learner.Act(EventKind.SessionStarted, NoonMs + (((day * 7) + 2) * DayMs));

        Assert.True(learner.State.Nudges.Entries[day].IsFinished);
        Assert.Equal(learned, learner.State.Nudges.Memberships[0].Arms?.SumsOf(new("app")));
    }

    private static NudgeDecision[] Offered(UpliftState uplift, float probability) =>
    [
        .. Enumerable.Range(0, 2 * Learners)
            .Select(number => $"learner-{number}")
            .Where(id => !IsHeldOut(id))
            .Take(Learners)
            .Select(id => Learner(id, uplift).Offer(_campaign, Occurrence, NoonMs, probability: probability)!),
    ];

    private static string TreatedId() => Enumerable.Range(0, 100).Select(number => $"learner-{number}")
        .First(id => Enumerable.Range(0, 4).All(quarter => !GlobalHoldout.Includes(TenantId.Default, new(id), NoonMs + (quarter * 90 * DayMs))));

    private static bool IsHeldOut(string id) => GlobalHoldout.Includes(TenantId.Default, new(id), NoonMs);

    private static GatedLearner Learner(string id, UpliftState uplift)
    {
        var learner = new GatedLearner(id) { Uplift = uplift };
        learner.Prefer(_noQuiet);
        return learner;
    }
}
