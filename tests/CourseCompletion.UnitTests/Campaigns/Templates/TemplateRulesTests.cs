using CourseCompletion.Domain.Campaigns.Templates;
using CourseCompletion.Domain.Learners;
using Xunit;

namespace CourseCompletion.UnitTests.Campaigns.Templates;

public class TemplateRulesTests
{
    private static readonly NudgeText _english = new("en", "Day {{streak}}", "Go on with {{course_title}}: {{link}}", "<p>{{ course_title }} <a href=\"{{link}}\">go</a></p>", "https://learn.example/{{course_id}}");

    [Fact]
    public void Check_GoodTemplate_HasNoFault() => Assert.Empty(TemplateRules.Check(Of(_english, _english with { Locale = "zh-CN" })));

    [Fact]
    public void Check_UnknownVariable_NamesItAndTheField()
    {
        var fault = Assert.Single(TemplateRules.Check(Of(_english, _english with { Locale = "zh", Body = "Hi {{first_name}}" })));

        Assert.Equal((RejectionReason.InvalidField, "template.texts[1].body"), (fault.Reason, fault.Field));
        Assert.Contains("{{first_name}}", fault.Message, StringComparison.Ordinal);
        Assert.Contains("days_silent", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{streak")]
    [InlineData("{{streak}")]
    [InlineData("{{streak}} and {{")]
    public void Check_UnclosedBraces_AreAFault(string subject)
    {
        var fault = Assert.Single(TemplateRules.Check(Of(_english with { Subject = subject })));

        Assert.Equal("template.texts[0].subject", fault.Field);
        Assert.Contains("Close the braces", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_NoTextInTheFallbackLocale_IsAFault() =>
        Assert.Equal("template.fallback_locale", Assert.Single(TemplateRules.Check(new("t", "en", [_english with { Locale = "zh" }]))).Field);

    [Fact]
    public void Check_SameLanguageTwice_IsAFault() =>
        Assert.Equal("template.texts[1].locale", Assert.Single(TemplateRules.Check(Of(_english, _english with { Locale = "EN" }))).Field);

    [Theory]
    [InlineData(TemplateRules.SubjectBytesMax, TemplateRules.BodyBytesMax, 0)]
    [InlineData(TemplateRules.SubjectBytesMax + 1, TemplateRules.BodyBytesMax, 1)]
    [InlineData(TemplateRules.SubjectBytesMax, TemplateRules.BodyBytesMax + 1, 1)]
    public void Check_Sizes_AreThoseOfTheRules(int subjectBytes, int bodyBytes, int faults) =>
        Assert.Equal(faults, TemplateRules.Check(Of(_english with { Subject = new('s', subjectBytes), Body = new('b', bodyBytes) })).Count);

    [Theory]
    [InlineData("Two\nlines")]
    [InlineData("Two\r\nBcc: all@example.org")]
    public void Check_SubjectOfSeveralLines_IsAFault(string subject) =>
        Assert.Equal("template.texts[0].subject", Assert.Single(TemplateRules.Check(Of(_english with { Subject = subject }))).Field);

    [Theory]
    [InlineData(" ")]
    [InlineData("")]
    public void Check_EmptyPart_IsMissing(string empty) =>
        Assert.Equal(RejectionReason.MissingField, Assert.Single(TemplateRules.Check(Of(_english with { Body = empty }))).Reason);

    [Theory]
    [InlineData("https://learn.example/{{course_id}}", 0)]
    [InlineData("myapp://lesson/{{lesson_id}}", 0)]
    [InlineData("https://learn.example?q={{question_text}}", 1)]
    [InlineData("https://{{course_id}}.learn.example/", 1)]
    [InlineData("https:///{{course_id}}", 1)]
    [InlineData("https:{{course_id}}", 1)]
    [InlineData("https://learn.example", 0)]
    [InlineData("javascript:alert(1)", 1)]
    [InlineData("DATA:text/html,x", 1)]
    [InlineData("learn.example/x", 1)]
    [InlineData("{{question_text}}", 1)]
    [InlineData("https://learn.example/?to={{unsubscribe_link}}", 1)]
    [InlineData("https://learn.example/a b", 1)]
    public void Check_Link_IsAnAddressOfAFixedScheme(string link, int faults) =>
        Assert.Equal(faults, TemplateRules.Check(Of(_english with { Link = link })).Count);

    [Theory]
    [InlineData(TemplateRules.VariablesMax, 0)]
    [InlineData(TemplateRules.VariablesMax + 1, 1)]
    public void Check_ManyVariables_AreLimited(int variables, int faults) =>
        Assert.Equal(faults, TemplateRules.Check(Of(_english with { Body = string.Concat(Enumerable.Repeat("{{question_text}}", variables)) })).Count);

    private static NudgeTemplate Of(params NudgeText[] texts) => new("reminder", "en", texts);
}
