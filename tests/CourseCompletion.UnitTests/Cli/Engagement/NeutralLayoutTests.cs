using System.IO.Compression;
using System.Text;
using CourseCompletion.Cli.Engagement;
using CourseCompletion.Cli.Replay;
using CourseCompletion.Cli.Replay.Neutral;
using CourseCompletion.Protocol.V1;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Engagement;

public sealed class NeutralLayoutTests
{
    // One row of every kind, and every column filled where the kind has it.
    private const string AllKinds =
        """
        occurred_at,event_id,source,learner_id,course_id,kind,object_id,count,value,text,lesson_id,session_id,position,from,to,speed,max_value,due_at,target_learner_id
        2024-05-01T12:00:00Z,e1,app,l1,c1,session_started,,,,,,s1,,,,,,,
        2024-05-01T12:00:00.5Z,e2,app,l1,c1,video_played,v1,,,,v1,s1,0,,,,,,
        2024-05-01T12:00:00.500Z,e3,app,l1,c1,video_paused,v1,,,,v1,s1,12.25,,,,,,
        2024-05-01T12:00:01Z,e4,app,l1,c1,video_seeked,v1,,,,v1,s1,5,12.25,5,,,,
        2024-05-01T12:00:02Z,e5,app,l1,c1,video_watched,v1,,,,v1,s1,35,5,35,1.5,,,
        2024-05-01T12:00:03.000001Z,e6,app,l1,c1,video_ended,v1,,,,v1,s1,35,,,,,,
        2024-05-01T12:00:04Z,e7,app,l1,c1,liked,o1,,,,v1,,,,,,,,
        2024-05-01T12:00:05Z,e8,app,l1,c1,unliked,,,,,v1,,,,,,,,
        2024-05-01T12:00:06Z,e9,app,l1,c1,commented,,,,"great, ""really""
        two lines",v1,,,,,,,,
        2024-05-01T12:00:07Z,e10,app,l1,c1,shared,,,,,,,,,,,,,
        2024-05-01T12:00:08Z,e11,app,l1,c1,forwarded,,,,,v1,,,,,,,,l2
        2024-05-01T12:00:09Z,e12,app,l1,c1,bookmarked,,,,,v1,,,,,,,,
        2024-05-01T12:00:10Z,e13,app,l1,c1,rated,,,4.5,good,v1,,,,,,,,
        2024-05-01T12:00:11Z,e14,app,l1,c1,enrolled,,,,,,,,,,,,,
        2024-05-01T12:00:12Z,e15,app,l1,c1,withdrew,,,,no time,,,,,,,,,
        2024-05-01T12:00:13Z,e16,app,l1,c1,lesson_completed,v1,,,,v1,,,,,,,,
        2024-05-01T12:00:14Z,e17,app,l1,c1,assessment_submitted,a1,,7,,a1,,,,,,10,2024-05-02T00:00:00Z,
        2024-05-01T12:00:15Z,e18,app,l1,c1,checked_in,,,,,,,,,,,,,
        2024-05-01T12:00:16Z,e19,app,l1,c1,question_asked,q1,,,why?,v1,,,,,,,,
        2024-05-01T12:00:17Z,e20,app,l1,c1,question_answered,q1,,,because,v1,,,,,,,,
        2024-05-01T12:00:18Z,e21,app,l1,c1,answer_accepted,x1,,,,,,,,,,,,l3
        2024-05-01T12:00:19Z,e22,app,l1,c1,live_joined,m1,,,,,,,,,,,,
        2024-05-01T12:00:20Z,e23,app,l1,c1,live_left,m1,,,,,,,,,,,,
        2024-05-01T12:00:21Z,e24,app,l1,c1,promotion_shown,p1,,,,,,,,,,,,
        2024-05-01T12:00:22Z,e25,app,l1,c1,promotion_clicked,p1,,,,,,,,,,,,
        2024-05-01T12:00:23Z,e26,app,l1,c1,nudge_opened,n1,,,,,,,,,,,,
        2024-05-01T12:00:24Z,e27,app,l1,c1,nudge_dismissed,n1,,,,,,,,,,,,
        2024-05-01T12:00:25.123456789Z,e28,app,l1,c1,activity_recorded,page_close,3,,,,,,,,,,,
        2024-05-01T12:00:26Z,e29,app,l1,c1,check_in_made_up,,2,,,,,,,,,,,

        """;

