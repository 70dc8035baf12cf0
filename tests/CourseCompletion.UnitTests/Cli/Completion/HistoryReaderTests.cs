using CourseCompletion.Cli.Completion;
using CourseCompletion.Cli.Engagement;
using CourseCompletion.Cli.Replay.Neutral;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Prediction.Completion;
using CourseCompletion.Prediction.Completion.Training;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Completion;

public class HistoryReaderTests
{
    private const string Header = "occurred_at,event_id,source,learner_id,course_id,kind,object_id,count,value,text,received_at\n";

    [Fact]
    public void Read_EventsWithReceivedAt_AreInTheOrderOfReceipt()
    {
        var history = Read(
            Header
            + "2024-05-01T12:00:00Z,1,s,ada,c,activity_recorded,page,1,,,2024-05-09T00:00:00Z\n"
            + "2024-05-02T12:00:00Z,2,s,ada,c,activity_recorded,page,1,,,\n",
            "ada,c,,2024-05-30T23:59:59Z,1\n");

        Assert.Equal(["2", "1"], history.Learners[new LearnerId("ada")].Events.Select(e => e.Event.EventId));
    }

    [Fact]
    public void Read_CourseWithoutDefinition_RunsFromTheDayOfItsFirstEventToTheEndOfTheObservation()
    {
        var history = Read(Header + "2024-05-01T12:00:00Z,1,s,ada,c,activity_recorded,page,1,,,\n", "ada,c,,2024-05-30T23:59:59Z,1\n");
        var course = history.Courses[new CourseId("c")];

        Assert.Equal(DateTimeOffset.Parse("2024-05-01T00:00:00Z").ToUnixTimeMilliseconds(), course.StartsAtMs);
        Assert.Equal(DateTimeOffset.Parse("2024-05-30T23:59:59Z").ToUnixTimeMilliseconds(), course.EndsAtMs);
    }

    [Fact]
    public void Read_KnownEnrolmentWithoutEvent_IsToldAsOne()
    {
        var history = Read(Header, "ada,c,2024-05-03T08:00:00Z,2024-05-30T23:59:59Z,0\n");
        var enrolled = Assert.Single(history.Learners[new LearnerId("ada")].Events);

        Assert.Equal(EventKind.Enrolled, enrolled.Event.Kind);
        Assert.Equal(DateTimeOffset.Parse("2024-05-03T08:00:00Z").ToUnixTimeMilliseconds(), enrolled.ReceivedAtMs);
    }

    [Fact]
    public void Read_LearnerWithoutOutcome_IsLeftOut()
    {
        var history = Read(Header + "2024-05-01T12:00:00Z,1,s,bob,c,activity_recorded,page,1,,,\n", "ada,c,,2024-05-30T23:59:59Z,1\n");

        Assert.Equal([new LearnerId("ada")], history.Learners.Keys);
    }

    [Fact]
    public void Read_MalformedOutcomes_AreCountedByLine()
    {
        using var files = new TemporaryFiles();
        files.Write("events.csv", Header);
        files.Write("outcomes.csv", "learner_id,course_id,enrolled_at,observed_until,completed\nada,c,,yesterday,1\nbob,c,,2024-05-30T23:59:59Z,yes\n");
        var faults = new RowFaults();

        Assert.Empty(new NeutralLayout(files.Root).ReadOutcomes(faults));
        Assert.Equal(
            ["outcomes.csv line 2: observed_until 'yesterday' is no RFC 3339 instant", "outcomes.csv line 3: completed 'yes' is neither 1 nor 0"], faults.Shown);
    }

    private static CompletionHistory Read(string events, string outcomes)
    {
        using var files = new TemporaryFiles();
        files.Write("events.csv", events);
        files.Write("outcomes.csv", "learner_id,course_id,enrolled_at,observed_until,completed\n" + outcomes);
        return HistoryReader.Read(new NeutralLayout(files.Root), CompletionTarget.CompletedByRule, new(), new Progress<int>(), CancellationToken.None);
    }
}
