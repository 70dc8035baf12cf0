using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CourseCompletion.Storage.Sqlite.Learners;

/// <summary>The learners' rows: retired frames, several a row, by learner and first sequence.</summary>
/// <remarks>
/// The newest row says the head and the trim. A row's frames are a length and the bytes each; the row may hold some that were trimmed, and after a crash some that
/// the row before holds too.
/// </remarks>
internal static class TailRows
{
    private const string HeadSql = "SELECT last, trimmed FROM tail WHERE learner=?1 ORDER BY first DESC LIMIT 1";
    private const string FramesSql = "SELECT first, last, trimmed, sum, frames FROM tail WHERE learner=?1 AND last>?2 ORDER BY first";
    private const string InsertSql = "INSERT OR REPLACE INTO tail(learner, first, last, trimmed, sum, frames) VALUES(?1, ?2, ?3, ?4, ?5, ?6)";
    private const string DeleteTrimmedSql = "DELETE FROM tail WHERE learner=?1 AND last<=?2";
    private const string DeleteFromSql = "DELETE FROM tail WHERE learner=?1 AND first>=?2";

    /// <summary>The head and trim that a learner's rows say; zeros for a learner without rows.</summary>
    public static (long Head, long TrimmedThrough) ReadHead(SqliteDatabase database, LearnerKey learner)
    {
        try
        {
            using var statement = database.Use(HeadSql);
            return statement.Bind(1, learner.Value).Step() ? (statement.Integer(0), statement.Integer(1)) : (0, 0);
        }
        catch (SqliteException damage) when (damage.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB)
        {
            throw new StoreCorruptException($"The rows of learner {learner} cannot be read: {damage.Message}", damage);
        }
    }

    /// <summary>Reads the frames behind a sequence from the learner's rows, with the head and trim that they say.</summary>
    /// <remarks>Frames that are missing between rows end the list early, which shows when it is joined with what is in memory.</remarks>
    /// <exception cref="StoreCorruptException">A row is damaged.</exception>
    public static (long Head, long TrimmedThrough) ReadFrames(SqliteDatabase database, LearnerKey learner, long afterSequence, List<JournalFrame> frames)
    {
        database.BeginRead();
        try
        {
            var (head, trimmed) = ReadHead(database, learner);
            var next = Math.Max(afterSequence, trimmed) + 1;
            using var rows = database.Use(FramesSql);
            rows.Bind(1, learner.Value).Bind(2, next - 1);
            while (rows.Step())
            {
                var (first, last) = (rows.Integer(0), rows.Integer(1));
                var bytes = rows.Blob(4);
                if (RowChecksum.Of(learner.Value, [], bytes, first, last ^ (rows.Integer(2) << 1)) != rows.Integer(3))
                {
                    throw new StoreCorruptException($"Frames {first} to {last} of learner {learner} are damaged: their checksum does not fit.");
                }

                Decode(learner, bytes.ToArray(), first, last, ref next, frames);
            }

            return (head, trimmed);
        }
        finally
        {
            database.Rollback();
        }
    }

    /// <summary>Verifies the checksum of the row that a statement over the table's columns, in order, stands on.</summary>
    public static bool IsIntact(SqliteStatement row) =>
        RowChecksum.Of(row.Text(0), [], row.Blob(5), row.Integer(1), row.Integer(2) ^ (row.Integer(3) << 1)) == row.Integer(4);

    public static void DeleteTrimmed(SqliteDatabase database, LearnerKey learner, long throughSequence)
    {
        using var statement = database.Use(DeleteTrimmedSql);
        statement.Bind(1, learner.Value).Bind(2, throughSequence).Run();
    }

    public static void DeleteFrom(SqliteDatabase database, LearnerKey learner, long firstSequence)
    {
        using var statement = database.Use(DeleteFromSql);
        statement.Bind(1, learner.Value).Bind(2, firstSequence).Run();
    }

    public static void Insert(SqliteDatabase database, LearnerKey learner, TailRow row, ReadOnlySpan<byte> frames)
    {
        using var statement = database.Use(InsertSql);
        statement.Bind(1, learner.Value).Bind(2, row.First).Bind(3, row.Last).Bind(4, row.TrimmedThrough)
            .Bind(5, RowChecksum.Of(learner.Value, [], frames, row.First, row.Last ^ (row.TrimmedThrough << 1)))
            .Bind(6, frames).Run();
    }

    /// <summary>Adds the frames of a row from the sequence <paramref name="next"/> on, which ends behind the last one.</summary>
    public static void Decode(LearnerKey learner, byte[] bytes, long first, long last, ref long next, List<JournalFrame> frames)
    {
        var position = 0;
        for (var sequence = first; sequence <= last; sequence++)
        {
            if (!Varint.TryReadLength(bytes, ref position, out var length))
            {
                throw new StoreCorruptException($"Frame {sequence} of learner {learner} cannot be read, although its checksum fits.");
            }

            if (sequence == next)
            {
                frames.Add(new JournalFrame(sequence, bytes.AsMemory(position, length)));
                next++;
            }

            position += length;
        }
    }
}

/// <summary>A row's place in a learner's journal.</summary>
internal readonly record struct TailRow(long First, long Last, long TrimmedThrough);
