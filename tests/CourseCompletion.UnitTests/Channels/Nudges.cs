using CourseCompletion.Domain.Campaigns.Channels;

namespace CourseCompletion.UnitTests.Channels;

/// <summary>Messages to send.</summary>
internal static class Nudges
{
    public static NudgeMessage Of(string nudgeId = "daily/1/ада") => new(
        new("default"),
        nudgeId,
        new("ада"),
        "daily",
        "daily/1",
        "check_in",
        "zh-CN",
        "ada@learn.example",
        "第 4 天",
        "加油 & <go>",
        "<p>加油 &amp; &lt;go&gt;</p>",
        "https://learn.example/c/1",
        "https://learn.example/unsubscribe/" + new string('t', 300));
}
