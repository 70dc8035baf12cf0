using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Storage.Courses;

namespace CourseCompletion.Storage.Sqlite.Courses;

/// <summary>The rows of rosters, one a learner: the version's bytes, then the payload.</summary>
internal static class RosterRows
{
    // The first 24 bytes of a row are its version; bytes compare as versions do.
    private const string UpsertSql =
        """
        INSERT INTO roster(shard, learner, sum, row) VALUES(?1, ?2, ?3, ?4)
        ON CONFLICT(shard, learner) DO UPDATE SET sum=excluded.sum, row=excluded.row WHERE substr(excluded.row, 1, 24)>=substr(roster.row, 1, 24)
        """;

    private const string DeleteSql = "DELETE FROM roster WHERE shard=?1 AND learner=?2 AND substr(row, 1, 24)<=?3";
    private const string ReadSql = "SELECT shard, learner, sum, row FROM roster WHERE shard=?1 AND learner>?2 ORDER BY learner LIMIT ?3";

    public static void Write(SqliteDatabase database, RosterKey roster, IReadOnlyList<StoredRosterRow> rows)
    {
        var buffer = new byte[RowVersionPrefix.Bytes + LongestPayload(rows)];
        using var statement = database.Use(UpsertSql);
        statement.Bind(1, roster.Value);
        for (var i = 0; i < rows.Count; i++)
        {
            var (learner, version, payload) = rows[i];
            RowVersionPrefix.Write(buffer, version);
            payload.Span.CopyTo(buffer.AsSpan(RowVersionPrefix.Bytes));
            ReadOnlySpan<byte> row = buffer.AsSpan(0, RowVersionPrefix.Bytes + payload.Length);
            statement.Bind(2, learner.Value).Bind(3, RowChecksum.Of(roster.Value, learner.Value, row)).Bind(4, row).Run();
        }
    }

    public static void Delete(SqliteDatabase database, RosterKey roster, IReadOnlyList<RosterRowRemoval> removals)
    {
        using var statement = database.Use(DeleteSql);
        statement.Bind(1, roster.Value);
        for (var i = 0; i < removals.Count; i++)
        {
            statement.Bind(2, removals[i].Learner.Value).Bind(3, RowVersionPrefix.Of(removals[i].Version)).Run();
        }
    }

    /// <summary>Reads rows in the order of their learners, behind one of them.</summary>
    public static List<StoredRosterRow> Read(SqliteDatabase database, RosterKey roster, string afterLearner, int limit)
    {
        var page = new List<StoredRosterRow>();
        using var rows = database.Use(ReadSql);
        rows.Bind(1, roster.Value).Bind(2, afterLearner).Bind(3, limit);
        while (rows.Step())
        {
            var learner = new LearnerId(rows.Text(1));
            var row = rows.Blob(3);
            page.Add(IsIntact(rows)
                ? new StoredRosterRow(learner, RowVersionPrefix.Read(row), row[RowVersionPrefix.Bytes..].ToArray())
                : StoredRosterRow.Damaged(learner));
        }

        return page;
    }

    /// <summary>Verifies the checksum of the row that a statement over the table's columns, in order, stands on.</summary>
    public static bool IsIntact(SqliteStatement row) =>
        row.Blob(3).Length >= RowVersionPrefix.Bytes && RowChecksum.Of(row.Text(0), row.Text(1), row.Blob(3)) == row.Integer(2);

    private static int LongestPayload(IReadOnlyList<StoredRosterRow> rows)
    {
        var longest = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            longest = Math.Max(longest, rows[i].Payload.Length);
        }

        return longest;
    }
}
