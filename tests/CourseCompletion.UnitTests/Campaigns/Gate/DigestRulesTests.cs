using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Campaigns.Templates;
using CourseCompletion.Domain.Learners.Preferences;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Campaigns.Gate;

public sealed class DigestRulesTests
{
    private const long LateMs = MondayMs + (23 * HourMs);
    private const long MorningMs = MondayMs + DayMs + (8 * HourMs);

    [Fact]
    public void Decide_ThreeWaitedForTheMorning_GoOutTogetherAndCountOnce()
    {
        var learner = Learner();
        CampaignDefinition[] campaigns = [Digesting("a"), Digesting("b"), Digesting("c")];

        var waiting = learner.OfferTogether(campaigns, "2024-03-04", LateMs, LateMs);
        var sent = learner.OfferTogether(campaigns, "2024-03-04", LateMs, MorningMs);

        Assert.All(waiting, decision => Assert.Equal((NudgeVerdict.Deferred, NudgeReason.QuietHours, MorningMs), (decision.Verdict, decision.Reason, decision.RetryAtMs)));
        Assert.All(sent, decision => Assert.Equal((NudgeVerdict.Sent, sent[0].Id), (decision.Verdict, decision.Digest)));
        Assert.Equal([true, false, false], sent.Select(decision => decision.CountsAgainstCaps));
        Assert.Equal(sent.Select(decision => decision.Id), DigestRules.PartsOf(learner.State.Nudges!, sent[2]).Select(part => part.Decision.Id));
    }

    [Fact]
    public void Decide_DigestAndMoreTheSameDay_TheCapStandsAgainstMore()
    {
        var learner = Learner();
        CampaignDefinition[] campaigns = [Digesting("a"), Digesting("b")];
        learner.OfferTogether(campaigns, "2024-03-04", LateMs, LateMs);
        learner.OfferTogether(campaigns, "2024-03-04", LateMs, MorningMs);

        var later = learner.Offer(Digesting("c"), "2024-03-05", MorningMs + HourMs)!;

        Assert.Equal((NudgeVerdict.Suppressed, NudgeReason.DayCap), (later.Verdict, later.Reason));
    }

    [Fact]
    public void Decide_WaitedInTheMorningOfAnotherFrame_DoesNotJoinWhatIsUnderWay()
    {
        var learner = Learner();
        learner.OfferTogether([Digesting("a"), Digesting("b")], "2024-03-04", LateMs, LateMs);
        learner.OfferTogether([Digesting("a")], "2024-03-04", LateMs, MorningMs);

        var late = learner.OfferTogether([Digesting("b")], "2024-03-04", LateMs, MorningMs)[0];

        Assert.Equal((NudgeVerdict.Suppressed, NudgeReason.DayCap), (late.Verdict, late.Reason));
    }

    [Fact]
    public void Decide_CampaignThatOnlyDefers_IsNoPartOfADigest()
    {
        var learner = Learner();
        CampaignDefinition[] campaigns = [Digesting("a"), Digesting("b") with { QuietHours = QuietHoursRule.Defer }];
        learner.OfferTogether(campaigns, "2024-03-04", LateMs, LateMs);

        var decisions = learner.OfferTogether(campaigns, "2024-03-04", LateMs, MorningMs);

        Assert.Equal(NudgeVerdict.Sent, decisions[0].Verdict);
        Assert.Equal((NudgeVerdict.Suppressed, NudgeReason.DayCap), (decisions[1].Verdict, decisions[1].Reason));
    }

    [Fact]
    public void Decide_AnotherChannel_IsAnotherMessageAndAskedForByTheCaps()
    {
        var learner = Learner();
        CampaignDefinition[] campaigns = [Digesting("a"), Digesting("b") with { Arms = [new("hook", "hello", NudgeChannel.Webhook, 1)] }];
        learner.OfferTogether(campaigns, "2024-03-04", LateMs, LateMs);

        var decisions = learner.OfferTogether(campaigns, "2024-03-04", LateMs, MorningMs);

        Assert.Equal((NudgeVerdict.Suppressed, NudgeReason.DayCap), (decisions[1].Verdict, decisions[1].Reason));
    }

