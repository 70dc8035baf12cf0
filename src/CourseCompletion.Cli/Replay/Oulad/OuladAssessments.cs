using System.Globalization;
using CourseCompletion.Cli.Engagement;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Replay.Oulad;

/// <summary>One row of <c>assessments.csv</c>.</summary>
internal sealed record OuladAssessment(Presentation Presentation, string Id, string Type, int? Day, double Weight)
{
    private static readonly TimeSpan _endOfDay = new(23, 59, 59);

    /// <summary>When it is due: at the end of its day; null where the data does not say.</summary>
    public Google.Protobuf.WellKnownTypes.Timestamp? DueAt => Day is { } day ? Presentation.At(day, _endOfDay) : null;

    /// <summary>The lesson that stands for it; its id is the assessment's, so that handing in completes the lesson.</summary>
    /// <remarks>
    /// Exams are not required, because their results are mostly missing, and neither is what has no weight.
    /// </remarks>
    public Lesson ToLesson()
    {
        var lesson = new Lesson
        {
            LessonId = Id,
            Title = $"{Type} {Id}",
            Kind = Type == "CMA" ? LessonKind.Quiz : LessonKind.Assignment,
            Required = Type != "Exam" && Weight > 0,
            DueAt = DueAt,
        };
        if (Weight > 0)
        {
            lesson.Weight = Weight;
        }

        return lesson;
    }
}

/// <summary>Reads <c>assessments.csv</c>.</summary>
internal static class OuladAssessments
{
    /// <summary>The assessments by id, in the file's order.</summary>
    public static Dictionary<string, OuladAssessment> Read(string path, RowFaults faults)
    {
        using var table = CsvTable.Open(path, faults);
        var module = table.Required("code_module");
        var code = table.Required("code_presentation");
        var id = table.Required("id_assessment");
        var type = table.Required("assessment_type");
        var date = table.Required("date");
        var weight = table.Required("weight");
        var read = new Dictionary<string, OuladAssessment>(StringComparer.Ordinal);
        foreach (var row in table.Rows())
        {
            if (!Presentation.TryParse(row[module], row[code], out var presentation, out var fault))
            {
                faults.Add(table.Name, row.Line, fault);
            }
            else if (!double.TryParse(row[weight], NumberStyles.Float, CultureInfo.InvariantCulture, out var points) || !double.IsFinite(points))
            {
                faults.Add(table.Name, row.Line, $"weight '{row[weight]}' is no number");
            }
            else if (Presentation.TryParseDay(row[date], out var day) || row[date] is "" or "?")
            {
                read[row[id]] = new(presentation, row[id], row[type], row[date] is "" or "?" ? null : day, points);
            }
            else
            {
                faults.Add(table.Name, row.Line, $"date '{row[date]}' is no day");
            }
        }

        return read;
    }
}