    [Fact]
    public void ReadEvents_EveryKindAndColumn_WritesBackTheSameFile()
    {
        using var files = new TemporaryFiles();
        var text = AllKinds.Replace("00:00.5Z", "00:00.250Z", StringComparison.Ordinal);

        var (events, faults) = Read(files.Write("events.csv", text));

        Assert.Equal(0, faults.Count);
        Assert.Equal(EventKinds.All.Order(), events.Select(EventKinds.NameOf).Order());
        Assert.Equal(text, Write(events, NeutralColumns.All));
    }

    [Fact]
    public void ReadGroups_LearnersFile_AnEnrolmentsOwnRowCountsBeforeTheLearners()
    {
        using var files = new TemporaryFiles();
        files.Write("events.csv", AllKinds);
        files.Write("learners.csv", "learner_id,course_id,region,age\nl1,,north,\nl1,c2,south,30\n");

        var groups = new NeutralLayout(files.Root).ReadGroups(["age", "region"], new());

        Assert.Equal(("north", EnrolmentGroups.Unknown), (groups.ValueOf("l1", "c1", 1), groups.ValueOf("l1", "c1", 0)));
        Assert.Equal(("south", "30"), (groups.ValueOf("l1", "c2", 1), groups.ValueOf("l1", "c2", 0)));
        Assert.Equal(EnrolmentGroups.Unknown, groups.ValueOf("l2", "c1", 1));
    }

    [Fact]
    public void ReadGroups_NoLearnersFile_TakesColumnsOfTheOutcomesAndNamesThoseThereAre()
    {
        using var files = new TemporaryFiles();
        files.Write("events.csv", AllKinds);
        files.Write("outcomes.csv", "learner_id,course_id,enrolled_at,observed_until,completed,region\nl1,c1,,2024-06-01T00:00:00Z,1,north\n");
        var layout = new NeutralLayout(files.Root);

        Assert.Equal("north", layout.ReadGroups(["region"], new()).ValueOf("l1", "c1", 0));
        var missing = Assert.Throws<DataFormatException>(() => layout.ReadGroups(["regio"], new()));
        Assert.Equal("outcomes.csv has no column 'regio'. It has: learner_id, course_id, enrolled_at, observed_until, completed, region.", missing.Message);
    }

    [Fact]
    public void ReadEvents_BaseColumnsOnly_TakesTheObjectForTheLessonAndWritesBackTheSameFile()
    {
        using var files = new TemporaryFiles();
        var text =
            """
            occurred_at,event_id,source,learner_id,course_id,kind,object_id,count,value,text
            2014-06-11T12:00:00Z,1,kdd,e1,c1,activity_recorded,navigation,5,,
            2014-06-11T12:00:01Z,2,kdd,e1,c1,video_played,v9,,,
            2014-06-11T12:00:02Z,3,kdd,e1,c1,liked,v9,,,

            """;

        var (events, _) = Read(files.Write("events.csv", text));

        Assert.Equal(new ActivityRecorded { Family = ActivityFamily.Navigation, Count = 5 }, events[0].ActivityRecorded);
        Assert.Equal(("v9", ""), (events[1].LessonId, events[1].ObjectId));
        Assert.Equal(("", "v9"), (events[2].LessonId, events[2].ObjectId));
        Assert.Equal(text, Write(events, NeutralColumns.Base));
    }

