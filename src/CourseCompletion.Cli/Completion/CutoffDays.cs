using System.Globalization;
using CourseCompletion.Cli.Engagement;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Prediction.Completion.Training;

namespace CourseCompletion.Cli.Completion;

/// <summary>The days after a course's start at which predictions are measured.</summary>
internal static class CutoffDays
{
    private const int DayMax = 3650;

    private static readonly int[] _usual = [7, 14, 21, 28];

    /// <summary>Reads the days of an option, in ascending order.</summary>
    /// <exception cref="DataFormatException">There are none, or one out of range; the message names the option.</exception>
    public static int[] Parse(string option, string text)
    {
        var days = text.Split(',', StringSplitOptions.TrimEntries).Select(day => int.TryParse(day, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).ToArray();
        return days.All(day => day is >= 1 and <= DayMax)
            ? [.. days.Distinct().Order()]
            : throw new DataFormatException($"{option} {text}: give days from 1 to {DayMax}, separated by commas, such as 7,14,21,30.");
    }

    /// <summary>Days 7, 14, 21 and 28 as far as a history goes; its last day where it is shorter than a week.</summary>
    /// <param name="history">The history.</param>
    /// <param name="untilDay">The last day that is learned from; null for all of them.</param>
    public static int[] Within(CompletionHistory history, int? untilDay)
    {
        var longestMs = history.Outcomes.Max(outcome => outcome.ObservedUntilMs - history.Courses[outcome.Course].StartsAtMs!.Value);
        var last = (int)Math.Clamp(longestMs / LearnerTime.DayMs, 1, untilDay ?? DayMax);
        return _usual.Where(day => day <= last).ToArray() is { Length: > 0 } usual ? usual : [last];
    }
}
