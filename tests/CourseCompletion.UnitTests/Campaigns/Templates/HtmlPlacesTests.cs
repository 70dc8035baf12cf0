using CourseCompletion.Domain.Campaigns.Templates;
using Xunit;

namespace CourseCompletion.UnitTests.Campaigns.Templates;

public class HtmlPlacesTests
{
    [Theory]
    [InlineData("<p>{{question_text}}</p>")]
    [InlineData("<img alt=\"{{question_text}}\" src='https://learn.example/a.png'>")]
    [InlineData("<a class = 'b' href=\"{{link}}\">{{course_title}}</a>")]
    [InlineData("<a href='{{unsubscribe_link}}'>stop</a>")]
    [InlineData("<a href='{{session_link}}'>join</a>")]
    [InlineData("<style>p > a { color: red }</style><p>{{streak}}</p>")]
    [InlineData("<!-- a > b \" --><b>{{streak}}</b>")]
    [InlineData("3 < 4 {{streak}}")]
    [InlineData("<p title=\"a>b\">{{streak}}</p>")]
    public void Check_VariableWhereEscapingIsEnough_Passes(string html) => Assert.Empty(FaultsOf(html));

    [Theory]
    [InlineData("<a href=\"{{question_text}}\">")]
    [InlineData("<a href=\"https://x/?q={{link}}\">")]
    [InlineData("<a href={{link}}>")]
    [InlineData("<a class=x{{streak}}>")]
    [InlineData("<a {{streak}}=\"x\">")]
    [InlineData("<{{streak}}>")]
    [InlineData("<a onclick=\"f('{{streak}}')\">")]
    [InlineData("<p style=\"width: {{streak}}\">")]
    [InlineData("<script>var s = '{{question_text}}'</script>")]
    [InlineData("<SCRIPT src='a'>'{{question_text}}'")]
    [InlineData("<style>{{question_text}}</style>")]
    [InlineData("<!-- {{question_text}} -->")]
    [InlineData("<meta content=\"0;url={{link}}\">")]
    [InlineData("<a href=/=\"{{question_text}}\">")]
    [InlineData("<iframe srcdoc=\"{{question_text}}\">")]
    [InlineData("<script>a</style>{{streak}}")]
    public void Check_VariableWhereAValueCouldAct_IsAFault(string html)
    {
        var fault = Assert.Single(FaultsOf(html));
        Assert.Equal("template.texts[0].html", fault.Field);
    }

    [Fact]
    public void Check_LongestHtml_IsReadInTimeThatGrowsWithItsLength()
    {
        string[] hostile = ["<" + new string('a', TemplateRules.HtmlBytesMax - 20), "<script>" + new string('<', TemplateRules.HtmlBytesMax - 20), "<a " + new string('b', TemplateRules.HtmlBytesMax - 20)];
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.All(hostile, html => Assert.Empty(FaultsOf(html)));

        // Copying the text read so far for each character would take gigabytes.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }

    private static IReadOnlyList<Domain.Learners.Rejection> FaultsOf(string html) =>
        TemplateRules.Check(new("t", "en", [new("en", "s", "b", html, "https://learn.example/")]));
}
