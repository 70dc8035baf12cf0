using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Storage.Sqlite.Commits;

namespace CourseCompletion.Storage.Sqlite.Learners;

/// <summary>The marks that outlived the commit that set them.</summary>
internal static class PendingRows
{
    private const string UpsertSql = "INSERT OR REPLACE INTO pending(learner, target, version, since, sum) VALUES(?1, ?2, ?3, ?4, ?5)";
    private const string DeleteSql = "DELETE FROM pending WHERE learner=?1 AND target=?2";
    private const string ReadSql = "SELECT learner, target, version, since, sum FROM pending ORDER BY since";

    public static void Write(SqliteDatabase database, PendingRow row)
    {
        var learner = row.Mark.Entry.Learner.Value;
        using var statement = database.Use(UpsertSql);
        statement.Bind(1, learner).Bind(2, row.Mark.Target).Bind(3, row.Version).Bind(4, row.Since)
            .Bind(5, RowChecksum.Of(learner, row.Mark.Target, [], row.Version, row.Since)).Run();
    }

    public static void Delete(SqliteDatabase database, PendingNode mark)
    {
        using var statement = database.Use(DeleteSql);
        statement.Bind(1, mark.Entry.Learner.Value).Bind(2, mark.Target).Run();
    }

    /// <summary>Loads all marks at start.</summary>
    /// <exception cref="StoreCorruptException">A row is damaged.</exception>
    public static void Load(SqliteDatabase database, JournalWindow window)
    {
        using var rows = database.Use(ReadSql);
        while (rows.Step())
        {
            if (!IsIntact(rows))
            {
                throw new StoreCorruptException($"The pending mark of learner {rows.Text(0)} is damaged: its checksum does not fit.");
            }

            window.Marks.Load(window.EntryOf(LearnerKey.Parse(rows.Text(0))), rows.Text(1), rows.Integer(2), rows.Integer(3));
        }
    }

    /// <summary>Verifies the checksum of the row that a statement over the table's columns, in order, stands on.</summary>
    public static bool IsIntact(SqliteStatement row) =>
        RowChecksum.Of(row.Text(0), row.Text(1), [], row.Integer(2), row.Integer(3)) == row.Integer(4);
}

/// <summary>Brings some rows of the pending table up to date.</summary>
internal sealed class PendingRowsRequest(IReadOnlyList<PendingNode> stale, IReadOnlyList<PendingRow> rows) : WriteRequest<bool>
{
    public override int Rows => stale.Count + rows.Count;

    public override void Apply(CommitTransaction transaction)
    {
        // Deleted first: a mark that was told and then set again has both.
        foreach (var mark in stale)
        {
            PendingRows.Delete(transaction.Database, mark);
        }

        foreach (var row in rows)
        {
            PendingRows.Write(transaction.Database, row);
        }

        transaction.MarkChanged();
    }

    public override void Publish(CommitTransaction transaction)
    {
        foreach (var row in rows)
        {
            transaction.Window.Marks.Wrote(row);
        }
    }
}

/// <summary>Deletes the oldest commits from the log, everything in them being in rows.</summary>
internal sealed class ForgetLogRequest(long throughCommit, long bytes) : WriteRequest<bool>
{
    private const string DeleteSql = "DELETE FROM log WHERE commit_no<=?1";
    private const int BytesPerRow = 4096;

    // Counted like row writes: a page that is freed costs about as much.
    public override int Rows => (int)(bytes / BytesPerRow);

    public override void Apply(CommitTransaction transaction)
    {
        using var statement = transaction.Database.Use(DeleteSql);
        statement.Bind(1, throughCommit).Run();
        transaction.MarkChanged();
    }

    public override void Publish(CommitTransaction transaction) => transaction.Window.Log.RemoveThrough(throughCommit);
}
