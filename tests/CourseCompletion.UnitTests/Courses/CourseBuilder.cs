using CourseCompletion.Domain.Courses;
using CourseCompletion.UnitTests.Learners;
using CsCheck;

namespace CourseCompletion.UnitTests.Courses;

/// <summary>Course definitions: small ones to write tests with, and random ones over the lessons of <see cref="LearnerEventGen"/>.</summary>
internal static class CourseBuilder
{
    private static readonly string[] _lessonIds = [.. LearnerEventGen.Lessons, "untouched"];

    /// <summary>A course in which every lesson is required, unless said otherwise.</summary>
    public static CourseDefinition Course(string id, params LessonDefinition[] lessons) => new()
    {
        Course = new CourseId(id),
        Version = 1,
        Lessons = lessons,
    };

    public static LessonDefinition Video(string id, int seconds = 100) => new() { Id = id, LengthMs = seconds * 1000L };

    public static LessonDefinition Lesson(string id, LessonKind kind) => new() { Id = id, Kind = kind };

    /// <summary>A random definition of a course, with lessons that generated events touch and one that they do not.</summary>
    public static Gen<CourseDefinition> Definition(string course) => Gen.Select(
        Gen.Shuffle(_lessonIds, 0, _lessonIds.Length).SelectMany(ids => LessonGen.Array[ids.Length].Select(
            lessons => lessons.Select((lesson, i) => lesson with { Id = ids[i] }).ToArray())),
        Rule,
        Gen.Int[-5, 40],
        Gen.Bool,
        (lessons, rule, days, dated) => Course(course, lessons) with
        {
            Rule = rule,
            StartsAtMs = dated ? LearnerEventBuilder.MondayMs - (5 * LearnerEventBuilder.DayMs) : null,
            EndsAtMs = dated ? LearnerEventBuilder.MondayMs + (days * LearnerEventBuilder.DayMs) + 1 : null,
        });

    /// <summary>One random definition for each of the courses of <see cref="LearnerEventGen"/>.</summary>
    public static Gen<CourseDefinition[]> Catalog() => Gen.Select(
        Definition(LearnerEventGen.Courses[0]), Definition(LearnerEventGen.Courses[1]), Definition(LearnerEventGen.Courses[2]), (a, b, c) => new[] { a, b, c });

    private static Gen<LessonDefinition> LessonGen { get; } = Gen.Select(
        Gen.Enum<LessonKind>(),
        Gen.OneOf<int>(0, 1, 45, 200, 600, 3600),
        Gen.Bool,
        Gen.OneOf<double>(1, 0.0001, 0.5, 2.75, 1000),
        Gen.OneOf<double>(0.95, 1, 0.01, 0.5),
        Gen.Int[-3, 12],
        (kind, seconds, required, weight, threshold, due) => new LessonDefinition
        {
            Id = "",
            Kind = kind,
            LengthMs = seconds * 1000L,
            Required = required,
            Weight = weight,
            CompletionThreshold = threshold,
            DueAtMs = due < 0 ? null : LearnerEventBuilder.MondayMs + (due * LearnerEventBuilder.DayMs),
        });

    private static Gen<CompletionRule> Rule { get; } = Gen.Frequency<CompletionRule>(
        (2, Gen.Const(CompletionRule.AllRequired)),
        (1, Gen.Double[0.05, 1].Select(share => new CompletionRule(CompletionRuleKind.Share, share, null))),
        (1, Gen.Double[0, 1].Select(share => new CompletionRule(CompletionRuleKind.Assessment, share, "exam"))));
}
