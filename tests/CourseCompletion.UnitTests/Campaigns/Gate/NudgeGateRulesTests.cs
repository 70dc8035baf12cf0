using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Arms;
using CourseCompletion.Domain.Campaigns.Assignment;
using CourseCompletion.Domain.Campaigns.Audience;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.Tenants;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Campaigns.Gate;

public sealed class NudgeGateRulesTests
{
    private const long NoonMs = MondayMs + (12 * HourMs);

    private static readonly LearnerPreferences _noQuiet = LearnerPreferences.None with { QuietFromMinute = 0, QuietToMinute = 0 };

    [Fact]
    public void Decide_NothingStandsAgainstIt_Sends()
    {
        var decision = Learner().Offer(CampaignBuilder.Campaign(), "2024-03-04", NoonMs)!;

        Assert.Equal((NudgeVerdict.Sent, NudgeReason.None, NudgeChannel.InApp), (decision.Verdict, decision.Reason, decision.Channel));
        Assert.Equal(("app", "hello", 1f), (decision.Arm, decision.Template, decision.Propensity));
    }

    [Fact]
    public void Decide_SameOccurrenceAgain_IsNoDecision()
    {
        var learner = Learner();
        learner.Offer(CampaignBuilder.Campaign(), "2024-03-04", NoonMs);

        Assert.Null(learner.Offer(CampaignBuilder.Campaign(), "2024-03-04", NoonMs, NoonMs + HourMs));
        Assert.Single(learner.State.Nudges!.Entries);
    }

    [Fact]
    public void Decide_OlderOccurrenceThanTheNewest_IsNoDecision()
    {
        var learner = Learner();
        learner.Offer(CampaignBuilder.Campaign(), "2024-03-05", NoonMs + DayMs);

        Assert.Null(learner.Offer(CampaignBuilder.Campaign(), "2024-03-04", NoonMs, NoonMs + DayMs + MinuteMs));
    }

    [Fact]
    public void Decide_OptedOut_IsAskedFirst()
    {
        var learner = Learner();
        learner.Prefer(_noQuiet with { OptedOut = [NudgePurpose.WinBack], Channels = NudgeChannels.None });

        Assert.Equal(NudgeReason.OptedOut, Suppressed(learner.Offer(CampaignBuilder.Campaign() with { Status = CampaignStatus.Paused }, "2024-03-04", NoonMs)));
    }

    [Theory]
    [InlineData(NudgeChannel.Email, NudgeChannels.InApp | NudgeChannels.Webhook)]
    [InlineData(NudgeChannel.InApp, NudgeChannels.Webhook)]
    [InlineData(NudgeChannel.Webhook, NudgeChannels.InApp)]
    public void Decide_NoChannelAgreedTo_IsSuppressed(NudgeChannel channel, NudgeChannels agreed)
    {
        var learner = Learner();
        learner.Prefer(_noQuiet with { Channels = agreed });
        var campaign = CampaignBuilder.Campaign() with { Arms = [new("only", "hello", channel, 1), new("none", "", NudgeChannel.Unspecified, 1)] };

        Assert.Equal(NudgeReason.NoChannel, Suppressed(learner.Offer(campaign, "2024-03-04", NoonMs)));
    }

    [Fact]
    public void Decide_SomeChannelsAgreedTo_DrawsAmongThose()
    {
        var campaign = CampaignBuilder.Campaign() with { Arms = [new("mail", "hello", NudgeChannel.Email, 9), new("app", "hello", NudgeChannel.InApp, 1)] };

        var decision = Learner().Offer(campaign, "2024-03-04", NoonMs)!;

        Assert.Equal(("app", 1f), (decision.Arm, decision.Propensity));
    }

