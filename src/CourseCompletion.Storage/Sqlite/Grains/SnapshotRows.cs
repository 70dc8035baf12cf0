namespace CourseCompletion.Storage.Sqlite.Grains;

/// <summary>The stored grain states, one row each, guarded by their ETag.</summary>
internal static class SnapshotRows
{
    private const string ReadSql = "SELECT state, grain, etag, sum, payload FROM snapshot WHERE state=?1 AND grain=?2";
    private const string InsertSql =
        "INSERT INTO snapshot(state, grain, etag, sum, payload) VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT(state, grain) DO NOTHING";
    private const string UpdateSql = "UPDATE snapshot SET etag=?3, sum=?4, payload=?5 WHERE state=?1 AND grain=?2 AND etag=?6";
    private const string DeleteSql = "DELETE FROM snapshot WHERE state=?1 AND grain=?2 AND etag=?3";

    // Neither the damaged bytes, which a codec might half understand, nor nothing, which means that there is no state.
    private static readonly byte[] _payloadOfDamaged = [0];

    /// <summary>Reads a state; null when there is none. A damaged one has a payload that no codec accepts, and its ETag, so that it can be written over.</summary>
    /// <remarks>Orleans reads every state of a grain before the grain runs: a failure here would keep a learner from falling back to the other snapshot.</remarks>
    public static StoredSnapshot? Read(SqliteDatabase database, string state, string grain)
    {
        using var row = database.Use(ReadSql);
        if (!row.Bind(1, state).Bind(2, grain).Step())
        {
            return null;
        }

        return new StoredSnapshot(row.Integer(2), IsIntact(row) ? row.Blob(4).ToArray() : _payloadOfDamaged);
    }

    /// <summary>Writes a state if its ETag is the expected one (null: there is no row); false when it is not.</summary>
    public static bool TryWrite(SqliteDatabase database, string state, string grain, long? expectedETag, long etag, ReadOnlySpan<byte> payload)
    {
        using var statement = database.Use(expectedETag is null ? InsertSql : UpdateSql);
        statement.Bind(1, state).Bind(2, grain).Bind(3, etag).Bind(4, RowChecksum.Of(state, grain, payload, etag)).Bind(5, payload);
        if (expectedETag is { } expected)
        {
            statement.Bind(6, expected);
        }

        statement.Run();
        return database.Changes == 1;
    }

    /// <summary>Removes a state if its ETag is the expected one; false when it is not, or there is no row.</summary>
    public static bool TryDelete(SqliteDatabase database, string state, string grain, long expectedETag)
    {
        using var statement = database.Use(DeleteSql);
        statement.Bind(1, state).Bind(2, grain).Bind(3, expectedETag).Run();
        return database.Changes == 1;
    }

    /// <summary>Verifies the checksum of the row that a statement over the columns of <see cref="Read"/> stands on.</summary>
    public static bool IsIntact(SqliteStatement row) =>
        RowChecksum.Of(row.Text(0), row.Text(1), row.Blob(4), row.Integer(2)) == row.Integer(3);
}

/// <summary>A grain's state as stored.</summary>
internal sealed record StoredSnapshot(long ETag, byte[] Payload);
