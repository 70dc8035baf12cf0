using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace CourseCompletion.Cli.Engagement;

/// <summary>Reads and writes instants such as <c>2014-06-11T12:00:00Z</c>, exact to the nanosecond.</summary>
internal static class Rfc3339
{
    private const string ToTheSecond = "yyyy-MM-dd'T'HH:mm:ss";

    /// <summary>Writes an instant in UTC with no, three, six or nine digits after the second.</summary>
    public static string Format(Timestamp instant)
    {
        var text = DateTime.UnixEpoch.AddSeconds(instant.Seconds).ToString(ToTheSecond, CultureInfo.InvariantCulture);
        return instant.Nanos switch
        {
            0 => text + "Z",
            var nanos when nanos % 1_000_000 == 0 => $"{text}.{nanos / 1_000_000:000}Z",
            var nanos when nanos % 1_000 == 0 => $"{text}.{nanos / 1_000:000000}Z",
            var nanos => $"{text}.{nanos:000000000}Z",
        };
    }

    /// <summary>Reads an instant with its offset from UTC.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Timestamp instant)
    {
        instant = null!;
        if (!TryParseSeconds(text, out var local))
        {
            return false;
        }

        var rest = text[19..];
        var nanos = 0;
        if (rest is ['.', ..])
        {
            var digits = rest[1..].IndexOfAnyExceptInRange('0', '9');
            if (digits is < 1 or > 9)
            {
                return false;
            }

            nanos = int.Parse(rest.Slice(1, digits), NumberStyles.None, CultureInfo.InvariantCulture);
            for (var i = digits; i < 9; i++)
            {
                nanos *= 10;
            }

            rest = rest[(digits + 1)..];
        }

        if (!TryParseOffset(rest, out var offset))
        {
            return false;
        }

        instant = new() { Seconds = (long)(local - DateTime.UnixEpoch).TotalSeconds - (offset * 60L), Nanos = nanos };
        return true;
    }

    /// <summary>Reads an instant without an offset, as <c>2014-06-14T09:38:29</c>, and takes it for UTC.</summary>
    public static bool TryParseWithoutOffset(ReadOnlySpan<char> text, out Timestamp instant)
    {
        instant = null!;
        if (text.Length != 19 || !TryParseSeconds(text, out var utc))
        {
            return false;
        }

        instant = new() { Seconds = (long)(utc - DateTime.UnixEpoch).TotalSeconds };
        return true;
    }

    private static bool TryParseSeconds(ReadOnlySpan<char> text, out DateTime local)
    {
        local = default;
        if (text.Length < 19 || text[10] is not ('T' or 't' or ' '))
        {
            return false;
        }

        Span<char> normal = stackalloc char[19];
        text[..19].CopyTo(normal);
        normal[10] = 'T';
        return DateTime.TryParseExact(
            normal, ToTheSecond, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out local);
    }

    private static bool TryParseOffset(ReadOnlySpan<char> text, out int minutes)
    {
        minutes = 0;
        if (text is "Z" or "z")
        {
            return true;
        }

        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':'
            || !int.TryParse(text[1..3], NumberStyles.None, CultureInfo.InvariantCulture, out var hours) || hours > 23
            || !int.TryParse(text[4..], NumberStyles.None, CultureInfo.InvariantCulture, out minutes) || minutes > 59)
        {
            return false;
        }

        minutes = (text[0] == '-' ? -1 : 1) * ((hours * 60) + minutes);
        return true;
    }
}