    [Theory]
    [InlineData(CampaignStatus.Paused, false, NudgeReason.CampaignClosed)]
    [InlineData(CampaignStatus.Archived, false, NudgeReason.CampaignClosed)]
    [InlineData(CampaignStatus.Active, true, NudgeReason.NotEnrolled)]
    public void Decide_NotEligible_IsSuppressed(CampaignStatus status, bool withdraws, NudgeReason reason)
    {
        var learner = Learner();
        if (withdraws)
        {
            learner.Act(EventKind.Withdrew, MondayMs + HourMs);
        }

        Assert.Equal(reason, Suppressed(learner.Offer(CampaignBuilder.Campaign() with { Status = status }, "2024-03-04", NoonMs)));
    }

    [Fact]
    public void Decide_CourseCompleted_IsSuppressed()
    {
        var learner = Learner();
        learner.State.Enrolments[0].CompletedAtMs = MondayMs + HourMs;

        Assert.Equal(NudgeReason.Completed, Suppressed(learner.Offer(CampaignBuilder.Campaign(), "2024-03-04", NoonMs)));
    }

    [Fact]
    public void Decide_NotInTheAudienceAnyMore_IsSuppressed()
    {
        var campaign = CampaignBuilder.Campaign() with { Audience = AudienceFilter.Everybody with { SilentDaysMin = 3 } };
        var learner = Learner();

        Assert.Equal(NudgeReason.OutOfAudience, Suppressed(learner.Offer(campaign, "2024-03-06", NoonMs + (2 * DayMs))));
        Assert.Equal(NudgeVerdict.Sent, learner.Offer(campaign, "2024-03-07", NoonMs + (3 * DayMs))!.Verdict);
    }

    [Fact]
    public void Decide_ActiveSinceItWasDue_IsAlreadyDone()
    {
        var learner = Learner();
        learner.Act(EventKind.SessionStarted, NoonMs + MinuteMs);

        var campaign = CampaignBuilder.Campaign() with { Goal = CampaignGoal.ActiveSinceDue };

        Assert.Equal(NudgeReason.AlreadyDone, Suppressed(learner.Offer(campaign, "2024-03-04", NoonMs, NoonMs + (2 * MinuteMs))));
    }

    [Fact]
    public void Decide_LaterThanTheGrace_IsMissed()
    {
        var campaign = CampaignBuilder.Campaign() with { GraceMs = HourMs };

        Assert.Equal(NudgeVerdict.Sent, Learner().Offer(campaign, "2024-03-04", NoonMs, NoonMs + HourMs)!.Verdict);
        var late = Learner().Offer(campaign, "2024-03-04", NoonMs, NoonMs + HourMs + 1)!;
        Assert.Equal((NudgeVerdict.Missed, NudgeReason.TooLate), (late.Verdict, late.Reason));
    }

    [Fact]
    public void Decide_OneWasSentWithin24Hours_IsCappedAcrossCampaigns()
    {
        var learner = Learner();
        learner.Offer(CampaignBuilder.Campaign("one"), "2024-03-04", NoonMs);

        Assert.Equal(NudgeReason.DayCap, Suppressed(learner.Offer(CampaignBuilder.Campaign("two"), "2024-03-04", NoonMs + (23 * HourMs))));
        Assert.Equal(NudgeVerdict.Sent, learner.Offer(CampaignBuilder.Campaign("two"), "2024-03-05", NoonMs + (24 * HourMs))!.Verdict);
    }

    [Fact]
    public void Decide_ThreeIgnored_StopsUntilTheLearnerTakesNotice()
    {
        var learner = Learner();
        var campaign = CampaignBuilder.Campaign();
        for (var week = 0; week < 3; week++)
        {
            Assert.Equal(NudgeVerdict.Sent, learner.Offer(campaign, $"week-{week}", NoonMs + (week * 7 * DayMs))!.Verdict);
        }

        for (var week = 3; week < 90; week++)
        {
            // Also when so many were decided since that the ignored ones are the oldest remembered.
            Assert.Equal(NudgeReason.Ignored, Suppressed(learner.Offer(campaign, $"week-{week}", NoonMs + (week * 7 * DayMs))));
        }

        learner.Act(EventKind.SessionStarted, NoonMs + (90 * 7 * DayMs) - HourMs);
        Assert.Equal(NudgeVerdict.Sent, learner.Offer(campaign, "week-90", NoonMs + (90 * 7 * DayMs))!.Verdict);
    }

