using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Templates;
using CourseCompletion.Domain.Campaigns.Timing;
using CourseCompletion.Domain.Courses;

namespace CourseCompletion.ClusterTests.Campaigns;

/// <summary>Campaign definitions for tests: at one minute of the course's day, by one channel, without a control group.</summary>
internal static class CampaignBuilder
{
    public static CampaignDefinition Of(CourseId course, int minute, NudgeChannel channel) => new()
    {
        Campaign = new("set-by-the-grain"),
        Purpose = NudgePurpose.WinBack,
        Courses = [course],
        Timing = new NudgeTiming { Kind = NudgeTimingKind.FixedTime, LocalMinute = minute },
        Templates = [new("hello", "en", [new NudgeText("en", "Come back to {{course_title}}", "It is {{days_silent}} days.")])],
        Arms = [new("only", "hello", channel, 1)],
    };
}
