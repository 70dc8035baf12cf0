using System.Buffers.Binary;
using System.Runtime.InteropServices;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Storage.Sqlite.Learners;

/// <summary>The sealed identities: one row for each seal of a source's day, so that a seal never rewrites what was sealed before.</summary>
internal static class DedupeRows
{
    private const int IdBytes = 16;

    private const string InsertSql =
        "INSERT OR REPLACE INTO dedupe(learner, source, day, through_sequence, sum, ids) VALUES(?1, ?2, ?3, ?4, ?5, ?6)";

    private const string DeleteSql = "DELETE FROM dedupe WHERE learner=?1 AND source=?2 AND day=?3";
    private const string ReadSql = "SELECT through_sequence, sum, ids FROM dedupe WHERE learner=?1 AND source=?2 AND day=?3 ORDER BY through_sequence";

    public static void Write(SqliteDatabase database, LearnerKey learner, DedupeSegmentId segment, long throughSequence, UInt128[] ids)
    {
        var bytes = new byte[ids.Length * IdBytes];
        for (var i = 0; i < ids.Length; i++)
        {
            BinaryPrimitives.WriteUInt128LittleEndian(bytes.AsSpan(i * IdBytes), ids[i]);
        }

        using var statement = database.Use(InsertSql);
        statement.Bind(1, learner.Value).Bind(2, segment.Source).Bind(3, segment.Day).Bind(4, throughSequence)
            .Bind(5, RowChecksum.Of(learner.Value, segment.Source, bytes, segment.Day, throughSequence))
            .Bind(6, bytes).Run();
    }

    public static void Delete(SqliteDatabase database, LearnerKey learner, DedupeSegmentId segment)
    {
        using var statement = database.Use(DeleteSql);
        statement.Bind(1, learner.Value).Bind(2, segment.Source).Bind(3, segment.Day).Run();
    }

    /// <summary>Reads all parts of a segment; each identity once.</summary>
    /// <exception cref="StoreCorruptException">A part is damaged.</exception>
    public static UInt128[] Read(SqliteDatabase database, LearnerKey learner, DedupeSegmentId segment)
    {
        var ids = new List<UInt128>();
        var parts = 0;
        using var rows = database.Use(ReadSql);
        rows.Bind(1, learner.Value).Bind(2, segment.Source).Bind(3, segment.Day);
        while (rows.Step())
        {
            var bytes = rows.Blob(2);
            if (RowChecksum.Of(learner.Value, segment.Source, bytes, segment.Day, rows.Integer(0)) != rows.Integer(1))
            {
                throw new StoreCorruptException(
                    $"The event identities of learner {learner}, source '{segment.Source}', day {segment.Day} are damaged: their checksum does not fit.");
            }

            Decode(bytes, ids);
            parts++;
        }

        // A crash between two seals repeats identities under another cut.
        return parts > 1 ? [.. ids.Distinct()] : [.. ids];
    }

    /// <summary>Verifies the checksum of the row that a statement over the table's columns, in order, stands on.</summary>
    public static bool IsIntact(SqliteStatement row) =>
        RowChecksum.Of(row.Text(0), row.Text(1), row.Blob(5), row.Integer(2), row.Integer(3)) == row.Integer(4);

    private static void Decode(ReadOnlySpan<byte> bytes, List<UInt128> ids)
    {
        var start = ids.Count;
        CollectionsMarshal.SetCount(ids, start + (bytes.Length / IdBytes));
        var added = CollectionsMarshal.AsSpan(ids)[start..];
        for (var i = 0; i < added.Length; i++)
        {
            added[i] = BinaryPrimitives.ReadUInt128LittleEndian(bytes[(i * IdBytes)..]);
        }
    }
}