    [Fact]
    public void Decide_OpenedOne_IsNotIgnored()
    {
        var learner = Learner();
        var campaign = CampaignBuilder.Campaign();
        for (var week = 0; week < 3; week++)
        {
            learner.Offer(campaign, $"week-{week}", NoonMs + (week * 7 * DayMs));
        }

        learner.Act(EventKind.NudgeOpened, NoonMs + (15 * DayMs), NudgeIds.ToText(learner.State.Nudges!.Entries[2].Decision.Id));

        Assert.Equal(NudgeVerdict.Sent, learner.Offer(campaign, "week-3", NoonMs + (21 * DayMs))!.Verdict);
        Assert.Equal(1, learner.State.Nudges!.Memberships[0].Opened);
    }

    [Theory]
    [InlineData(QuietHoursRule.Defer)]
    [InlineData(QuietHoursRule.Drop)]
    public void Decide_QuietHours_DefersOrDrops(QuietHoursRule rule)
    {
        var learner = Learner();
        learner.Prefer(LearnerPreferences.None with { TimeZone = "Asia/Shanghai" });
        var campaign = CampaignBuilder.Campaign() with { QuietHours = rule };
        var lateEveningMs = MondayMs + (15 * HourMs); // 23:00 in Shanghai; quiet until 08:00 there.
        var morningMs = MondayMs + DayMs;

        var decision = learner.Offer(campaign, "2024-03-04", lateEveningMs)!;

        if (rule == QuietHoursRule.Drop)
        {
            Assert.Equal(NudgeReason.QuietHours, Suppressed(decision));
            return;
        }

        Assert.Equal((NudgeVerdict.Deferred, morningMs), (decision.Verdict, decision.RetryAtMs));
        Assert.Null(learner.Offer(campaign, "2024-03-04", lateEveningMs, morningMs - 1));
        Assert.Equal(morningMs, learner.State.Nudges!.DeferredUntilMs(CampaignBuilder.Course));

        // The grace begins when quiet hours end, however long they were.
        Assert.Equal(NudgeVerdict.Sent, learner.Offer(campaign, "2024-03-04", lateEveningMs, morningMs)!.Verdict);
        Assert.Equal(0, learner.State.Nudges!.DeferredUntilMs(CampaignBuilder.Course));
    }

    [Fact]
    public void Decide_ArmWithADelay_IsDeferredAndKeepsItsArm()
    {
        var campaign = CampaignBuilder.Campaign() with { Arms = [new("later", "hello", NudgeChannel.InApp, 1, DelayMinutes: 90), new("other", "hello", NudgeChannel.InApp, 1e-9)] };
        var learner = Learner();

        var deferred = learner.Offer(campaign, "2024-03-04", NoonMs)!;
        var sent = learner.Offer(campaign with { Arms = [campaign.Arms[0], campaign.Arms[1] with { Weight = 1e6 }] }, "2024-03-04", NoonMs, NoonMs + (90 * MinuteMs))!;

        Assert.Equal((NudgeVerdict.Deferred, NudgeReason.ArmDelay, "later"), (deferred.Verdict, deferred.Reason, deferred.Arm));
        Assert.Equal((NudgeVerdict.Sent, "later", deferred.Propensity), (sent.Verdict, sent.Arm, sent.Propensity));
    }

