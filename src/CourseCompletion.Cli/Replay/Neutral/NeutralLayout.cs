using CourseCompletion.Cli.Courses;
using CourseCompletion.Cli.Engagement;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Replay.Neutral;

/// <summary>The neutral engagement layout: one <c>events.csv</c>, and beside it, if it is there, <c>courses.json</c>.</summary>
internal sealed class NeutralLayout : IReplayLayout
{
    private readonly string _events;
    private readonly string? _courses;

    /// <summary>Finds the files.</summary>
    /// <param name="data">The file, or the directory with <c>events.csv</c> or <c>events.csv.gz</c>.</param>
    public NeutralLayout(string data)
    {
        _events = Directory.Exists(data) ? DataFile.Require(data, "events.csv") : data;
        _courses = DataFile.Find(Path.GetDirectoryName(Path.GetFullPath(_events))!, "courses.json");
    }

    public IReadOnlyList<string> Files => [_events];

    public IReadOnlyList<Course> ReadCourses(RowFaults faults) => _courses is null ? [] : CourseFile.Read(_courses);

    public IEnumerable<Event> ReadEvents(RowFaults faults)
    {
        using var table = CsvTable.Open(_events, faults);
        var reader = new NeutralReader(table);
        foreach (var row in table.Rows())
        {
            if (reader.TryRead(row, out var e, out var fault))
            {
                yield return e;
            }
            else
            {
                faults.Add(table.Name, row.Line, fault);
            }
        }
    }
}
