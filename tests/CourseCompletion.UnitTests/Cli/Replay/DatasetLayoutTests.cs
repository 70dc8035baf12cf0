using CourseCompletion.Cli.Engagement;
using CourseCompletion.Cli.Replay;
using CourseCompletion.Cli.Replay.KddLog;
using CourseCompletion.Cli.Replay.Neutral;
using CourseCompletion.Cli.Replay.Oulad;
using CourseCompletion.Datasets;
using CourseCompletion.Protocol.V1;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Replay;

/// <summary>The layouts on the published files themselves, compared with what their lines say when they are only cut at commas.</summary>
public sealed class DatasetLayoutTests
{
    private const string Neutral = "kddcup2015/events.csv.gz";
    private const string KddLog = "kddcup2015/raw_log_sample.csv.gz";
    private const string Oulad = "oulad";
    private const string Registrations = "oulad/studentRegistration.csv.gz";
    private const string Clicks = "oulad/studentVle.csv.gz";
    private const string Results = "oulad/studentAssessment.csv.gz";
    private const string Assessments = "oulad/assessments.csv.gz";
    private const string Courses = "oulad/courses.csv.gz";
    private const string Sites = "oulad/vle.csv.gz";

    // Small enough that the larger files are sorted in parts.
    private const long MemoryBytes = 32 * 1024 * 1024;

    [DatasetFact(Neutral)]
    public void ReadEvents_NeutralKddCup_GivesEveryRow()
    {
        var rows = Dataset.Rows(Neutral).ToList();

        var (events, faults) = Sorted(new NeutralLayout(Dataset.PathOf(Neutral)));

        Assert.True(faults.Count == 0, string.Join('\n', faults.Shown));
        Assert.Equal(rows.Count, events.Count);
        Assert.True(rows.Select(row => row[1]).ToHashSet().SetEquals(events.Select(e => e.EventId)), "The events have other ids than the rows.");
        Assert.Equal(
            Tally(rows.Select(row => (row[4], $"{row[5]} {row[6]}", long.Parse(row[7])))),
            Tally(events.Select(e => (e.CourseId, $"activity_recorded {EventKinds.NameOf(e.ActivityRecorded.Family)}", (long)e.ActivityRecorded.Count))));
        Assert.Equal(rows.DistinctBy(row => row[3]).Count(), events.DistinctBy(e => e.LearnerId).Count());
    }

    [DatasetFact(KddLog)]
    public void ReadEvents_RawKddLog_GivesEveryLine()
    {
        var rows = Dataset.Rows(KddLog).ToList();

        var (events, faults) = Sorted(new KddLogLayout(Dataset.PathOf(KddLog), null, "kdd"));

        Assert.True(faults.Count == 0, string.Join('\n', faults.Shown));
        Assert.Equal(rows.Count, events.Count);
        Assert.Equal(events.Count, events.DistinctBy(e => e.EventId).Count());
        Assert.Equal(
            Tally(rows.Select(row => (row[0], row[3] switch { "access" => "page", "nagivate" => "navigation", var other => other }, 1L))),
            Tally(events.Select(e => (e.LearnerId, EventKinds.NameOf(e.ActivityRecorded.Family), (long)e.ActivityRecorded.Count))));
        Assert.True(
            rows.Select(row => row[1] + "Z").Order(StringComparer.Ordinal).SequenceEqual(events.Select(e => Rfc3339.Format(e.OccurredAt))),
            "The events have other times than the lines, or are not in order of time.");
    }

    [DatasetFact(Registrations, Clicks, Results, Assessments, Courses, Sites)]
    public void ReadEvents_Oulad_GivesEveryRowThatIsNotLeftOutForAReason()
    {
        var counts = new Dictionary<Event.BodyOneofCase, long>();
        var clicks = 0L;
        var faults = new RowFaults();

        foreach (var e in new OuladLayout(Dataset.PathOf(Oulad), null).ReadEvents(faults))
        {
            counts[e.BodyCase] = counts.GetValueOrDefault(e.BodyCase) + 1;
            clicks += e.ActivityRecorded?.Count ?? 0;
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults.Shown));
        var clickRows = Dataset.Rows(Clicks).Aggregate((Rows: 0L, Sum: 0L), (sum, row) => (sum.Rows + 1, sum.Sum + long.Parse(row[5])));
        Assert.Equal(clickRows, (counts[Event.BodyOneofCase.ActivityRecorded], clicks));
        Assert.Equal(Dataset.Rows(Registrations).LongCount(row => row[3] is not ("" or "?")), counts[Event.BodyOneofCase.Enrolled]);
        Assert.Equal(Dataset.Rows(Registrations).LongCount(row => row[4] is not ("" or "?")), counts[Event.BodyOneofCase.Withdrew]);
        var results = Dataset.Rows(Results).ToLookup(row => row[3] == "1" ? "banked" : row[4] is "" or "?" ? "unscored" : "scored");
        Assert.Equal(results["scored"].LongCount(), counts[Event.BodyOneofCase.AssessmentSubmitted]);
        Assert.Equal(
            new[] { results["banked"].LongCount(), results["unscored"].LongCount() }.Where(count => count > 0).Order(),
            faults.Skipped.Values.Order());
    }

    [DatasetFact(Registrations, Clicks, Results, Assessments, Courses, Sites)]
    public void ReadEvents_OuladPresentation_GivesItsClicksInOrderOfTime()
    {
        var presentations = Dataset.Rows(Clicks).CountBy(row => $"{row[0]}-{row[1]}").ToList();
        var (course, rows) = presentations.MinBy(presentation => presentation.Value);

        var (events, _) = Sorted(new OuladLayout(Dataset.PathOf(Oulad), course));

        Assert.Equal(course, Assert.Single(events.Select(e => e.CourseId).Distinct()));
        Assert.Equal(rows, events.Count(e => e.ActivityRecorded is not null));
    }

    [DatasetFact(Registrations, Clicks, Results, Assessments, Courses, Sites)]
    public void ReadCourses_Oulad_GivesEveryPresentationWithItsAssessments()
    {
        var faults = new RowFaults();

        var courses = new OuladLayout(Dataset.PathOf(Oulad), null).ReadCourses(faults);

        Assert.Equal(0, faults.Count);
        Assert.Equal(Dataset.Rows(Courses).Select(row => $"{row[0]}-{row[1]}"), courses.Select(course => course.CourseId));
        var assessments = Dataset.Rows(Assessments).ToLookup(row => $"{row[0]}-{row[1]}", row => row[2]);
        Assert.All(courses, course => Assert.Equal(
            assessments[course.CourseId].Order(StringComparer.Ordinal),
            course.Lessons.Select(lesson => lesson.LessonId).Order(StringComparer.Ordinal)));
    }

    private static (List<Event> Events, RowFaults Faults) Sorted(IReplayLayout layout)
    {
        var faults = new RowFaults();
        using var sorter = new EventSorter(MemoryBytes);
        foreach (var e in layout.ReadEvents(faults))
        {
            sorter.Add(e);
        }

        var events = sorter.InOrder(0).ToList();
        for (var i = 1; i < events.Count; i++)
        {
            if (events[i].OccurredAt < events[i - 1].OccurredAt)
            {
                Assert.Fail($"{events[i].EventId} comes after {events[i - 1].EventId}, which happened later.");
            }
        }

        return (events, faults);
    }

    private static SortedDictionary<string, long> Tally(IEnumerable<(string Of, string What, long Count)> counted)
    {
        var tally = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (of, what, count) in counted)
        {
            tally[$"{of} {what}"] = tally.GetValueOrDefault($"{of} {what}") + count;
        }

        return tally;
    }
}