    [Fact]
    public void Decide_InControl_PassesEveryCheckAndUsesUpCaps()
    {
        var campaign = CampaignBuilder.Campaign() with { ControlShare = 0.5 };
        var learner = LearnerWith(id => ArmDraw.SideOf(campaign, TenantId.Default, id, AssignmentCluster.None) == AssignmentGroup.Control && !IsHeldOut(id));

        var decision = learner.Offer(campaign, "2024-03-04", NoonMs)!;

        Assert.Equal((NudgeVerdict.WouldSend, NudgeReason.Control, AssignmentGroup.Control), (decision.Verdict, decision.Reason, decision.Group));
        Assert.Equal(("app", 1f, NudgeChannel.InApp), (decision.Arm, decision.Propensity, decision.Channel));
        Assert.Equal(NudgeReason.DayCap, Suppressed(learner.Offer(CampaignBuilder.Campaign("other"), "2024-03-04", NoonMs + HourMs)));
        Assert.Equal(NudgeDelivery.None, learner.State.Nudges!.Entries[0].Delivery);
    }

    [Fact]
    public void Decide_InTheGlobalHoldout_IsNeverSentAnything()
    {
        var learner = LearnerWith(IsHeldOut);

        var decision = learner.Offer(CampaignBuilder.Campaign(), "2024-03-04", NoonMs)!;

        Assert.Equal((NudgeVerdict.WouldSend, NudgeReason.GlobalHoldout), (decision.Verdict, decision.Reason));
    }

    [Fact]
    public void Decide_DeclinesExperiments_IsNeitherHeldOutNorAnalysed()
    {
        var learner = LearnerWith(IsHeldOut);
        learner.Prefer(_noQuiet with { DeclinesExperiments = true });

        var decision = learner.Offer(CampaignBuilder.Campaign() with { ControlShare = 0.9 }, "2024-03-04", NoonMs)!;

        Assert.Equal((NudgeVerdict.Sent, AssignmentGroup.None), (decision.Verdict, decision.Group));
    }

    [Fact]
    public void Decide_ShareOfControlChanges_LearnersStayWhereTheyAre()
    {
        var campaign = CampaignBuilder.Campaign() with { ControlShare = 0 };
        var learner = LearnerWith(id => ArmDraw.SideOf(campaign with { ControlShare = 0.9 }, TenantId.Default, id, AssignmentCluster.None) == AssignmentGroup.Control && !IsHeldOut(id));
        learner.Offer(campaign, "2024-03-04", NoonMs);

        var later = learner.Offer(campaign with { ControlShare = 0.9 }, "2024-03-05", NoonMs + DayMs)!;

        Assert.Equal((NudgeVerdict.Sent, AssignmentGroup.Treatment), (later.Verdict, later.Group));
    }

    [Fact]
    public void Decide_ArmWithoutSend_IsWithheldAndUsesUpNothing()
    {
        var campaign = CampaignBuilder.Campaign() with { Arms = [new("none", "", NudgeChannel.Unspecified, 1e6), new("app", "hello", NudgeChannel.InApp, 1e-6)] };
        var learner = Learner();

        var decision = learner.Offer(campaign, "2024-03-04", NoonMs)!;

        Assert.Equal((NudgeVerdict.Withheld, NudgeReason.ArmWithoutSend, "none"), (decision.Verdict, decision.Reason, decision.Arm));
        Assert.Equal(NudgeVerdict.Sent, learner.Offer(CampaignBuilder.Campaign("other"), "2024-03-04", NoonMs + HourMs)!.Verdict);
    }

    [Fact]
    public void Fold_ComesBackAndWatchesAMinute_IsCountedOnce()
    {
        var learner = Learner();
        learner.Offer(CampaignBuilder.Campaign(), "2024-03-04", NoonMs);

        learner.Watch(NoonMs + HourMs, 40_000);
        Assert.Equal(0, learner.State.Nudges!.Memberships[0].Acted);
        learner.Watch(NoonMs + (2 * HourMs), 20_000);
        learner.Watch(NoonMs + (3 * HourMs), 90_000);

        Assert.Equal(NoonMs + (2 * HourMs), learner.State.Nudges.Entries[0].ActedAtMs);
        Assert.Equal((1, NoonMs + HourMs), (learner.State.Nudges.Memberships[0].Acted, learner.State.Nudges.Memberships[0].ReturnedAfterTriggerAtMs));
    }

