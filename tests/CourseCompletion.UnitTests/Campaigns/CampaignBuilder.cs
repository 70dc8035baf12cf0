using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Templates;
using CourseCompletion.Domain.Campaigns.Timing;
using CourseCompletion.Domain.Courses;

namespace CourseCompletion.UnitTests.Campaigns;

/// <summary>A well-formed campaign to start from; a test says with <c>with</c> what matters to it.</summary>
internal static class CampaignBuilder
{
    /// <summary>The campaign's only course.</summary>
    public static readonly CourseId Course = new("algebra");

    /// <summary>Win back, every day at 18:00 in the app, no control group.</summary>
    public static CampaignDefinition Campaign(string id = "win-back") => new()
    {
        Campaign = new(id),
        Version = 1,
        Title = "Come back",
        Purpose = NudgePurpose.WinBack,
        Courses = [Course],
        Timing = new NudgeTiming { Kind = NudgeTimingKind.FixedTime, LocalMinute = 18 * 60 },
        Templates = [new NudgeTemplate("hello", "en", [new NudgeText("en", "Hello {{learner_id}}", "You were away for {{days_silent}} days.")])],
        Arms = [new CampaignArm("app", "hello", NudgeChannel.InApp, 1)],
        Salt = $"{id}@1",
    };
}
