using CourseCompletion.Cli.Engagement;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Replay.Oulad;

/// <summary>Makes course definitions of <c>courses.csv</c> and <c>assessments.csv</c>.</summary>
internal static class OuladCourses
{
    // Passing is decided by a grade that the data does not break down; most of the work handed in is the nearest rule.
    private const double CompletionShare = 0.8;

    public static IReadOnlyList<Course> Read(string courses, string assessments, RowFaults faults)
    {
        // Bad rows of the assessments are counted where the events are read.
        var lessons = OuladAssessments.Read(assessments, new()).Values.ToLookup(assessment => assessment.Presentation.CourseId);
        using var table = CsvTable.Open(courses, faults);
        var module = table.Required("code_module");
        var code = table.Required("code_presentation");
        var length = table.Required("module_presentation_length");
        var read = new List<Course>();
        foreach (var row in table.Rows())
        {
            if (!Presentation.TryParse(row[module], row[code], out var presentation, out var fault))
            {
                faults.Add(table.Name, row.Line, fault);
            }
            else if (!Presentation.TryParseDay(row[length], out var days) || days <= 0)
            {
                faults.Add(table.Name, row.Line, $"module_presentation_length '{row[length]}' is no number of days");
            }
            else
            {
                read.Add(ToCourse(presentation, days, lessons[presentation.CourseId]));
            }
        }

        return read;
    }

    private static Course ToCourse(Presentation presentation, int days, IEnumerable<OuladAssessment> assessments)
    {
        var course = new Course
        {
            CourseId = presentation.CourseId,
            Title = $"Open University {presentation.CourseId}",
            Tags = { "oulad" },
            StartsAt = presentation.At(0, TimeSpan.Zero),
            EndsAt = presentation.At(days, TimeSpan.Zero),
            TimeZone = "UTC",
            CompletionRule = new() { Share = CompletionShare },
        };
        course.Lessons.Add(assessments.OrderBy(assessment => assessment.Day ?? days).Select(assessment => assessment.ToLesson()));
        return course;
    }
}
