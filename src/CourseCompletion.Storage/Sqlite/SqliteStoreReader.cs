using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Storage.Reading;
using CourseCompletion.Storage.Sqlite.Commits;
using CourseCompletion.Storage.Sqlite.Grains;
using CourseCompletion.Storage.Sqlite.Learners;

namespace CourseCompletion.Storage.Sqlite;

/// <summary>Reads the embedded store's journals and courses from its file, also while a process serves it.</summary>
/// <remarks>
/// The write-ahead log lets any number of processes read beside the one that writes. The log is read first and learners' rows after it: what leaves the log meanwhile is in the rows
/// by then, or in the archive, which is read last. Rows are read page by page, so that no checkpoint has to wait for the whole export.
/// </remarks>
internal static class SqliteStoreReader
{
    private const string LogSql = "SELECT commit_no, body FROM log ORDER BY commit_no";
    private const string TailSql = "SELECT learner, first, last, trimmed, sum, frames, id FROM tail WHERE id>?1 ORDER BY id LIMIT 500";
    private const string CoursesSql = "SELECT state, grain, etag, sum, payload FROM snapshot WHERE state='course'";

    /// <summary>Reads the store in a data directory.</summary>
    public static async Task ReadAsync(string dataDirectory, IStoreReceiver receiver, IProgress<VerificationProgress>? progress, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Path.GetFullPath(dataDirectory), StoreSchema.FileName);
        if (!File.Exists(path))
        {
            throw new StoreRefusedException(StoreRefusal.Deleted, $"There is no store {path}: name the data directory of an embedded store.");
        }

        using var readers = new ReaderPool(path, readersMax: 1);
        try
        {
            await readers.ReadAsync(
                database =>
                {
                    OpenedFile.RequireKnownLayout(database, path);
                    return ReadLog(database, receiver, progress, cancellationToken);
                },
                cancellationToken).ConfigureAwait(false);
            var read = 0L;
            for (long? last = 0; last is { } after;)
            {
                (last, var frames) = await readers.ReadAsync(database => ReadRows(database, after, receiver), cancellationToken).ConfigureAwait(false);
                read += frames;
                progress?.Report(new("learners' rows", read));
            }

            await readers.ReadAsync(database => ReadCourses(database, receiver, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await readers.CloseAsync().ConfigureAwait(false);
        }
    }

    private static long ReadLog(SqliteDatabase database, IStoreReceiver receiver, IProgress<VerificationProgress>? progress, CancellationToken cancellationToken)
    {
        var read = 0L;
        using var rows = database.Use(LogSql);
        while (rows.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var record = rows.Blob(1);
            var reader = new LogReader(record, rows.Integer(0));
            while (reader.Read())
            {
                if (reader.Kind == LogBuffer.AppendEntry)
                {
                    receiver.Stored(LearnerKey.Parse(reader.Learner), new(reader.Sequence, record.Slice(reader.PayloadOffset, reader.PayloadBytes).ToArray()));
                    progress?.Report(new("log", ++read));
                }
            }
        }

        return read;
    }

    // The last row's id, or null behind the last row; and how many frames were read.
    private static (long? Last, int Frames) ReadRows(SqliteDatabase database, long after, IStoreReceiver receiver)
    {
        long? last = null;
        var frames = new List<JournalFrame>();
        var read = 0;
        using var rows = database.Use(TailSql);
        rows.Bind(1, after);
        while (rows.Step())
        {
            var learner = LearnerKey.Parse(rows.Text(0));
            var (first, through) = (rows.Integer(1), rows.Integer(2));
            if (!TailRows.IsIntact(rows))
            {
                throw new StoreCorruptException($"Frames {first} to {through} of learner {learner} are damaged: their checksum does not fit.");
            }

            frames.Clear();
            var next = first;
            TailRows.Decode(learner, rows.Blob(5).ToArray(), first, through, ref next, frames);
            foreach (var frame in frames)
            {
                receiver.Stored(learner, frame);
            }

            read += frames.Count;
            last = rows.Integer(6);
        }

        return (last, read);
    }

    private static int ReadCourses(SqliteDatabase database, IStoreReceiver receiver, CancellationToken cancellationToken)
    {
        var read = 0;
        using var rows = database.Use(CoursesSql);
        while (rows.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!SnapshotRows.IsIntact(rows))
            {
                receiver.Damaged($"The definition of {rows.Text(1)} is damaged: its checksum does not fit.");
            }
            else if (rows.Blob(4).Length > 0)
            {
                receiver.Course(CourseCodec.Decode(rows.Blob(4)).Course);
                read++;
            }
        }

        return read;
    }
}
