using NodaTime;
using NodaTime.Text;

namespace CourseCompletion.Domain.Campaigns.Scans;

/// <summary>How the occurrences of a scheduled campaign are named.</summary>
public static class ScanRules
{
    private static readonly LocalDate _dayZero = new(1970, 1, 1);

    /// <summary>The occurrence of a learner-local day: its date, such as <c>2026-03-01</c>.</summary>
    public static string OccurrenceOf(int day) => LocalDatePattern.Iso.Format(_dayZero.PlusDays(day));
}
