using CourseCompletion.Cli.Engagement;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Replay.Oulad;

/// <summary>Makes events of the rows of one OULAD file.</summary>
internal interface IOuladReader
{
    /// <summary>The events of a row; none with a fault (the row is malformed) or with the reason for which the row is left out.</summary>
    IReadOnlyList<Event> Read(CsvRecord row, out string? fault, out string? skipped);
}
