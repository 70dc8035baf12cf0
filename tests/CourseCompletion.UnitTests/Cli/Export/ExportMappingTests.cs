using CourseCompletion.Cli.Completion;
using CourseCompletion.Cli.Engagement;
using CourseCompletion.Cli.Export;
using CourseCompletion.Cli.Replay.Neutral;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.UnitTests.Gateway.Engagement;
using Xunit;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.UnitTests.Cli.Export;

public class ExportMappingTests
{
    [Fact]
    public void ToWire_EventOfEachKind_IsReadBackFromAFileAsTheSame()
    {
        using var files = new TemporaryFiles();
        var events = System.Enum.GetValues<Wire.Event.BodyOneofCase>().Where(body => body != Wire.Event.BodyOneofCase.None).Select(body =>
        {
            var e = WireEvents.Of(body);
            e.SessionId = "session";
            e.Position = 1.234;

            // The layout has the family of an activity where others have their object.
            e.ObjectId = body == Wire.Event.BodyOneofCase.ActivityRecorded ? "" : e.ObjectId;
            return HistoryMapping.ToDomain(e);
        }).ToList();
        using (var text = DataFile.Create(files.PathOf("events.csv")))
        {
            var writer = new NeutralWriter(text, [.. NeutralColumns.All, NeutralColumns.ReceivedAt]);
            events.ForEach(e => writer.Write(ExportMapping.ToWire(new LearnerId("ada"), e), ExportMapping.TimeOf(1_700_000_000_123)));
        }

        var read = new NeutralLayout(files.Root).ReadHistory(new()).ToList();

        Assert.Equal(events, read.Select(received => HistoryMapping.ToDomain(received.Event)));
        Assert.All(read, received => Assert.Equal(("ada", 1_700_000_000_123), (received.Event.LearnerId, HistoryMapping.MsOf(received.ReceivedAt))));
    }

    [Fact]
    public void ToWire_Course_IsReadBackAsTheSame()
    {
        var course = new CourseDefinition
        {
            Course = new("c"),
            Version = 1,
            Title = "Title",
            Tags = ["a"],
            StartsAtMs = 1_700_000_000_000,
            EndsAtMs = 1_800_000_000_000,
            TimeZone = "Europe/Berlin",
            Lessons =
            [
                new() { Id = "1", Kind = LessonKind.Quiz, Required = false, Weight = 2, DueAtMs = 1_700_000_000_005, CompletionThreshold = 0.5 },
                new() { Id = "2", Title = "Two", LengthMs = 90_500 },
            ],
        };
        foreach (var rule in new CompletionRule[] { CompletionRule.AllRequired, new(CompletionRuleKind.Share, 0.8, null), new(CompletionRuleKind.Assessment, 0.4, "1") })
        {
            Assert.True((course with { Rule = rule }).HasContentOf(HistoryMapping.ToDomain(ExportMapping.ToWire(course with { Rule = rule }))));
        }
    }
}
