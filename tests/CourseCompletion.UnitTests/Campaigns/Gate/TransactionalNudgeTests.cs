using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.Tenants;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Campaigns.Gate;

/// <summary>What a learner waits for: outside caps and experiments, never outside consent.</summary>
public sealed class TransactionalNudgeTests
{
    private const long NoonMs = MondayMs + (12 * HourMs);
    private const long NightMs = MondayMs + (23 * HourMs);

    private static readonly CampaignDefinition _campaign = CampaignBuilder.Campaign("answers") with
    {
        Purpose = NudgePurpose.Questions,
        ControlShare = 0.9,
        Arms = [new("none", "", NudgeChannel.Unspecified, 1_000), new("app", "hello", NudgeChannel.InApp, 1, 600)],
    };

    [Fact]
    public void Decide_HeldOutAndCapped_SendsAllTheSame()
    {
        var learner = Enumerable.Range(0, 1_000).Select(i => $"learner-{i}").First(id => GlobalHoldout.Includes(TenantId.Default, new(id), NoonMs));
        var asker = new GatedLearner(learner);
        for (var i = 0; i < 4; i++)
        {
            var decision = asker.Offer(_campaign, Answered(i), NoonMs + i)!;
            Assert.Equal((NudgeVerdict.Sent, AssignmentGroup.None, "app"), (decision.Verdict, decision.Group, decision.Arm));
            Assert.False(decision.CountsAgainstCaps);
        }

        Assert.Empty(asker.State.Nudges!.Memberships);
    }

    [Fact]
    public void Decide_OptedOut_IsSuppressed()
    {
        var asker = new GatedLearner();
        asker.Prefer(LearnerPreferences.None with { OptedOut = [NudgePurpose.Questions] });

        Assert.Equal(NudgeReason.OptedOut, asker.Offer(_campaign, Answered(1), NoonMs)!.Reason);
    }

    [Theory]
    [InlineData(false, NudgeVerdict.Deferred)]
    [InlineData(true, NudgeVerdict.Sent)]
    public void Decide_QuietHours_AreTheLearnersChoice(bool inQuietHours, NudgeVerdict verdict)
    {
        var asker = new GatedLearner();
        asker.Prefer(LearnerPreferences.None with { AnswersInQuietHours = inQuietHours });

        Assert.Equal(verdict, asker.Offer(_campaign, Answered(1) with { DueAtMs = NightMs }, NightMs)!.Verdict);
    }

    [Fact]
    public void Decide_ReadWhileDeferred_ClosesItForGood()
    {
        var asker = new GatedLearner();
        var offer = Answered(1) with { DueAtMs = NightMs };
        var deferred = asker.Offer(_campaign, offer, NightMs)!;

        var closed = asker.Offer(_campaign, offer with { IsDone = true }, NightMs + MinuteMs)!;

        Assert.Equal((NudgeVerdict.Suppressed, NudgeReason.AlreadyDone), (closed.Verdict, closed.Reason));
        Assert.Null(asker.Offer(_campaign, offer, deferred.RetryAtMs));
    }

    [Fact]
    public void Decide_ReadAfterItWasSent_IsNoDecision()
    {
        var asker = new GatedLearner();
        asker.Offer(_campaign, Answered(1), NoonMs);

        Assert.Null(asker.Offer(_campaign, Answered(1) with { IsDone = true }, NoonMs + MinuteMs));
    }

    [Fact]
    public void Decide_CourseThatTheCampaignLeft_IsSuppressed() =>
        Assert.Equal(NudgeReason.CampaignClosed, new GatedLearner().Offer(_campaign with { Courses = [new("geometry")] }, Answered(1), NoonMs)!.Reason);

    private static NudgeOffer Answered(int answer) =>
        new(_campaign.Campaign, 1, $"answered:{answer}", CampaignBuilder.Course, NoonMs + answer, IsScheduled: false, []) { IsTransactional = true };
}
