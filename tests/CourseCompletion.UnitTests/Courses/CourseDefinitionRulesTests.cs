using CourseCompletion.Domain.Courses;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Courses;

public class CourseDefinitionRulesTests
{
    private static readonly string _longId = new('x', 129);

    private static readonly string _longTitle = new('x', 513);

    private static readonly CourseDefinition _course = CourseBuilder.Course("algebra", CourseBuilder.Video("v"), CourseBuilder.Video("w"));

    private static readonly (string Field, CourseDefinition Course)[] _faults =
    [
        ("course.course_id", _course with { Course = new("") }),
        ("course.course_id", _course with { Course = new(_longId) }),
        ("course.title", _course with { Title = _longTitle }),
        ("course.tags", _course with { Tags = [.. Enumerable.Range(0, 65).Select(i => $"{i}")] }),
        ("course.tags[1]", _course with { Tags = ["a", _longId] }),
        ("course.tags[0]", _course with { Tags = [""] }),
        ("course.tags[2]", _course with { Tags = ["a", "b", "a"] }),
        ("course.prerequisites", _course with { Prerequisites = [.. Enumerable.Range(0, 17).Select(i => $"{i}")] }),
        ("course.prerequisites[1]", _course with { Prerequisites = ["a", _longId] }),
        ("course.prerequisites[1]", _course with { Prerequisites = ["a", "a"] }),
        ("course.prerequisites[0]", _course with { Prerequisites = [_course.Course.Value] }),
        ("course.time_zone", _course with { TimeZone = "Europe/Nowhere" }),
        ("course.time_zone", _course with { TimeZone = "" }),
        ("course.ends_at", _course with { StartsAtMs = 5, EndsAtMs = 5 }),
        ("course.lessons", _course with { Lessons = [.. Enumerable.Range(0, 513).Select(i => CourseBuilder.Video($"{i}"))] }),
        ("course.lessons[1].lesson_id", WithLesson(l => l with { Id = "" })),
        ("course.lessons[1].lesson_id", WithLesson(l => l with { Id = "half \ud83d" })),
        ("course.lessons[1].lesson_id", WithLesson(l => l with { Id = "v" })),
        ("course.lessons[1].title", WithLesson(l => l with { Title = _longTitle })),
        ("course.lessons[1].kind", WithLesson(l => l with { Kind = LessonKind.Other + 1 })),
        ("course.lessons[1].length", WithLesson(l => l with { LengthMs = -1 })),
        ("course.lessons[1].length", WithLesson(l => l with { LengthMs = (48 * 3_600_000) + 1 })),
        ("course.lessons[1].weight", WithLesson(l => l with { Weight = 0 })),
        ("course.lessons[1].weight", WithLesson(l => l with { Weight = 1_000_001 })),
        ("course.lessons[1].weight", WithLesson(l => l with { Weight = double.NaN })),
        ("course.lessons[1].completion_threshold", WithLesson(l => l with { CompletionThreshold = 0 })),
        ("course.lessons[1].completion_threshold", WithLesson(l => l with { CompletionThreshold = 1.01 })),
        ("course.lessons[1].completion_threshold", WithLesson(l => l with { CompletionThreshold = double.NaN })),
        ("course.completion_rule", _course with { Rule = new(CompletionRuleKind.Assessment + 1, 1, null) }),
        ("course.completion_rule.share", _course with { Rule = new(CompletionRuleKind.Share, 0, null) }),
        ("course.completion_rule.share", _course with { Rule = new(CompletionRuleKind.Share, 1.1, null) }),
        ("course.completion_rule.assessment.min_score_share", _course with { Rule = new(CompletionRuleKind.Assessment, -0.1, "exam") }),
        ("course.completion_rule.assessment.object_id", _course with { Rule = new(CompletionRuleKind.Assessment, 0.5, null) }),
        ("course.completion_rule.assessment.object_id", _course with { Rule = new(CompletionRuleKind.Assessment, 0.5, _longId) }),
    ];

    public static TheoryData<string, int> Faults
    {
        get
        {
            var data = new TheoryData<string, int>();
            for (var i = 0; i < _faults.Length; i++)
            {
                data.Add(_faults[i].Field, i);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Check_OneFault_NamesItsField(string field, int fault) =>
        Assert.Equal(field, Assert.Single(CourseDefinitionRules.Check(_faults[fault].Course)).Field);

    [Fact]
    public void Check_SeveralFaults_NamesEach() => Assert.Equal(
        ["course.title", "course.lessons[0].weight", "course.lessons[0].length"],
        CourseDefinitionRules.Check(_course with { Title = _longTitle, Lessons = [CourseBuilder.Video("v") with { Weight = -1, LengthMs = -1 }] })
            .Select(f => f.Field).OrderDescending());

    [Fact]
    public void Check_AnyGeneratedDefinition_IsWellFormed() => CourseBuilder.Definition("algebra")
        .Where(c => c.EndsAtMs is null || c.StartsAtMs < c.EndsAtMs)
        .Sample(course => Assert.Empty(CourseDefinitionRules.Check(course)));

    [Fact]
    public void Check_AtTheLimits_IsWellFormed() => Assert.Empty(CourseDefinitionRules.Check(_course with
    {
        Title = _longTitle[1..],
        Tags = [.. Enumerable.Range(0, 64).Select(i => $"{i}")],
        Lessons = [.. Enumerable.Range(0, 512).Select(i => CourseBuilder.Video($"{i}") with { LengthMs = 48 * 3_600_000, Weight = 1e6, CompletionThreshold = 1 })],
        Rule = new(CompletionRuleKind.Assessment, 0, "exam"),
        TimeZone = "America/Argentina/ComodRivadavia",
    }));

    private static CourseDefinition WithLesson(Func<LessonDefinition, LessonDefinition> change) =>
        _course with { Lessons = [_course.Lessons[0], change(_course.Lessons[1])] };
}
