using System.Text;

namespace CourseCompletion.Cli.Engagement;

/// <summary>Reads RFC 4180 records, and goes on after malformed ones.</summary>
/// <remarks>
/// A quote that is never closed would swallow the rest of a file. Here it makes its own line malformed, and reading goes on with the
/// next line, once <see cref="RecordCharsMax"/> were read in vain.
/// </remarks>
internal sealed class CsvReader(TextReader text)
{
    /// <summary>The longest record: no field of an event comes near it.</summary>
    public const int RecordCharsMax = 64 * 1024;

    private readonly LineReader _text = new(text, RecordCharsMax);
    private readonly LinkedList<Line> _unread = new();
    private readonly StringBuilder _field = new();
    private long _lines;

    /// <summary>Reads the next record; false at the end. Empty lines are skipped.</summary>
    public bool TryRead(out CsvRecord record)
    {
        while (Next() is { } line)
        {
            if (line.Text is "" or "\r")
            {
                continue;
            }

            record = line.IsTooLong
                ? new(line.Number, [], $"the line is longer than {RecordCharsMax} characters")
                : Parse(line);
            return true;
        }

        record = default;
        return false;
    }

    private CsvRecord Parse(Line first)
    {
        if (EndsInsideQuotes(first.Text, false) is false)
        {
            return Split(first.Number, first.Text);
        }

        var more = new List<Line>();
        var whole = new StringBuilder(first.Text);
        var inside = true;
        while (inside && whole.Length <= RecordCharsMax && Next() is { } line)
        {
            more.Add(line);
            whole.Append('\n').Append(line.Text);
            inside = EndsInsideQuotes(line.Text, inside);
        }

        if (!inside && whole.Length <= RecordCharsMax)
        {
            return Split(first.Number, whole.ToString());
        }

        for (var i = more.Count - 1; i >= 0; i--)
        {
            _unread.AddFirst(more[i]);
        }

        return new(first.Number, [], "a quote is not closed");
    }

    private CsvRecord Split(long number, string record)
    {
        var fields = new List<string>(16);
        var rest = record.AsSpan();
        if (rest[^1] == '\r')
        {
            rest = rest[..^1];
        }

        while (true)
        {
            if (rest.Length == 0 || rest[0] != '"')
            {
                var end = rest.IndexOf(',');
                fields.Add((end < 0 ? rest : rest[..end]).ToString());
                if (end < 0)
                {
                    return new(number, fields, null);
                }

                rest = rest[(end + 1)..];
                continue;
            }

            rest = Unquote(rest[1..]);
            fields.Add(_field.ToString());
            if (rest.Length == 0)
            {
                return new(number, fields, null);
            }

            if (rest[0] != ',')
            {
                return new(number, [], $"text follows the closing quote of field {fields.Count}");
            }

            rest = rest[1..];
        }
    }

    private ReadOnlySpan<char> Unquote(ReadOnlySpan<char> rest)
    {
        _field.Clear();
        while (true)
        {
            var quote = rest.IndexOf('"');
            if (quote < 0)
            {
                _field.Append(rest);
                return [];
            }

            _field.Append(rest[..quote]);
            rest = rest[(quote + 1)..];
            if (rest.Length == 0 || rest[0] != '"')
            {
                return rest;
            }

            _field.Append('"');
            rest = rest[1..];
        }
    }

    // A quote opens a field only where that begins: elsewhere it is a character like any other.
    private static bool EndsInsideQuotes(string line, bool inside)
    {
        var begins = !inside;
        for (var at = 0; at < line.Length; at++)
        {
            if (line[at] == '"' && inside)
            {
                var isEscaped = at + 1 < line.Length && line[at + 1] == '"';
                at += isEscaped ? 1 : 0;
                inside = isEscaped;
            }
            else if (!inside)
            {
                inside = line[at] == '"' && begins;
                begins = line[at] == ',';
            }
        }

        return inside;
    }

    private Line? Next()
    {
        if (_unread.First is { } first)
        {
            _unread.RemoveFirst();
            return first.Value;
        }

        return _text.TryRead(out var line, out var isTooLong) ? new(++_lines, line, isTooLong) : null;
    }

    private sealed record Line(long Number, string Text, bool IsTooLong);
}
