using System.Globalization;
using CourseCompletion.Cli.Engagement;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Replay.Oulad;

/// <summary>Makes <c>activity_recorded</c> of <c>studentVle.csv</c>.</summary>
internal sealed class OuladClickReader(CsvTable table, IReadOnlyDictionary<string, ActivityFamily> families) : IOuladReader
{
    private static readonly TimeSpan _noon = TimeSpan.FromHours(12);
    private readonly CsvColumn _module = table.Required("code_module");
    private readonly CsvColumn _code = table.Required("code_presentation");
    private readonly CsvColumn _student = table.Required("id_student");
    private readonly CsvColumn _site = table.Required("id_site");
    private readonly CsvColumn _date = table.Required("date");
    private readonly CsvColumn _clicks = table.Required("sum_click");

    public IReadOnlyList<Event> Read(CsvRecord row, out string? fault, out string? skipped)
    {
        skipped = null;
        if (!Presentation.TryParse(row[_module], row[_code], out var presentation, out fault))
        {
            return [];
        }

        if (!Presentation.TryParseDay(row[_date], out var day))
        {
            fault = $"date '{row[_date]}' is no day";
            return [];
        }

        if (!int.TryParse(row[_clicks], NumberStyles.None, CultureInfo.InvariantCulture, out var clicks))
        {
            fault = $"sum_click '{row[_clicks]}' is no whole number";
            return [];
        }

        fault = null;
        return
        [
            new()
            {
                EventId = DerivedId.OfRow(OuladLayout.SourceName, "studentVle", row),
                Source = OuladLayout.SourceName,
                LearnerId = row[_student],
                CourseId = presentation.CourseId,
                OccurredAt = presentation.At(day, _noon),
                ActivityRecorded = new() { Family = families.GetValueOrDefault(row[_site], ActivityFamily.Other), Count = clicks },
            },
        ];
    }
}
