using CourseCompletion.Cli.Engagement;
using CourseCompletion.Cli.Replay.KddLog;
using CourseCompletion.Protocol.V1;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Replay;

public sealed class KddLogLayoutTests
{
    private const string Log =
        """
        enrollment_id,time,source,event,object
        1,2014-06-14T09:38:29,server,nagivate,abc
        1,2014-06-14T09:38:39,server,access,def
        1,2014-06-14T09:38:39,server,access,def
        2,2014-06-14T09:38:40,browser,page_close,def
        2,2014-06-14T09:38:41,browser,video,ghi
        2,2014-06-14T09:38:42,browser,problem,ghi
        2,2014-06-14T09:38:43,server,discussion,ghi
        2,2014-06-14T09:38:44,server,wiki,ghi
        2,2014-06-14 noon,server,wiki,ghi
        2,2014-06-14T09:38:45,server,dance,ghi

        """;

    [Fact]
    public void ReadEvents_EveryEvent_BecomesOneActivityOfItsFamily()
    {
        using var files = new TemporaryFiles();
        var faults = new RowFaults();

        var events = new KddLogLayout(files.Write("log.csv", Log), null, "c1").ReadEvents(faults).ToList();

        Assert.Equal(
            [
                ActivityFamily.Navigation, ActivityFamily.Page, ActivityFamily.Page, ActivityFamily.PageClose,
                ActivityFamily.Video, ActivityFamily.Problem, ActivityFamily.Discussion, ActivityFamily.Wiki,
            ],
            events.Select(e => e.ActivityRecorded.Family));
        Assert.All(events, e => Assert.Equal(("kddlog", "c1", 1), (e.Source, e.CourseId, e.ActivityRecorded.Count)));
        Assert.Equal("1 2014-06-14T09:38:29Z", $"{events[0].LearnerId} {Rfc3339.Format(events[0].OccurredAt)}");
        Assert.Equal(8, events.Select(e => e.EventId).Distinct().Count());
        Assert.Equal(["log.csv line 10", "log.csv line 11"], faults.Shown.Select(fault => fault[..15]));
    }

    [Fact]
    public void ReadEvents_WithEnrollments_TakesLearnerAndCourseFromThere()
    {
        using var files = new TemporaryFiles();
        var enrolments = files.Write("enrollments.csv", "enrollment_id,username,course_id\n1,ann,algebra\n");

        var withoutDefault = Read(files, enrolments, null, out var faults);
        var withDefault = Read(files, enrolments, "other", out _);

        Assert.All(withoutDefault, e => Assert.Equal(("ann", "algebra"), (e.LearnerId, e.CourseId)));
        Assert.Equal(3, withoutDefault.Count);
        Assert.Contains("enrollment_id '2'", faults.Shown[0], StringComparison.Ordinal);
        Assert.Equal(8, withDefault.Count);
        Assert.Equal(("2", "other"), (withDefault[^1].LearnerId, withDefault[^1].CourseId));
    }

    [Fact]
    public void ReadEvents_NoCourse_SaysWhatToGive()
    {
        using var files = new TemporaryFiles();

        var error = Assert.Throws<DataFormatException>(() => Read(files, null, null, out _));

        Assert.Contains("--course", error.Message, StringComparison.Ordinal);
    }

    private static List<Event> Read(TemporaryFiles files, string? enrolments, string? course, out RowFaults faults)
    {
        faults = new();
        return [.. new KddLogLayout(files.Write("log.csv", Log), enrolments, course).ReadEvents(faults)];
    }
}
