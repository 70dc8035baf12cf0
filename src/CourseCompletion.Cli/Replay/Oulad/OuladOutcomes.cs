using CourseCompletion.Cli.Engagement;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Replay.Oulad;

/// <summary>Reads how enrolments ended from <c>studentInfo.csv</c>: passed, with distinction or not, is 1. Nothing else of that file is looked at.</summary>
internal static class OuladOutcomes
{
    public static IEnumerable<Outcome> Read(string path, IReadOnlyList<Course> courses, RowFaults faults)
    {
        var ends = courses.ToDictionary(course => course.CourseId, course => course.EndsAt, StringComparer.Ordinal);
        using var table = CsvTable.Open(path, faults);
        var module = table.Required("code_module");
        var code = table.Required("code_presentation");
        var student = table.Required("id_student");
        var result = table.Required("final_result");
        foreach (var row in table.Rows())
        {
            if (!Presentation.TryParse(row[module], row[code], out var presentation, out var fault))
            {
                faults.Add(table.Name, row.Line, fault);
            }
            else if (row[result] is not ("Pass" or "Distinction" or "Fail" or "Withdrawn"))
            {
                faults.Add(table.Name, row.Line, $"final_result '{row[result]}' is none of Pass, Distinction, Fail, Withdrawn");
            }
            else if (ends.TryGetValue(presentation.CourseId, out var end))
            {
                yield return new(row[student], presentation.CourseId, null, end, row[result] is "Pass" or "Distinction");
            }
        }
    }
}
