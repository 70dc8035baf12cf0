using System.Globalization;
using CourseCompletion.Storage.Sqlite.Commits;

namespace CourseCompletion.Storage.Sqlite.Grains;

/// <summary>Orleans' reminder table on the embedded store.</summary>
internal sealed class SqliteReminderTable(WriteQueue queue, ReaderPool readers) : IReminderTable
{
    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) =>
        readers.ReadAsync(database => ReminderRows.Read(database, grainId, reminderName), CancellationToken.None);

    public Task<ReminderTableData> ReadRows(GrainId grainId) =>
        readers.ReadAsync(database => new ReminderTableData(ReminderRows.Read(database, grainId)), CancellationToken.None);

    public Task<ReminderTableData> ReadRows(uint begin, uint end) =>
        readers.ReadAsync(database => new ReminderTableData(ReminderRows.Read(database, begin, end)), CancellationToken.None);

    public async Task<string?> UpsertRow(ReminderEntry entry)
    {
        var request = new UpsertReminderRequest(entry);
        queue.Add(request);
        entry.ETag = (await request.Completion.ConfigureAwait(false)).ToString(CultureInfo.InvariantCulture);
        return entry.ETag;
    }

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag)
    {
        if (!long.TryParse(eTag, NumberStyles.None, CultureInfo.InvariantCulture, out var etag))
        {
            return Task.FromResult(false);
        }

        var request = new RemoveReminderRequest(grainId, reminderName, etag);
        queue.Add(request);
        return request.Completion;
    }

    public Task TestOnlyClearTable()
    {
        var request = new ClearRemindersRequest();
        queue.Add(request);
        return request.Completion;
    }
}

internal sealed class UpsertReminderRequest(ReminderEntry entry) : WriteRequest<long>
{
    public override void Apply(CommitTransaction transaction)
    {
        Outcome = transaction.NextETag();
        ReminderRows.Write(transaction.Database, entry, Outcome);
    }
}

internal sealed class RemoveReminderRequest(GrainId grain, string name, long etag) : WriteRequest<bool>
{
    public override void Apply(CommitTransaction transaction)
    {
        Outcome = ReminderRows.TryDelete(transaction.Database, grain, name, etag);
        if (Outcome)
        {
            transaction.MarkChanged();
        }
    }
}

internal sealed class ClearRemindersRequest : WriteRequest<bool>
{
    public override void Apply(CommitTransaction transaction)
    {
        transaction.Database.Execute("DELETE FROM reminder");
        transaction.MarkChanged();
    }
}