    [Fact]
    public void Decide_OpenedByOneInControl_OthersAreStillOneMessage()
    {
        var learner = Learner();
        CampaignDefinition[] campaigns = [Controlling(learner), Digesting("b"), Digesting("c")];
        learner.OfferTogether(campaigns, "2024-03-04", LateMs, LateMs);

        var decisions = learner.OfferTogether(campaigns, "2024-03-04", LateMs, MorningMs);

        Assert.Equal([NudgeVerdict.WouldSend, NudgeVerdict.Sent, NudgeVerdict.Sent], decisions.Select(decision => decision.Verdict));
        Assert.Equal([true, false, false], decisions.Select(decision => decision.CountsAgainstCaps));
        Assert.Equal([decisions[1].Id, decisions[2].Id], DigestRules.PartsOf(learner.State.Nudges!, decisions[2]).Select(part => part.Decision.Id));
    }

    [Fact]
    public void EndDelivery_OfADigest_EndsAllItsParts()
    {
        var learner = Learner();
        CampaignDefinition[] campaigns = [.. new[] { Digesting("a"), Digesting("b") }.Select(campaign => campaign with { Arms = [new("hook", "hello", NudgeChannel.Webhook, 1)] })];
        learner.OfferTogether(campaigns, "2024-03-04", LateMs, LateMs);
        var decisions = learner.OfferTogether(campaigns, "2024-03-04", LateMs, MorningMs);
        var nudges = learner.State.Nudges!;

        Assert.True(nudges.HasPendingDelivery);
        Assert.True(NudgeRules.EndDelivery(learner.State, decisions[0].Id, isDelivered: false, MorningMs, 99));
        Assert.All(decisions, decision => Assert.Equal((NudgeDelivery.Failed, 99), (nudges.Find(decision.Id)!.Delivery, nudges.Find(decision.Id)!.ChangedAtSequence)));
        Assert.False(NudgeRules.EndDelivery(learner.State, decisions[1].Id, isDelivered: true, MorningMs, 100));
        Assert.True(NudgeRules.Redeliver(learner.State, decisions[0].Id, 100));
        Assert.All(decisions, decision => Assert.Equal(NudgeDelivery.Pending, nudges.Find(decision.Id)!.Delivery));
        Assert.True(NudgeRules.EndDelivery(learner.State, decisions[0].Id, isDelivered: true, MorningMs, 101));
        Assert.False(nudges.HasPendingDelivery);
    }

    [Fact]
    public void Texts_OfADigest_HoldEveryPartEscaped()
    {
        RenderedNudge[] parts = [new("en", "One", "First.", "<p>First.</p>", "https://a.example"), new("en", "Two <b>", "Second & last.", null, "https://b.example/?x=1&y=2")];

        Assert.Equal("First.\n\nTwo <b>\nSecond & last.\nhttps://b.example/?x=1&y=2", DigestTexts.Plain(parts));
        Assert.Equal(
            "<p>First.</p>\n<hr>\n<h2>Two &lt;b&gt;</h2>\n<p>Second &amp; last.</p>\n<p><a href=\"https://b.example/?x=1&amp;y=2\">https://b.example/?x=1&amp;y=2</a></p>",
            DigestTexts.Html(parts));
        Assert.Equal("First.", DigestTexts.Plain(parts[..1]));
        Assert.Null(DigestTexts.Html(parts[1..]));
    }

    private static GatedLearner Learner()
    {
        var learner = new GatedLearner();
        learner.Prefer(LearnerPreferences.None with { TimeZone = "Etc/UTC" });
        return learner;
    }

    private static CampaignDefinition Digesting(string id) => CampaignBuilder.Campaign() with { Campaign = new(id), Salt = id, QuietHours = QuietHoursRule.Digest };

    // A campaign in whose control group the learner is.
    private static CampaignDefinition Controlling(GatedLearner learner) => Enumerable.Range(0, 100)
        .Select(i => Digesting($"control-{i}") with { ControlShare = 0.5 })
        .First(campaign => ArmDraw.SideOf(campaign, Domain.Tenants.TenantId.Default, learner.Id, Domain.Campaigns.Assignment.AssignmentCluster.None) == AssignmentGroup.Control);
}
