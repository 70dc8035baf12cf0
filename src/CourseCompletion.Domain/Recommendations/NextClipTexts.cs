using System.Globalization;
using CourseCompletion.Domain.Profiles;

namespace CourseCompletion.Domain.Recommendations;

/// <summary>Reasons for the next lesson in words.</summary>
internal static class NextClipTexts
{
    /// <summary>Where a begun video goes on.</summary>
    public static string OfStart(long startMs, long lengthMs) => lengthMs > 0 ? $"go on at {Clock(startMs)} of {Clock(lengthMs)}" : $"go on at {Clock(startMs)}";

    /// <summary>That a video fits.</summary>
    public static string OfLength(long lengthMs, long usualMs) => $"takes {Clock(lengthMs)}, and you mostly have {Clock(usualMs)}";

    /// <summary>Why to look again.</summary>
    public static string OfGap(LessonGap gap) => gap.Reason switch
    {
        GapReason.LowScore => string.Create(CultureInfo.InvariantCulture, $"your score was {gap.Figure:P0}"),
        GapReason.Confused => "you wrote that something was not clear",
        _ => string.Create(CultureInfo.InvariantCulture, $"you watched {gap.Figure:P0} of it again"),
    };

    /// <summary>A number of days, or of hours when it is less than one.</summary>
    public static string Time(double days) => days < 1
        ? Counted((int)(days * 24), "hour")
        : Counted((int)days, "day");

    private static string Counted(int count, string unit) => count == 1 ? $"1 {unit}" : string.Create(CultureInfo.InvariantCulture, $"{count} {unit}s");

    private static string Clock(long ms) => string.Create(CultureInfo.InvariantCulture, $"{ms / 60_000}:{ms / 1000 % 60:00}");
}
