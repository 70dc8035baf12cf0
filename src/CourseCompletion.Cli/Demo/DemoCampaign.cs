using CourseCompletion.Protocol.V1;
using Google.Protobuf.WellKnownTypes;

namespace CourseCompletion.Cli.Demo;

/// <summary>The demo's campaign: who has not checked in by the evening is reminded, and half of the learners are its control group.</summary>
internal static class DemoCampaign
{
    private const int CoursesMax = 16;
    private const int MinuteOfDay = 18 * 60;

    /// <summary>How much time of the demo's clock may pass between two looks for whom the campaign falls due.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(30);

    /// <summary>The definition to upsert.</summary>
    public static Campaign Of(string prefix, IEnumerable<string> courses) => new()
    {
        CampaignId = prefix + "check-in",
        Title = "Daily check-in",
        Purpose = NudgePurpose.CheckIn,
        CourseIds = { courses.Take(CoursesMax) },
        Timing = new() { FixedTime = new() { MinuteOfDay = MinuteOfDay } },
        Goal = CampaignGoal.CheckInToday,
        CheckIn = new(),
        QuietHours = QuietHoursRule.Drop,

        // A machine that is busy for a few seconds is hours late on the demo's clock.
        Grace = Duration.FromTimeSpan(TimeSpan.FromHours(6)),
        Templates =
        {
            new NudgeTemplate
            {
                TemplateId = "keep",
                FallbackLocale = "en",
                Texts =
                {
                    new NudgeText { Locale = "en", Subject = "{{course_title}}: day {{streak}}", Body = "Check in today: your streak is {{streak}} days, your longest {{longest_streak}}." },
                    new NudgeText { Locale = "zh", Subject = "{{course_title}}:第 {{streak}} 天", Body = "今天打卡吧:已连续 {{streak}} 天,最长 {{longest_streak}} 天。" },
                },
            },
        },
        Arms = { new CampaignArm { ArmId = "app", TemplateId = "keep", Channel = NudgeChannel.InApp, Weight = 1 } },
        ControlShare = 0.5,
    };
}
