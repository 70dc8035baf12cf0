using CourseCompletion.Cli.Engagement;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Replay.KddLog;

/// <summary>Makes events of the lines of a KDD Cup 2015 log.</summary>
internal sealed class KddLogReader
{
    private readonly CsvColumn _enrolment, _time, _source, _event, _object;
    private readonly IReadOnlyDictionary<string, (string Learner, string Course)>? _known;
    private readonly string? _course;

    /// <summary>Finds the columns.</summary>
    /// <exception cref="DataFormatException">A column, or the course of the events, is missing.</exception>
    public KddLogReader(CsvTable table, IReadOnlyDictionary<string, (string Learner, string Course)>? known, string? course)
    {
        if (known is null && course is null)
        {
            throw new DataFormatException("The log does not name courses: give --enrollments FILE, or --course ID for all events.");
        }

        _enrolment = table.Required("enrollment_id");
        _time = table.Required("time");
        _source = table.Required("source");
        _event = table.Required("event");
        _object = table.Required("object");
        _known = known;
        _course = course;
    }

    /// <summary>Makes the event of a line; false, and why, for a malformed one.</summary>
    public bool TryRead(CsvRecord row, out Event e, out string fault)
    {
        e = null!;
        fault = "";
        var (learner, course) = (row[_enrolment], _course ?? "");
        if (_known is not null && _known.TryGetValue(learner, out var known))
        {
            (learner, course) = known;
        }
        else if (_known is not null && _course is null)
        {
            fault = $"enrollment_id '{learner}' is not in the enrollments, and there is no --course";
            return false;
        }

        if (!Rfc3339.TryParseWithoutOffset(row[_time], out var time))
        {
            fault = $"time '{row[_time]}' is not like 2014-06-14T09:38:29";
            return false;
        }

        if (FamilyOf(row[_event]) is not { } family)
        {
            fault = $"event '{row[_event]}' is not known";
            return false;
        }

        e = new()
        {
            EventId = DerivedId.Of(
                $"{KddLogLayout.SourceName}/{row.Line}/{row[_enrolment]},{row[_time]},{row[_source]},{row[_event]},{row[_object]}"),
            Source = KddLogLayout.SourceName,
            LearnerId = learner,
            CourseId = course,
            OccurredAt = time,
            ActivityRecorded = new() { Family = family, Count = 1 },
        };
        return true;
    }

    // The published log spells it 'nagivate'.
    private static ActivityFamily? FamilyOf(string name) => name switch
    {
        "access" => ActivityFamily.Page,
        "nagivate" or "navigate" => ActivityFamily.Navigation,
        "page_close" => ActivityFamily.PageClose,
        "video" => ActivityFamily.Video,
        "problem" => ActivityFamily.Problem,
        "discussion" => ActivityFamily.Discussion,
        "wiki" => ActivityFamily.Wiki,
        _ => null,
    };
}
