using System.Globalization;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Storage.Sqlite.Grains;

/// <summary>Orleans reminders, one row each; times and periods in ticks of 100 ns.</summary>
internal static class ReminderRows
{
    private const string Columns = "SELECT grain, name, hash, start, period, etag, sum FROM reminder ";
    private const string ReadSql = Columns + "WHERE grain=?1 AND name=?2";
    private const string ReadGrainSql = Columns + "WHERE grain=?1";
    private const string ReadRangeSql = Columns + "WHERE hash>?1 AND hash<=?2";
    private const string ReadWrappedRangeSql = Columns + "WHERE hash>?1 OR hash<=?2";
    private const string UpsertSql = "INSERT OR REPLACE INTO reminder(grain, name, hash, start, period, etag, sum) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    private const string DeleteSql = "DELETE FROM reminder WHERE grain=?1 AND name=?2 AND etag=?3";

    public static ReminderEntry? Read(SqliteDatabase database, GrainId grain, string name)
    {
        using var rows = database.Use(ReadSql);
        return Entries(rows.Bind(1, grain.ToString()).Bind(2, name)).SingleOrDefault();
    }

    public static List<ReminderEntry> Read(SqliteDatabase database, GrainId grain)
    {
        using var rows = database.Use(ReadGrainSql);
        return Entries(rows.Bind(1, grain.ToString()));
    }

    /// <summary>Reads the reminders whose grains' hashes lie behind <paramref name="begin"/> up to <paramref name="end"/> on the ring; all when both are equal.</summary>
    public static List<ReminderEntry> Read(SqliteDatabase database, uint begin, uint end)
    {
        using var rows = database.Use(begin < end ? ReadRangeSql : ReadWrappedRangeSql);
        return Entries(rows.Bind(1, begin).Bind(2, end));
    }

    public static void Write(SqliteDatabase database, ReminderEntry entry, long etag)
    {
        var (grain, start, period) = (entry.GrainId.ToString(), entry.StartAt.ToUniversalTime().Ticks, entry.Period.Ticks);
        using var statement = database.Use(UpsertSql);
        statement.Bind(1, grain).Bind(2, entry.ReminderName).Bind(3, entry.GrainId.GetUniformHashCode()).Bind(4, start).Bind(5, period).Bind(6, etag)
            .Bind(7, Checksum(grain, entry.ReminderName, start, period, etag)).Run();
    }

    public static bool TryDelete(SqliteDatabase database, GrainId grain, string name, long etag)
    {
        using var statement = database.Use(DeleteSql);
        statement.Bind(1, grain.ToString()).Bind(2, name).Bind(3, etag).Run();
        return database.Changes == 1;
    }

    /// <summary>Verifies the checksum of the row that a statement over the table's columns, in order, stands on.</summary>
    public static bool IsIntact(SqliteStatement row) =>
        Checksum(row.Text(0), row.Text(1), row.Integer(3), row.Integer(4), row.Integer(5)) == row.Integer(6);

    private static long Checksum(string grain, string name, long start, long period, long etag) =>
        RowChecksum.Of(grain, name, BitConverter.GetBytes(period), start, etag);

    private static List<ReminderEntry> Entries(SqliteStatement rows)
    {
        var entries = new List<ReminderEntry>();
        while (rows.Step())
        {
            if (!IsIntact(rows))
            {
                throw new StoreCorruptException($"Reminder '{rows.Text(1)}' of grain {rows.Text(0)} is damaged: its checksum does not fit.");
            }

            entries.Add(new ReminderEntry
            {
                GrainId = GrainId.Parse(rows.Text(0)),
                ReminderName = rows.Text(1),
                StartAt = new DateTime(rows.Integer(3), DateTimeKind.Utc),
                Period = new TimeSpan(rows.Integer(4)),
                ETag = rows.Integer(5).ToString(CultureInfo.InvariantCulture),
            });
        }

        return entries;
    }
}
