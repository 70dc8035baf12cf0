using System.Text;
using System.Text.RegularExpressions;
using CourseCompletion.Domain.Campaigns.Templates;
using CsCheck;
using Xunit;
using static CourseCompletion.Domain.Campaigns.Templates.TemplateVariable;

namespace CourseCompletion.UnitTests.Campaigns.Templates;

public class PreparedTemplateTests
{
    private static readonly NudgeText _english = new(
        "en",
        "Day {{streak}}: {{question_text}}",
        "{{question_text}} {{link}} {{days_silent}}",
        "<p title=\"{{question_text}}\">{{question_text}}</p><a href=\"{{link}}\">go</a>",
        "https://learn.example/{{course_id}}?q={{question_text}}");

    private static readonly PreparedTemplate _template = PreparedTemplate.Of(new("t", "en", [_english, new("zh", "第{{streak}}天", "加油"), new("zh-TW", "第{{streak}}天", "加油!")]));

    private static readonly Gen<string> _hostile = Gen.String[Gen.OneOf(Gen.Char["<>&\"'{}\r\n\0\u2028ab:/"], Gen.Char['\u4e00', '\u4e20']), 0, 120];

    [Theory]
    [InlineData("zh-CN", "zh")]
    [InlineData("zh-tw", "zh-TW")]
    [InlineData("de-DE", "en")]
    [InlineData(null, "en")]
    public void Render_Locale_TakesTheNearestText(string? locale, string expected) => Assert.Equal(expected, _template.Render(locale, new()).Locale);

    [Fact]
    public void Render_Values_FillEveryPart()
    {
        var nudge = _template.Render("en", new() { [Streak] = "4", [QuestionText] = "a < b & \"c\"", [CourseId] = "文学/1" });

        Assert.Equal("Day 4: a < b & \"c\"", nudge.Subject);
        Assert.Equal("https://learn.example/%E6%96%87%E5%AD%A6%2F1?q=a%20%3C%20b%20%26%20%22c%22", nudge.Link);
        Assert.Equal($"a < b & \"c\" {nudge.Link} ", nudge.Text);
        Assert.Equal($"<p title=\"a &lt; b &amp; &quot;c&quot;\">a &lt; b &amp; &quot;c&quot;</p><a href=\"{nudge.Link!.Replace("&", "&amp;", StringComparison.Ordinal)}\">go</a>", nudge.Html);
    }

    [Fact]
    public void Render_ValueThatLooksLikeAVariable_IsNotFilledInAgain() =>
        Assert.Equal("Day {{learner_id}}:", _template.Render("en", new() { [Streak] = "{{learner_id}}", [LearnerId] = "secret" }).Subject);

    [Fact]
    public void Render_AnyValue_NeverLeavesItsPlace() => _hostile.Sample(value =>
    {
        var nudge = _template.Render("en", new() { [Streak] = "1", [QuestionText] = value, [CourseId] = value });

        Assert.DoesNotContain(nudge.Subject, c => char.IsControl(c) || c is '\u2028' or '\u2029');
        Assert.InRange(Encoding.UTF8.GetByteCount(nudge.Subject), 0, TemplateRules.SubjectBytesMax);
        Assert.Matches("^https://learn\\.example/[^\\s<>\"']*$", nudge.Link);
        Assert.Matches(new Regex("^<p title=\"[^<>\"]*\">[^<>]*</p><a href=\"[^<>\"]*\">go</a>$"), nudge.Html);
    });

    [Theory]
    [InlineData(193, "…")]
    [InlineData(192, "")]
    public void Render_LongSubject_IsCutBetweenCharacters(int letters, string end)
    {
        // "Day 1: " are 7 bytes, and the last letter takes 3.
        var subject = _template.Render("en", new() { [Streak] = "1", [QuestionText] = new string('a', letters - 2) + "文" }).Subject;

        Assert.Equal(end.Length == 0 ? "Day 1: " + new string('a', 190) + "文" : "Day 1: " + new string('a', 190) + end, subject);
    }

    [Fact]
    public void Of_TemplateThatIsNotWellFormed_Throws() =>
        Assert.Throws<ArgumentException>(() => PreparedTemplate.Of(new("t", "en", [_english with { Body = "{{nobody}}" }])));
}
