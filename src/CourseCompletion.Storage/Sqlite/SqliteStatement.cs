using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CourseCompletion.Storage.Sqlite;

/// <summary>A prepared statement of one connection, used by one caller at a time; disposing it makes it ready for the next use.</summary>
/// <remarks>
/// Written on SQLite's own interface because the provider's commands take whole byte arrays only: the log's buffers are slices, and copying them once more is most
/// of what an append would cost.
/// </remarks>
internal sealed class SqliteStatement(sqlite3 database, sqlite3_stmt statement) : IDisposable
{
    private const int KeyBytesOnStackMax = 512;

    public SqliteStatement Bind(int index, long value)
    {
        Check(raw.sqlite3_bind_int64(statement, index, value));
        return this;
    }

    public SqliteStatement Bind(int index, string value)
    {
        var bytesMax = Encoding.UTF8.GetMaxByteCount(value.Length);
        var rented = bytesMax > KeyBytesOnStackMax ? ArrayPool<byte>.Shared.Rent(bytesMax) : null;
        var buffer = rented ?? stackalloc byte[KeyBytesOnStackMax];
        Check(raw.sqlite3_bind_text(statement, index, (ReadOnlySpan<byte>)buffer[..Encoding.UTF8.GetBytes(value, buffer)]));
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return this;
    }

    public SqliteStatement Bind(int index, ReadOnlySpan<byte> value)
    {
        // An empty span has no address, and SQLite reads a blob without one as NULL.
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(statement, index, 0) : raw.sqlite3_bind_blob(statement, index, value));
        return this;
    }

    /// <summary>Moves to the next row; false when there is none.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(statement);
        if (result == raw.SQLITE_ROW)
        {
            return true;
        }

        if (result != raw.SQLITE_DONE)
        {
            throw Failure(result);
        }

        return false;
    }

    /// <summary>Runs a statement that returns no rows, and makes it ready to be bound again.</summary>
    public void Run()
    {
        while (Step())
        {
        }

        Check(raw.sqlite3_reset(statement));
    }

    public bool IsInteger(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_INTEGER;

    public long Integer(int column) => raw.sqlite3_column_int64(statement, column);

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    /// <summary>The bytes of a column, valid until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(statement, column);

    /// <summary>Ends the use; a failure was already reported by the step that caused it.</summary>
    public void Dispose() => _ = raw.sqlite3_reset(statement);

    public void Close() => statement.Dispose();

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            throw Failure(result);
        }
    }

    private SqliteException Failure(int result) =>
        new(raw.sqlite3_errmsg(database).utf8_to_string(), result & 0xFF, raw.sqlite3_extended_errcode(database));
}
