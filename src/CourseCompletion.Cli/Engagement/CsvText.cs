using System.Buffers;

namespace CourseCompletion.Cli.Engagement;

/// <summary>Writes RFC 4180 records, with a line feed after each.</summary>
internal static class CsvText
{
    private static readonly SearchValues<char> _needQuotes = SearchValues.Create(",\"\r\n");

    /// <summary>Writes one record.</summary>
    public static void WriteRecord(TextWriter text, IEnumerable<string> fields)
    {
        var isFirst = true;
        foreach (var field in fields)
        {
            if (!isFirst)
            {
                text.Write(',');
            }

            isFirst = false;
            if (field.AsSpan().ContainsAny(_needQuotes))
            {
                text.Write('"');
                text.Write(field.Replace("\"", "\"\"", StringComparison.Ordinal));
                text.Write('"');
            }
            else
            {
                text.Write(field);
            }
        }

        text.Write('\n');
    }
}
