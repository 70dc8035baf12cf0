using CourseCompletion.Domain.Stores;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CourseCompletion.Storage.Sqlite;

/// <summary>One connection to the store's file with its prepared statements; used by one caller at a time.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly sqlite3 _handle;

    // Statement texts are constants, so their identity names them.
    private readonly Dictionary<object, SqliteStatement> _statements = new(ReferenceEqualityComparer.Instance);

    private SqliteDatabase(SqliteConnection connection)
    {
        _connection = connection;
        _handle = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
    }

    /// <summary>Whether a transaction is open.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>Rows changed by the statement that ran last.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    /// <summary>Opens the connection that writes. A store that does not exist is created only when <paramref name="create"/> is set.</summary>
    public static SqliteDatabase OpenWriter(string path, bool create)
    {
        var database = Open(path, create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite);
        try
        {
            // The page size holds for a new file only. Checkpoints are the checkpointer's business, so that no commit has to wait for a long one.
            database.Execute("PRAGMA page_size=4096");
            if (database.QueryTexts("PRAGMA journal_mode=WAL") is not ["wal"])
            {
                throw new StoreUnavailableException($"The file system of {path} does not support SQLite's write-ahead log; use a local disk.");
            }

            database.Execute("PRAGMA synchronous=FULL");
            database.Execute("PRAGMA wal_autocheckpoint=0");
            database.Execute("PRAGMA journal_size_limit=67108864");
            database.Execute("PRAGMA cache_size=-16384");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Opens a connection that only reads.</summary>
    public static SqliteDatabase OpenReader(string path)
    {
        var database = Open(path, SqliteOpenMode.ReadOnly);
        database.Execute("PRAGMA cache_size=-2048");
        return database;
    }

    /// <summary>Opens a connection that only moves pages from the write-ahead log into the file.</summary>
    public static SqliteDatabase OpenCheckpointer(string path)
    {
        var database = Open(path, SqliteOpenMode.ReadWrite);
        database.Execute("PRAGMA synchronous=FULL");
        database.Execute("PRAGMA wal_autocheckpoint=0");
        return database;
    }

    /// <summary>The prepared statement of a constant text, made when first asked for.</summary>
    public SqliteStatement Use(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            statement = Prepare(sql);
            _statements.Add(sql, statement);
        }

        return statement;
    }

    /// <summary>Runs a statement that is not worth keeping.</summary>
    public void Execute(string sql)
    {
        var statement = Prepare(sql);
        try
        {
            statement.Run();
        }
        finally
        {
            statement.Close();
        }
    }

    /// <summary>The first column of the first row.</summary>
    public long QueryInteger(string sql)
    {
        var statement = Prepare(sql);
        try
        {
            return statement.Step() ? statement.Integer(0) : 0;
        }
        finally
        {
            statement.Close();
        }
    }

    /// <summary>The first column of every row, as text.</summary>
    public List<string> QueryTexts(string sql)
    {
        var statement = Prepare(sql);
        try
        {
            var texts = new List<string>();
            while (statement.Step())
            {
                texts.Add(statement.Text(0));
            }

            return texts;
        }
        finally
        {
            statement.Close();
        }
    }

    public void BeginWrite() => Use("BEGIN IMMEDIATE").Run();

    /// <summary>Starts a read whose statements all see the same commit.</summary>
    public void BeginRead() => Use("BEGIN").Run();

    public void Commit() => Use("COMMIT").Run();

    /// <summary>Undoes the open transaction; nothing happens when SQLite has already done so.</summary>
    public void Rollback()
    {
        if (InTransaction)
        {
            Use("ROLLBACK").Run();
        }
    }

    /// <summary>Moves pages of the write-ahead log into the file; true when no page is left in the log.</summary>
    public bool Checkpoint(int mode)
    {
        var result = raw.sqlite3_wal_checkpoint_v2(_handle, null, mode, out var pagesInLog, out var pagesMoved);
        if (result is not (raw.SQLITE_OK or raw.SQLITE_BUSY or raw.SQLITE_LOCKED))
        {
            throw new SqliteException(raw.sqlite3_errmsg(_handle).utf8_to_string(), result & 0xFF, result);
        }

        return result == raw.SQLITE_OK && pagesInLog == pagesMoved;
    }

    /// <summary>Pages that this connection has written to the write-ahead log since it was opened or last asked.</summary>
    public int TakePagesWritten()
    {
        _ = raw.sqlite3_db_status(_handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 1);
        return pages;
    }

    public void BusyTimeout(int milliseconds) => _ = raw.sqlite3_busy_timeout(_handle, milliseconds);

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Close();
        }

        _statements.Clear();
        _connection.Dispose();
    }

    private static SqliteDatabase Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        try
        {
            connection.Open();
            var database = new SqliteDatabase(connection);
            database.BusyTimeout(2000);
            database.Execute("PRAGMA cell_size_check=ON");
            database.Execute("PRAGMA trusted_schema=OFF");
            database.Execute("PRAGMA temp_store=MEMORY");
            return database;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private SqliteStatement Prepare(string sql)
    {
        var result = raw.sqlite3_prepare_v2(_handle, sql, out var statement);
        return result == raw.SQLITE_OK
            ? new SqliteStatement(_handle, statement)
            : throw new SqliteException(raw.sqlite3_errmsg(_handle).utf8_to_string(), result & 0xFF, result);
    }
}
