using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Storage.Sqlite.Courses;

/// <summary>The rows of rosters, one a learner.</summary>
internal static class RosterRows
{
    private const string UpsertSql = "INSERT OR REPLACE INTO roster(shard, learner, sum, row) VALUES(?1, ?2, ?3, ?4)";
    private const string DeleteSql = "DELETE FROM roster WHERE shard=?1 AND learner=?2";
    private const string ReadSql = "SELECT shard, learner, sum, row FROM roster WHERE shard=?1 AND learner>?2 ORDER BY learner LIMIT ?3";

    public static void Write(SqliteDatabase database, RosterKey roster, IReadOnlyList<StoredRosterRow> rows)
    {
        using var statement = database.Use(UpsertSql);
        statement.Bind(1, roster.Value);
        for (var i = 0; i < rows.Count; i++)
        {
            var (learner, payload) = rows[i];
            statement.Bind(2, learner.Value).Bind(3, RowChecksum.Of(roster.Value, learner.Value, payload.Span)).Bind(4, payload.Span).Run();
        }
    }

    public static void Delete(SqliteDatabase database, RosterKey roster, IReadOnlyList<LearnerId> learners)
    {
        using var statement = database.Use(DeleteSql);
        statement.Bind(1, roster.Value);
        for (var i = 0; i < learners.Count; i++)
        {
            statement.Bind(2, learners[i].Value).Run();
        }
    }

    /// <summary>Reads rows in the order of their learners, behind one of them.</summary>
    /// <exception cref="StoreCorruptException">A row is damaged.</exception>
    public static List<StoredRosterRow> Read(SqliteDatabase database, RosterKey roster, string afterLearner, int limit)
    {
        var page = new List<StoredRosterRow>();
        using var rows = database.Use(ReadSql);
        rows.Bind(1, roster.Value).Bind(2, afterLearner).Bind(3, limit);
        while (rows.Step())
        {
            if (!IsIntact(rows))
            {
                throw new StoreCorruptException($"The row of learner '{rows.Text(1)}' in roster {roster} is damaged: its checksum does not fit.");
            }

            page.Add(new StoredRosterRow(new LearnerId(rows.Text(1)), rows.Blob(3).ToArray()));
        }

        return page;
    }

    /// <summary>Verifies the checksum of the row that a statement over the table's columns, in order, stands on.</summary>
    public static bool IsIntact(SqliteStatement row) => RowChecksum.Of(row.Text(0), row.Text(1), row.Blob(3)) == row.Integer(2);
}
