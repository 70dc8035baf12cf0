namespace CourseCompletion.Storage.Sqlite;

/// <summary>The layout of the store's file.</summary>
/// <remarks>
/// <c>log</c> holds the newest commits whole, one row each, so that a commit writes pages in sequence however many learners it touches. Once a commit has left
/// memory, its frames are in <c>tail</c> (several a row, by learner), its unacknowledged marks in <c>pending</c>. Every row carries a checksum. The rows of <c>tail</c>
/// lie in the order in which they were written and an index finds them: clustered by learner, each would have a page to itself rewritten.
/// </remarks>
internal static class StoreSchema
{
    public const string FileName = "coursecompletion.db";

    /// <summary>The layout that this release writes; kept in SQLite's <c>user_version</c>.</summary>
    public const int Version = 1;

    /// <summary>"CCst" in SQLite's <c>application_id</c>: the file is a CourseCompletion store.</summary>
    public const int ApplicationId = 0x43437374;

    public const int PartitionCount = 64;

    private static readonly string[] _tables =
    [
        "CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        "CREATE TABLE log(commit_no INTEGER PRIMARY KEY, body BLOB NOT NULL)",
        """
        CREATE TABLE tail(id INTEGER PRIMARY KEY, learner TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, trimmed INTEGER NOT NULL,
            sum INTEGER NOT NULL, frames BLOB NOT NULL, UNIQUE(learner, first))
        """,
        """
        CREATE TABLE pending(learner TEXT NOT NULL, target TEXT NOT NULL, version INTEGER NOT NULL, since INTEGER NOT NULL, sum INTEGER NOT NULL,
            PRIMARY KEY(learner, target)) WITHOUT ROWID
        """,
        """
        CREATE TABLE dedupe(learner TEXT NOT NULL, source TEXT NOT NULL, day INTEGER NOT NULL, through_sequence INTEGER NOT NULL, sum INTEGER NOT NULL,
            ids BLOB NOT NULL, PRIMARY KEY(learner, source, day, through_sequence)) WITHOUT ROWID
        """,
        """
        CREATE TABLE roster(shard TEXT NOT NULL, learner TEXT NOT NULL, sum INTEGER NOT NULL, row BLOB NOT NULL, PRIMARY KEY(shard, learner)) WITHOUT ROWID
        """,
        """
        CREATE TABLE snapshot(id INTEGER PRIMARY KEY, state TEXT NOT NULL, grain TEXT NOT NULL, etag INTEGER NOT NULL, sum INTEGER NOT NULL,
            payload BLOB NOT NULL, UNIQUE(state, grain))
        """,
        """
        CREATE TABLE reminder(grain TEXT NOT NULL, name TEXT NOT NULL, hash INTEGER NOT NULL, start INTEGER NOT NULL, period INTEGER NOT NULL,
            etag INTEGER NOT NULL, sum INTEGER NOT NULL, PRIMARY KEY(grain, name)) WITHOUT ROWID
        """,
        "CREATE INDEX reminder_hash ON reminder(hash)",
    ];

    /// <summary>Creates the tables of a new store.</summary>
    public static void Create(SqliteDatabase database, StoreMeta meta)
    {
        database.BeginWrite();
        foreach (var table in _tables)
        {
            database.Execute(table);
        }

        database.Execute($"PRAGMA application_id={ApplicationId}");
        database.Execute($"PRAGMA user_version={Version}");
        meta.Write(database);
        database.Commit();
    }
}
