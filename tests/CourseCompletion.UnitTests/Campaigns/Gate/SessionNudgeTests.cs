using System.Globalization;
using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Campaigns.Templates;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Campaigns.Gate;

/// <summary>A reminder of a live session is of no use once the session has begun.</summary>
public sealed class SessionNudgeTests
{
    private const long NoonMs = MondayMs + (12 * HourMs);
    private const long NightMs = MondayMs + (23 * HourMs);
    private const long MorningMs = MondayMs + (32 * HourMs);

    private static readonly CampaignDefinition _campaign = CampaignBuilder.Campaign("live") with { Purpose = NudgePurpose.Questions };

    [Theory]
    [InlineData(MorningMs + 1, NudgeVerdict.Deferred)]
    [InlineData(MorningMs, NudgeVerdict.Suppressed)]
    public void Decide_InQuietHours_WaitsOnlyForASessionAfterThem(long startsAtMs, NudgeVerdict verdict)
    {
        var decision = new GatedLearner().Offer(_campaign, Session(NightMs, startsAtMs), NightMs)!;

        Assert.Equal((verdict, NudgeReason.QuietHours), (decision.Verdict, decision.Reason));
    }

    [Theory]
    [InlineData(NoonMs + 1, NudgeVerdict.Sent)]
    [InlineData(NoonMs, NudgeVerdict.Missed)]
    public void Decide_WhenItBegins_IsTooLate(long startsAtMs, NudgeVerdict verdict) =>
        Assert.Equal(verdict, new GatedLearner().Offer(_campaign, Session(NoonMs - HourMs, startsAtMs), NoonMs)!.Verdict);

    [Fact]
    public void Decide_ArmThatWaitsPastTheBeginning_IsTooLate()
    {
        var late = _campaign with { Arms = [new("late", "hello", NudgeChannel.InApp, 1, 60)] };

        Assert.Equal(NudgeVerdict.Missed, new GatedLearner().Offer(late, Session(NoonMs, NoonMs + HourMs), NoonMs)!.Verdict);
        Assert.Equal(NudgeVerdict.Deferred, new GatedLearner().Offer(late, Session(NoonMs, NoonMs + HourMs + 1), NoonMs)!.Verdict);
    }

    private static NudgeOffer Session(long dueAtMs, long startsAtMs) => new(
        _campaign.Campaign,
        1,
        "session:live",
        CampaignBuilder.Course,
        dueAtMs,
        IsScheduled: false,
        [new(TemplateVariable.SessionTime, startsAtMs.ToString(CultureInfo.InvariantCulture))]);
}
