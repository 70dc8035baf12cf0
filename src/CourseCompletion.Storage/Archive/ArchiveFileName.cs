using System.Globalization;

namespace CourseCompletion.Storage.Archive;

/// <summary>The name of an archive file: day of archiving, writer, part, as in <c>2026-03-01.1.1.ccjournal</c>.</summary>
/// <param name="Day">The UTC day on which the frames were archived.</param>
/// <param name="Writer">Which of the processes that share the directory wrote it, from 1.</param>
/// <param name="Part">1; more for what followed a damaged file on the same day.</param>
internal readonly record struct ArchiveFileName(DateOnly Day, int Writer, int Part) : IComparable<ArchiveFileName>
{
    private const string Suffix = ".ccjournal";
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>All archive files of a directory, oldest first.</summary>
    public static List<ArchiveFileName> In(string directory)
    {
        var names = new List<ArchiveFileName>();
        foreach (var path in Directory.EnumerateFiles(directory, "*" + Suffix))
        {
            if (TryParse(Path.GetFileName(path), out var name))
            {
                names.Add(name);
            }
        }

        names.Sort();
        return names;
    }

    public int CompareTo(ArchiveFileName other) => (Day, Writer, Part).CompareTo((other.Day, other.Writer, other.Part));

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Day.ToString(DayFormat, CultureInfo.InvariantCulture)}.{Writer}.{Part}{Suffix}");

    private static bool TryParse(string text, out ArchiveFileName name)
    {
        name = default;
        if (text.Split('.') is not [var dayText, var writerText, var partText, _]
            || !DateOnly.TryParseExact(dayText, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            || !int.TryParse(writerText, NumberStyles.None, CultureInfo.InvariantCulture, out var writer)
            || !int.TryParse(partText, NumberStyles.None, CultureInfo.InvariantCulture, out var part))
        {
            return false;
        }

        name = new ArchiveFileName(day, writer, part);
        return true;
    }
}
