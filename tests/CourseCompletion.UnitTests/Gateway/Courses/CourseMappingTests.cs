using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Gateway.Courses;
using Google.Protobuf.WellKnownTypes;
using Xunit;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.UnitTests.Gateway.Courses;

public class CourseMappingTests
{
    private static Wire.Course Whole => new()
    {
        CourseId = "c1",
        Title = "Title",
        Tags = { "a", "b" },
        Lessons =
        {
            new Wire.Lesson
            {
                LessonId = "l1",
                Title = "First",
                Kind = Wire.LessonKind.Quiz,
                Length = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(90_500)),
                Required = false,
                Weight = 2,
                DueAt = new() { Seconds = 1_767_607_200 },
                CompletionThreshold = 0.5,
            },
        },
        CompletionRule = new() { Assessment = new() { ObjectId = "exam", MinScoreShare = 0.6 } },
        StartsAt = new() { Seconds = 1_767_000_000 },
        EndsAt = new() { Seconds = 1_768_000_000 },
        TimeZone = "Europe/Berlin",
    };

    [Fact]
    public void ToWire_OfWhatWasRead_IsWhatWasSent() => Assert.Equal(Whole, CourseMapping.ToWire(Read(Whole)));

    [Fact]
    public void Read_AbsentFields_AreTheDocumentedDefaults()
    {
        var read = Read(new() { CourseId = "c1", Lessons = { new Wire.Lesson { LessonId = "l1" } } });

        Assert.Equal(new LessonDefinition { Id = "l1", Kind = LessonKind.Other, Required = true, Weight = 1, CompletionThreshold = 0.95 }, Assert.Single(read.Lessons));
        Assert.Equal((CompletionRule.AllRequired, "UTC"), (read.Rule, read.TimeZone));
        Assert.Equal((null, null), (read.StartsAtMs, read.EndsAtMs));
        Assert.Empty(CourseDefinitionRules.Check(read));
    }

    [Fact]
    public void Read_EveryKind_ComesBack() =>
        Assert.All(
            System.Enum.GetValues<Wire.LessonKind>().Where(kind => kind != Wire.LessonKind.Unspecified),
            kind => Assert.Equal(kind, CourseMapping.ToWire(Read(new() { Lessons = { new Wire.Lesson { Kind = kind } } })).Lessons[0].Kind));

    [Fact]
    public void Read_WhatTheDomainCannotHold_IsAFaultEach()
    {
        var faults = new List<Rejection>();
        CourseMapping.Read(
            new()
            {
                CompletionRule = new(),
                StartsAt = new() { Seconds = long.MaxValue },
                EndsAt = new() { Nanos = -1 },
                Lessons = { new Wire.Lesson { Kind = (Wire.LessonKind)99, Length = new() { Seconds = long.MinValue }, DueAt = new() { Seconds = long.MinValue } } },
            },
            faults);

        Assert.Equal(
            [
                "course.completion_rule.rule", "course.ends_at", "course.lessons[0].due_at", "course.lessons[0].kind", "course.lessons[0].length", "course.starts_at",
            ],
            faults.Select(fault => fault.Field).Order(StringComparer.Ordinal));
    }

    private static CourseDefinition Read(Wire.Course sent)
    {
        var faults = new List<Rejection>();
        var read = CourseMapping.Read(sent, faults);
        Assert.Empty(faults);
        return read;
    }
}
