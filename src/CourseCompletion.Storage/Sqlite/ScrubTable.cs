using System.Globalization;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Storage.Sqlite.Commits;
using CourseCompletion.Storage.Sqlite.Courses;
using CourseCompletion.Storage.Sqlite.Grains;
using CourseCompletion.Storage.Sqlite.Learners;

namespace CourseCompletion.Storage.Sqlite;

/// <summary>A table as the scrub sees it: rows in the order of their key, and a checksum.</summary>
/// <param name="Name">The table.</param>
/// <param name="Columns">The columns that the check needs, the key's first.</param>
/// <param name="KeyColumns">How many of the columns are the key.</param>
/// <param name="IsIntact">Compares the checksum of the row that a statement stands on.</param>
internal sealed record ScrubTable(string Name, string Columns, int KeyColumns, Func<SqliteStatement, bool> IsIntact)
{
    private readonly string _firstSql = $"SELECT {Columns} FROM {Name} ORDER BY {Key(Columns, KeyColumns)} LIMIT ?1";
    private readonly string _nextSql =
        $"SELECT {Columns} FROM {Name} WHERE ({Key(Columns, KeyColumns)}) > ({Parameters(KeyColumns)}) ORDER BY {Key(Columns, KeyColumns)} LIMIT ?1";

    /// <summary>Every table that holds what was stored.</summary>
    public static IReadOnlyList<ScrubTable> All { get; } =
    [
        new("log", "commit_no, body", 1, IsIntactCommit),
        new("tail", "learner, first, last, trimmed, sum, frames", 2, TailRows.IsIntact),
        new("pending", "learner, target, version, since, sum", 2, PendingRows.IsIntact),
        new("dedupe", "learner, source, day, through_sequence, sum, ids", 4, DedupeRows.IsIntact),
        new("roster", "shard, learner, sum, row", 2, RosterRows.IsIntact),
        new("snapshot", "state, grain, etag, sum, payload", 2, SnapshotRows.IsIntact),
        new("reminder", "grain, name, hash, start, period, etag, sum", 2, ReminderRows.IsIntact),
    ];

    /// <summary>Verifies a page of rows behind a key.</summary>
    public ScrubPage Read(SqliteDatabase database, object[]? after, int limit)
    {
        using var rows = database.Use(after is null ? _firstSql : _nextSql);
        rows.Bind(1, limit);
        for (var i = 0; after is not null && i < after.Length; i++)
        {
            _ = after[i] is long number ? rows.Bind(i + 2, number) : rows.Bind(i + 2, (string)after[i]);
        }

        var page = new ScrubPage();
        while (rows.Step())
        {
            page.Rows++;
            page.Last = KeyOf(rows);
            if (!IsIntact(rows))
            {
                var key = string.Join(", ", page.Last.Select(part => Convert.ToString(part, CultureInfo.InvariantCulture)));
                page.Damages.Add($"A row of table {Name} is damaged: its checksum does not fit. Key: {key}.");
            }
        }

        return page;
    }

    private static bool IsIntactCommit(SqliteStatement row)
    {
        try
        {
            _ = new LogReader(row.Blob(1), row.Integer(0));
            return true;
        }
        catch (StoreCorruptException)
        {
            return false;
        }
    }

    private static string Key(string columns, int count) => string.Join(", ", columns.Split(", ").Take(count));

    private static string Parameters(int count) =>
        string.Join(", ", Enumerable.Range(2, count).Select(number => "?" + number.ToString(CultureInfo.InvariantCulture)));

    private object[] KeyOf(SqliteStatement row)
    {
        var key = new object[KeyColumns];
        for (var i = 0; i < key.Length; i++)
        {
            key[i] = row.IsInteger(i) ? row.Integer(i) : row.Text(i);
        }

        return key;
    }
}

/// <summary>What a page of rows held.</summary>
internal sealed class ScrubPage
{
    public int Rows { get; set; }

    public object[] Last { get; set; } = [];

    public List<string> Damages { get; } = [];
}
