using CourseCompletion.Cli.Courses;
using CourseCompletion.Cli.Engagement;
using CourseCompletion.Protocol.V1;
using Google.Protobuf.WellKnownTypes;

namespace CourseCompletion.Cli.Replay.Neutral;

/// <summary>The neutral engagement layout: one <c>events.csv</c>, and beside it, if they are there, <c>courses.json</c>, <c>outcomes.csv</c> and <c>learners.csv</c>.</summary>
internal sealed class NeutralLayout : IHistoryLayout
{
    private readonly string _events;
    private readonly string _directory;
    private readonly string? _courses;

    /// <summary>Finds the files.</summary>
    /// <param name="data">The file, or the directory with <c>events.csv</c> or <c>events.csv.gz</c>.</param>
    public NeutralLayout(string data)
    {
        _events = Directory.Exists(data) ? DataFile.Require(data, "events.csv") : data;
        _directory = Path.GetDirectoryName(Path.GetFullPath(_events))!;
        _courses = DataFile.Find(_directory, "courses.json");
    }

    public IReadOnlyList<string> Files => [_events];

    public IReadOnlyList<Course> ReadCourses(RowFaults faults) => _courses is null ? [] : CourseFile.Read(_courses);

    public IEnumerable<Event> ReadEvents(RowFaults faults) => ReadHistory(faults).Select(received => received.Event);

    public IEnumerable<HistoryEvent> ReadHistory(RowFaults faults)
    {
        using var table = CsvTable.Open(_events, faults);
        var reader = new NeutralReader(table);
        var receivedAt = table.Optional(NeutralColumns.ReceivedAt);
        foreach (var row in table.Rows())
        {
            if (!reader.TryRead(row, out var e, out var fault))
            {
                faults.Add(table.Name, row.Line, fault);
            }
            else if (row[receivedAt].Length == 0)
            {
                yield return new(e, e.OccurredAt);
            }
            else if (Rfc3339.TryParse(row[receivedAt], out var received))
            {
                yield return new(e, received);
            }
            else
            {
                faults.Add(table.Name, row.Line, $"received_at '{row[receivedAt]}' is no RFC 3339 instant");
            }
        }
    }

    public IEnumerable<Outcome> ReadOutcomes(RowFaults faults)
    {
        using var table = CsvTable.Open(DataFile.Require(_directory, "outcomes.csv"), faults);
        var learner = table.Required("learner_id");
        var course = table.Required("course_id");
        var enrolledAt = table.Required("enrolled_at");
        var observedUntil = table.Required("observed_until");
        var completed = table.Required("completed");
        foreach (var row in table.Rows())
        {
            Timestamp? enrolled = null;
            if (row[enrolledAt].Length > 0 && !Rfc3339.TryParse(row[enrolledAt], out enrolled))
            {
                faults.Add(table.Name, row.Line, $"enrolled_at '{row[enrolledAt]}' is no RFC 3339 instant");
            }
            else if (!Rfc3339.TryParse(row[observedUntil], out var until))
            {
                faults.Add(table.Name, row.Line, $"observed_until '{row[observedUntil]}' is no RFC 3339 instant");
            }
            else if (row[completed] is not ("0" or "1"))
            {
                faults.Add(table.Name, row.Line, $"completed '{row[completed]}' is neither 1 nor 0");
            }
            else
            {
                yield return new(row[learner], row[course], enrolled, until, row[completed] == "1");
            }
        }
    }

    public EnrolmentGroups ReadGroups(IReadOnlyList<string> columns, RowFaults faults)
    {
        using var table = CsvTable.Open(DataFile.Find(_directory, "learners.csv") ?? DataFile.Require(_directory, "outcomes.csv"), faults);
        var learner = table.Required("learner_id");
        var course = table.Optional("course_id");
        return EnrolmentGroups.Read(table, columns, row => (row[learner], row[course]));
    }
}