    [Fact]
    public void ReadEvents_ColumnsInAnotherOrderWithUnknownOnes_AreReadByName()
    {
        using var files = new TemporaryFiles();

        var (events, _) = Read(files.Write(
            "events.csv",
            "kind,mood,event_id,source,occurred_at,course_id,learner_id\nchecked_in,fine,e1,app,2024-05-01T14:00:00+02:00,c1,l1\n"));

        var e = Assert.Single(events);
        Assert.Equal("e1 app c1 l1", $"{e.EventId} {e.Source} {e.CourseId} {e.LearnerId}");
        Assert.Equal("2024-05-01T12:00:00Z", Rfc3339.Format(e.OccurredAt));
    }

    [Theory]
    [InlineData("yesterday,e1,app,l1,c1,liked,,,,", "occurred_at 'yesterday'")]
    [InlineData("2024-05-01T12:00:00,e1,app,l1,c1,liked,,,,", "occurred_at")]
    [InlineData("2024-13-01T12:00:00Z,e1,app,l1,c1,liked,,,,", "occurred_at")]
    [InlineData("2024-05-01T12:00:00Z,e1,app,l1,c1,danced,,,,", "kind 'danced'")]
    [InlineData("2024-05-01T12:00:00Z,e1,app,l1,c1,rated,,,many,", "value 'many'")]
    [InlineData("2024-05-01T12:00:00Z,e1,app,l1,c1,video_watched,v1,,,", "to is missing")]
    [InlineData("2024-05-01T12:00:00Z,e1,app,l1,c1,activity_recorded,dancing,1,,", "no family")]
    [InlineData("2024-05-01T12:00:00Z,e1,app,l1,c1,activity_recorded,page,1.5,,", "count '1.5'")]
    [InlineData("2024-05-01T12:00:00Z,e1,app,l1,c1,liked,,2,,", "count is for activity_recorded and check_in_made_up")]
    [InlineData("2024-05-01T12:00:00Z,e1,app,l1,c1,liked", "6 fields")]
    public void ReadEvents_MalformedRow_IsReportedWithItsLineAndTheOthersAreRead(string row, string fault)
    {
        using var files = new TemporaryFiles();
        var good = "2024-05-01T12:00:00Z,good,app,l1,c1,liked,,1,,";

        var (events, faults) = Read(files.Write("events.csv", $"{string.Join(',', NeutralColumns.Base)}\n{row}\n{good}\n"));

        Assert.Equal("good", Assert.Single(events).EventId);
        Assert.StartsWith("events.csv line 2: ", Assert.Single(faults.Shown), StringComparison.Ordinal);
        Assert.Contains(fault, faults.Shown[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("occurred_at")]
    [InlineData("event_id")]
    [InlineData("source")]
    [InlineData("learner_id")]
    [InlineData("course_id")]
    [InlineData("kind")]
    public void ReadEvents_RequiredColumnMissing_NamesIt(string column)
    {
        using var files = new TemporaryFiles();
        var path = files.Write("events.csv", string.Join(',', NeutralColumns.Base.Where(name => name != column)) + "\n");

        var error = Assert.Throws<DataFormatException>(() => Read(path));

        Assert.Contains($"no column '{column}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadEvents_DirectoryWithCompressedFile_IsRead()
    {
        using var files = new TemporaryFiles();
        using (var gzip = new GZipStream(File.Create(files.PathOf("events.csv.gz")), CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(AllKinds));
        }

        Assert.Equal(29, new NeutralLayout(files.Root).ReadEvents(new()).Count());
    }

    private static (List<Event> Events, RowFaults Faults) Read(string path)
    {
        var faults = new RowFaults();
        return ([.. new NeutralLayout(path).ReadEvents(faults)], faults);
    }

    private static string Write(IEnumerable<Event> events, IReadOnlyList<string> columns)
    {
        using var text = new StringWriter();
        var writer = new NeutralWriter(text, columns);
        foreach (var e in events)
        {
            writer.Write(e);
        }

        return text.ToString();
    }
}
