using CourseCompletion.Cli.Engagement;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Replay.KddLog;

/// <summary>The log layout of KDD Cup 2015: <c>enrollment_id,time,source,event,object</c>, one line an action.</summary>
/// <remarks>
/// Source <c>kddlog</c>. Each line becomes an <c>activity_recorded</c> of one. Times have no zone and are taken for UTC. The log does
/// not name the course: <c>--enrollments</c> gives learner and course of each enrollment, and without it the learner is the
/// enrollment and the course is <c>--course</c>. Ids are derived from the line.
/// </remarks>
internal sealed class KddLogLayout(string log, string? enrolments, string? course) : IReplayLayout
{
    /// <summary>The events' source.</summary>
    public const string SourceName = "kddlog";

    public IReadOnlyList<string> Files => enrolments is null ? [log] : [log, enrolments];

    public IReadOnlyList<Course> ReadCourses(RowFaults faults) => [];

    public IEnumerable<Event> ReadEvents(RowFaults faults)
    {
        var known = enrolments is null ? null : KddEnrolments.Read(enrolments, faults);
        using var table = CsvTable.Open(log, faults);
        var reader = new KddLogReader(table, known, course);
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
