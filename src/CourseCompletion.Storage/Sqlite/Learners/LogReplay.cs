using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Storage.Sqlite.Commits;

namespace CourseCompletion.Storage.Sqlite.Learners;

/// <summary>Reads the log back into memory at start; its length is bounded by the window, so a start takes well under a second.</summary>
internal static class LogReplay
{
    private const string ReadSql = "SELECT commit_no, body FROM log ORDER BY commit_no";

    /// <summary>Replays all commits and returns the number of the last one; 0 for a new store.</summary>
    /// <exception cref="StoreCorruptException">A commit is damaged or missing.</exception>
    public static long Run(SqliteDatabase database, JournalWindow window)
    {
        var last = 0L;
        using var rows = database.Use(ReadSql);
        while (rows.Step())
        {
            var number = rows.Integer(0);
            if (last != 0 && number != last + 1)
            {
                throw new StoreCorruptException($"Commits {last + 1} to {number - 1} are missing from the log.");
            }

            Replay(number, rows.Blob(1), window);
            last = number;
        }

        return last;
    }

    private static void Replay(long number, ReadOnlySpan<byte> record, JournalWindow window)
    {
        var chunk = new LogChunk(record.Length);
        record.CopyTo(chunk.Bytes);
        var reader = new LogReader(chunk.Bytes, number);
        lock (window.Gate)
        {
            window.Log.Add(number, reader.CommittedAt, record.Length);
            while (reader.Read())
            {
                var entry = window.EntryOf(LearnerKey.Parse(reader.Learner));
                switch (reader.Kind)
                {
                    case LogBuffer.AppendEntry:
                        ReplayAppend(number, entry, reader, chunk, window);
                        break;
                    case LogBuffer.AcknowledgeEntry:
                        window.Marks.Remove(entry, reader.Targets[0], reader.Sequence);
                        break;
                    case LogBuffer.CarryEntry:
                        window.StartAgain(entry, reader.Sequence, reader.TrimmedThrough);
                        break;
                    default:
                        ReplayTrim(entry, reader, window);
                        break;
                }
            }
        }
    }

    private static void ReplayAppend(long number, LearnerEntry entry, in LogReader reader, LogChunk chunk, JournalWindow window)
    {
        if (!entry.HeadKnown)
        {
            entry.SetHead(reader.Sequence - 1, reader.TrimmedThrough);
            entry.FromLog = true;
        }

        if (reader.Sequence != entry.Head + 1)
        {
            throw new StoreCorruptException($"The log has frame {reader.Sequence} of learner {entry.Learner} behind frame {entry.Head}.");
        }

        entry.Add(reader.Sequence, LogBuffer.Adopt(chunk, reader.PayloadOffset, reader.PayloadBytes));
        entry.TakeBackProposals();
        window.MarkDirty(entry);
        foreach (var target in reader.Targets)
        {
            window.Marks.Raise(entry, target, reader.Sequence, reader.CommittedAt, number);
        }
    }

    private static void ReplayTrim(LearnerEntry entry, in LogReader reader, JournalWindow window)
    {
        if (entry.HeadKnown)
        {
            entry.TrimTo(reader.TrimmedThrough);
            entry.TakeBackProposals();
        }
        else
        {
            entry.SetHead(reader.Sequence, reader.TrimmedThrough);
            entry.FromLog = true;
        }

        window.MarkDirty(entry);
    }
}
