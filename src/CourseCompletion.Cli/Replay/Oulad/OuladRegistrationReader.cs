using CourseCompletion.Cli.Engagement;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Replay.Oulad;

/// <summary>Makes <c>enrolled</c> and <c>withdrew</c> of <c>studentRegistration.csv</c>.</summary>
internal sealed class OuladRegistrationReader(CsvTable table) : IOuladReader
{
    private static readonly TimeSpan _endOfDay = new(23, 59, 59);
    private readonly CsvColumn _module = table.Required("code_module");
    private readonly CsvColumn _code = table.Required("code_presentation");
    private readonly CsvColumn _student = table.Required("id_student");
    private readonly CsvColumn _registered = table.Required("date_registration");
    private readonly CsvColumn _unregistered = table.Required("date_unregistration");

    public IReadOnlyList<Event> Read(CsvRecord row, out string? fault, out string? skipped)
    {
        skipped = null;
        if (!Presentation.TryParse(row[_module], row[_code], out var presentation, out fault))
        {
            return [];
        }

        fault = null;
        var events = new List<Event>(2);
        foreach (var (column, isEnrolment) in new[] { (_registered, true), (_unregistered, false) })
        {
            if (row[column] is "" or "?")
            {
                continue;
            }

            if (!Presentation.TryParseDay(row[column], out var day))
            {
                fault = $"'{row[column]}' is no day";
                return [];
            }

            var e = new Event
            {
                EventId = DerivedId.Of($"{OuladLayout.SourceName}/registration/{presentation.CourseId}/{row[_student]}/{isEnrolment}"),
                Source = OuladLayout.SourceName,
                LearnerId = row[_student],
                CourseId = presentation.CourseId,
                OccurredAt = presentation.At(day, isEnrolment ? TimeSpan.Zero : _endOfDay),
            };
            if (isEnrolment)
            {
                e.Enrolled = new();
            }
            else
            {
                e.Withdrew = new();
            }

            events.Add(e);
        }

        return events;
    }
}