    [Fact]
    public void Decide_OneArmIsKnownToBeBetter_DrawsItMostAndTheOtherSometimes()
    {
        var campaign = CampaignBuilder.Campaign() with
        {
            LearnsArms = true,
            Arms = [new("good", "hello", NudgeChannel.InApp, 1), new("poor", "hello", NudgeChannel.InApp, 1)],
        };
        var drawn = new Dictionary<string, int> { ["good"] = 0, ["poor"] = 0 };
        for (var i = 0; i < 400; i++)
        {
            var learner = new GatedLearner($"learner-{i}");
            learner.Prefer(_noQuiet);
            foreach (var arm in (string[])["good", "poor"])
            {
                for (var decision = 0; decision < 200; decision++)
                {
                    learner.Learned.Record([new(new("good"), 0.5), new(new("poor"), 0.5)], new(arm), arm == "good" ? decision % 2 : 0);
                }
            }

            var chosen = learner.Offer(campaign, "2024-03-04", NoonMs)!;
            Assert.InRange(chosen.Awake.Min(arm => arm.Propensity), 0.0199, 1);
            drawn[chosen.Arm]++;
        }

        Assert.InRange(drawn["poor"], 1, 40);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Fold_WindowIsOver_TheDecisionTeachesOnce(bool comesBack)
    {
        var campaign = CampaignBuilder.Campaign() with { Arms = [new("one", "hello", NudgeChannel.InApp, 1), new("two", "hello", NudgeChannel.InApp, 1)] };
        var learner = Learner();
        var arm = new ArmId(learner.Offer(campaign, "2024-03-04", NoonMs)!.Arm);
        if (comesBack)
        {
            learner.Watch(NoonMs + HourMs, 90_000);
        }

        Assert.Null(learner.State.Nudges!.Memberships[0].Arms);
        learner.Act(EventKind.SessionStarted, NoonMs + DayMs);
        learner.Offer(campaign, "2024-03-05", NoonMs + DayMs + HourMs);

        var sums = learner.State.Nudges.Memberships[0].Arms!.SumsOf(arm);
        Assert.Equal((2d, comesBack ? 2d : 0d), (sums.ChosenWeight, sums.ChosenReward));
    }

    [Fact]
    public void Fold_ComesBackADayLater_IsNoReward()
    {
        var learner = Learner();
        learner.Offer(CampaignBuilder.Campaign(), "2024-03-04", NoonMs);

        learner.Watch(NoonMs + DayMs, 90_000);

        Assert.Equal(0, learner.State.Nudges!.Memberships[0].Acted);
    }

    private static bool IsHeldOut(LearnerId id) => GlobalHoldout.Includes(TenantId.Default, id, NoonMs);

    private static NudgeReason Suppressed(NudgeDecision? decision)
    {
        Assert.Equal(NudgeVerdict.Suppressed, decision!.Verdict);
        return decision.Reason;
    }

    // Nobody whom the global holdout of the tests' year takes out.
    private static GatedLearner Learner()
    {
        var learner = LearnerWith(id => Enumerable.Range(0, 12).All(quarter => !GlobalHoldout.Includes(TenantId.Default, id, NoonMs + (quarter * 90 * DayMs))));
        learner.Prefer(_noQuiet);
        return learner;
    }

    private static GatedLearner LearnerWith(Func<LearnerId, bool> wanted)
    {
        var learner = new GatedLearner(Enumerable.Range(0, 10_000).Select(i => $"learner-{i}").First(id => wanted(new(id))));
        learner.Prefer(_noQuiet);
        return learner;
    }
}
