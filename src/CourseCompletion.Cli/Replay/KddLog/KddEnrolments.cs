using CourseCompletion.Cli.Engagement;

namespace CourseCompletion.Cli.Replay.KddLog;

/// <summary>Who is enrolled in what: <c>enrollment_id,username,course_id</c>.</summary>
internal static class KddEnrolments
{
    public static Dictionary<string, (string Learner, string Course)> Read(string path, RowFaults faults)
    {
        using var table = CsvTable.Open(path, faults);
        var enrolment = table.Required("enrollment_id");
        var learner = table.Required("username");
        var course = table.Required("course_id");
        var known = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        foreach (var row in table.Rows())
        {
            known[row[enrolment]] = (row[learner], row[course]);
        }

        return known;
    }
}
