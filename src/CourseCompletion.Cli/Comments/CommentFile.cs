using System.Globalization;
using CourseCompletion.Cli.Engagement;

namespace CourseCompletion.Cli.Comments;

/// <summary>Reads texts and their labels from a file of commas (RFC 4180) or tabs, compressed or not, with a header or without.</summary>
internal static class CommentFile
{
    /// <summary>Reads a file; malformed rows are counted in <paramref name="faults"/>.</summary>
    /// <exception cref="DataFormatException">The file does not exist, is damaged, or has no such column.</exception>
    public static IEnumerable<CommentRow> Read(string path, CommentColumns columns, RowFaults faults)
    {
        if (!File.Exists(path))
        {
            throw new DataFormatException($"{path} does not exist.");
        }

        var name = Path.GetFileName(path);
        int? width = null;
        (int Text, int Label)? at = columns.HasHeader ? null : (CommentColumns.NumberOf(columns.Text), CommentColumns.NumberOf(columns.Label));
        foreach (var record in RecordsOf(path))
        {
            if (record.Fault is { } fault)
            {
                faults.Add(name, record.Line, fault);
                continue;
            }

            width ??= record.Fields.Count;
            if (at is not { } places)
            {
                at = (CommentColumns.Find(columns.Text, record.Fields, name), CommentColumns.Find(columns.Label, record.Fields, name));
            }
            else if (Math.Max(places.Text, places.Label) >= record.Fields.Count)
            {
                faults.Add(name, record.Line, $"{record.Fields.Count} fields, but column {Math.Max(places.Text, places.Label) + 1} is asked for");
            }
            else if (record.Fields.Skip(width.Value).Any(field => field.Trim().Length > 0))
            {
                faults.Add(name, record.Line, $"{record.Fields.Count} fields, but the first row has {width}: put a text with separators in quotes");
            }
            else
            {
                yield return new(name, record.Line, record.Fields[places.Text], record.Fields[places.Label].Trim());
            }
        }
    }

    private static IEnumerable<CsvRecord> RecordsOf(string path)
    {
        using var text = DataFile.Open(path);
        var records = HasTabs(path) ? new TabRecords(text).Read() : CommaRecords(text);
        using var each = records.GetEnumerator();
        while (true)
        {
            try
            {
                if (!each.MoveNext())
                {
                    yield break;
                }
            }
            catch (InvalidDataException error)
            {
                throw DataFile.Damaged(path, error);
            }

            yield return each.Current;
        }
    }

    private static IEnumerable<CsvRecord> CommaRecords(TextReader text)
    {
        var reader = new CsvReader(text);
        while (reader.TryRead(out var record))
        {
            yield return record;
        }
    }

    // By the name; where it says nothing, by the first line.
    private static bool HasTabs(string path)
    {
        var name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        switch (Path.GetExtension(name).ToLowerInvariant())
        {
            case ".csv":
                return false;
            case ".tsv":
                return true;
        }

        try
        {
            using var text = DataFile.Open(path);
            return new LineReader(text, CsvReader.RecordCharsMax).TryRead(out var first, out _) && first.Contains('\t', StringComparison.Ordinal);
        }
        catch (InvalidDataException error)
        {
            throw DataFile.Damaged(path, error);
        }
    }
}

/// <summary>A text and its label, as the file has them.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Line">The line on which it begins, from 1.</param>
/// <param name="Text">The text.</param>
/// <param name="Label">The label, without blanks around it.</param>
internal readonly record struct CommentRow(string File, long Line, string Text, string Label);

/// <summary>The columns asked for: by name where the file has a header, by number from 1 where it has none.</summary>
/// <param name="Text">The texts' column.</param>
/// <param name="Label">The labels' column.</param>
internal sealed record CommentColumns(string Text, string Label)
{
    /// <summary>Whether the first row is a header: a column is asked for by its name.</summary>
    public bool HasHeader => NumberOf(Text) < 0 || NumberOf(Label) < 0;

    /// <summary>Where a column that was asked for by its number stands, from 0; -1 for a name.</summary>
    public static int NumberOf(string column) => int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number - 1 : -1;

    /// <summary>Where a column stands, from 0.</summary>
    /// <exception cref="DataFormatException">The header does not have it.</exception>
    public static int Find(string column, IReadOnlyList<string> header, string file)
    {
        for (var i = 0; i < header.Count; i++)
        {
            if (header[i].Trim().Equals(column, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return NumberOf(column) is >= 0 and var number
            ? number
            : throw new DataFormatException($"{file} has no column '{column}'. It has: {string.Join(", ", header)}. A file without a header needs numbers.");
    }
}
