using CourseCompletion.Cli.Engagement;

namespace CourseCompletion.Cli.Comments;

/// <summary>Reads lines of fields with tabs between them. Quotes belong to the text, except around a whole field in which every other quote is doubled, as spreadsheets write it.</summary>
internal sealed class TabRecords(TextReader text)
{
    private readonly LineReader _lines = new(text, CsvReader.RecordCharsMax);

    /// <summary>The records; empty lines are skipped.</summary>
    public IEnumerable<CsvRecord> Read()
    {
        for (var number = 1L; _lines.TryRead(out var line, out var isTooLong); number++)
        {
            var content = line.TrimEnd('\r');
            if (isTooLong)
            {
                yield return new(number, [], $"the line is longer than {CsvReader.RecordCharsMax} characters");
            }
            else if (content.Length > 0)
            {
                yield return new(number, [.. content.Split('\t').Select(Unquote)], null);
            }
        }
    }

    private static string Unquote(string field)
    {
        if (field.Length < 2 || field[0] != '"' || field[^1] != '"')
        {
            return field;
        }

        var plain = field[1..^1].Replace("\"\"", "\0", StringComparison.Ordinal);
        return plain.Contains('"', StringComparison.Ordinal) ? field : plain.Replace('\0', '"');
    }
}
