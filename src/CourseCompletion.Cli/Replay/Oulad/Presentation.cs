using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace CourseCompletion.Cli.Replay.Oulad;

/// <summary>One run of an Open University module, such as AAA in 2013J.</summary>
/// <param name="CourseId">The course id, <c>AAA-2013J</c>.</param>
/// <param name="Start">The day 0 of its files.</param>
internal readonly record struct Presentation(string CourseId, DateTime Start)
{
    private static readonly TimeSpan _dayMax = TimeSpan.FromDays(4_000);

    /// <summary>The presentation of a module's code and a presentation's code: a year, then B (February) or J (October).</summary>
    public static bool TryParse(string module, string code, out Presentation presentation, out string fault)
    {
        presentation = default;
        fault = $"code_presentation '{code}' is not a year followed by B or J";
        if (code.Length != 5 || !int.TryParse(code.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            || year is < 1991 or > 9000 || code[4] is not ('B' or 'J'))
        {
            return false;
        }

        if (module.Length == 0)
        {
            fault = "code_module is empty";
            return false;
        }

        presentation = new($"{module}-{code}", new(year, code[4] == 'B' ? 2 : 10, 1, 0, 0, 0, DateTimeKind.Utc));
        return true;
    }

    /// <summary>The instant on a day of the presentation.</summary>
    public Timestamp At(int day, TimeSpan time) => Timestamp.FromDateTime(Start + TimeSpan.FromDays(day) + time);

    /// <summary>Reads a day relative to the start.</summary>
    public static bool TryParseDay(string text, out int day) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out day) && Math.Abs(day) <= _dayMax.TotalDays;
}
