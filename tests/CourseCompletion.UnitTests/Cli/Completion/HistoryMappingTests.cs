using CourseCompletion.Cli.Completion;
using CourseCompletion.Gateway.Courses;
using CourseCompletion.Gateway.Engagement;
using CourseCompletion.UnitTests.Gateway.Engagement;
using Google.Protobuf.WellKnownTypes;
using Xunit;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.UnitTests.Cli.Completion;

/// <summary>Histories are read as the gateway reads a stream: a difference would be one between training and serving.</summary>
public class HistoryMappingTests
{
    [Fact]
    public void ToDomain_EventOfEachKind_IsWhatTheGatewayMakesOfIt()
    {
        foreach (var body in System.Enum.GetValues<Wire.Event.BodyOneofCase>().Where(body => body != Wire.Event.BodyOneofCase.None))
        {
            var e = WireEvents.Of(body);
            e.SessionId = "session";
            e.Position = 1.2345;

            Assert.Null(EventMapping.TryRead(e, out var expected));
            Assert.Equal(expected, HistoryMapping.ToDomain(e));
        }
    }

    [Fact]
    public void ToDomain_Course_IsWhatTheGatewayMakesOfIt()
    {
        var at = new Timestamp { Seconds = 1_700_000_000, Nanos = 5_000_000 };
        var course = new Wire.Course
        {
            CourseId = "c",
            Title = "Title",
            Tags = { "a", "b" },
            StartsAt = at,
            EndsAt = new Timestamp { Seconds = 1_800_000_000 },
            CompletionRule = new() { Share = 0.8 },
            Lessons =
            {
                new Wire.Lesson { LessonId = "1", Kind = Wire.LessonKind.Quiz, Required = false, Weight = 2, DueAt = at, CompletionThreshold = 0.5 },
                new Wire.Lesson { LessonId = "2", Length = new Duration { Seconds = 90, Nanos = 500_000_000 } },
            },
        };
        foreach (var rule in new Wire.CompletionRule?[] { null, new() { AllRequired = new() }, new() { Share = 0.8 }, new() { Assessment = new() { ObjectId = "1", MinScoreShare = 0.4 } } })
        {
            course.CompletionRule = rule;
            var expected = CourseMapping.Read(course, []) with { Version = 1 };
            var actual = HistoryMapping.ToDomain(course);

            Assert.True(expected.HasContentOf(actual));
            Assert.Equal(1, actual.Version);
        }
    }
}
