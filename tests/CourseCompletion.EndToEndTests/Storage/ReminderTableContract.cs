using Xunit;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>What every reminder table does.</summary>
public abstract class ReminderTableContract(StoreUnderTest store) : StorageContract(store)
{
    private static readonly GrainId _scheduler = GrainId.Create("scheduler", "0");
    private static readonly GrainId _other = GrainId.Create("scheduler", "1");
    private static readonly DateTime _start = new(2026, 3, 1, 12, 30, 15, 250, DateTimeKind.Utc);

    private IReminderTable Table => Store.Reminders;

    [StoreFact]
    public async Task ReadRow_NeverWritten_IsNull()
    {
        Assert.Null(await Table.ReadRow(_scheduler, "tick"));
        Assert.Empty((await Table.ReadRows(_scheduler)).Reminders);
    }

    [StoreFact]
    public async Task UpsertRow_New_IsReadBack()
    {
        var etag = await UpsertAsync(Entry(_scheduler, "tick", TimeSpan.FromMinutes(1)));

        var row = await Table.ReadRow(_scheduler, "tick");
        Assert.NotNull(row);
        Assert.Equal((_scheduler, "tick", _start, TimeSpan.FromMinutes(1), etag), (row.GrainId, row.ReminderName, row.StartAt, row.Period, row.ETag));
        Assert.Equal(DateTimeKind.Utc, row.StartAt.Kind);
    }

    [StoreFact]
    public async Task UpsertRow_Again_ReplacesTheRowAndItsETag()
    {
        var first = await UpsertAsync(Entry(_scheduler, "tick", TimeSpan.FromMinutes(1)));
        var second = await UpsertAsync(Entry(_scheduler, "tick", TimeSpan.FromMinutes(2)));

        Assert.NotEqual(first, second);
        var row = Assert.Single((await Table.ReadRows(_scheduler)).Reminders);
        Assert.Equal((TimeSpan.FromMinutes(2), second), (row.Period, row.ETag));
    }

    [StoreFact]
    public async Task ReadRows_OfAGrain_GivesItsRemindersOnly()
    {
        await UpsertAsync(Entry(_scheduler, "tick"));
        await UpsertAsync(Entry(_scheduler, "tock"));
        await UpsertAsync(Entry(_other, "tick"));

        Assert.Equal(["tick", "tock"], (await Table.ReadRows(_scheduler)).Reminders.Select(row => row.ReminderName).Order());
    }

    [StoreFact]
    public async Task RemoveRow_StaleETag_LeavesTheRow()
    {
        var stale = await UpsertAsync(Entry(_scheduler, "tick"));
        await UpsertAsync(Entry(_scheduler, "tick"));

        Assert.False(await Table.RemoveRow(_scheduler, "tick", stale));

        Assert.NotNull(await Table.ReadRow(_scheduler, "tick"));
    }

    [StoreFact]
    public async Task RemoveRow_CurrentETag_RemovesThatRowOnly()
    {
        var etag = await UpsertAsync(Entry(_scheduler, "tick"));
        await UpsertAsync(Entry(_scheduler, "tock"));
        await UpsertAsync(Entry(_other, "tick"));

        Assert.True(await Table.RemoveRow(_scheduler, "tick", etag));

        Assert.Null(await Table.ReadRow(_scheduler, "tick"));
        Assert.NotNull(await Table.ReadRow(_scheduler, "tock"));
        Assert.NotNull(await Table.ReadRow(_other, "tick"));
        Assert.False(await Table.RemoveRow(_scheduler, "tick", etag));
    }

    [StoreFact]
    public async Task ReadRows_OfARange_BeginIsOutsideAndEndInside()
    {
        var hashes = await WriteFiftyAsync();

        Assert.Equal(hashes[11..31], await HashesAsync(hashes[10], hashes[30]));
        Assert.Empty(await HashesAsync(hashes[10], hashes[11] - 1));
        Assert.Equal([hashes[11]], await HashesAsync(hashes[11] - 1, hashes[11]));
    }

    [StoreFact]
    public async Task ReadRows_OfARangeThatWraps_GivesBothEnds()
    {
        var hashes = await WriteFiftyAsync();

        Assert.Equal(hashes[..6].Concat(hashes[41..]), await HashesAsync(hashes[40], hashes[5]));
        Assert.Equal(hashes, await HashesAsync(0, uint.MaxValue));
        Assert.Equal(hashes, await HashesAsync(0, 0));
        Assert.Equal(hashes, await HashesAsync(hashes[20], hashes[20]));
    }

    [StoreFact]
    public async Task Reopen_RemindersAreThere()
    {
        var etag = await UpsertAsync(Entry(_scheduler, "tick"));

        await Store.ReopenAsync();

        Assert.Equal(etag, (await Table.ReadRow(_scheduler, "tick"))?.ETag);
    }

    private static ReminderEntry Entry(GrainId grain, string name, TimeSpan? period = null) =>
        new() { GrainId = grain, ReminderName = name, StartAt = _start, Period = period ?? TimeSpan.FromMinutes(1) };

    private async Task<string> UpsertAsync(ReminderEntry entry)
    {
        var etag = await Table.UpsertRow(entry);
        Assert.NotNull(etag);
        return etag;
    }

    private async Task<uint[]> WriteFiftyAsync()
    {
        var grains = Enumerable.Range(0, 50).Select(number => GrainId.Create("scheduler", $"shard-{number}")).ToArray();
        foreach (var grain in grains)
            await UpsertAsync(Entry(grain, "tick"));

        return [.. grains.Select(grain => grain.GetUniformHashCode()).Order()];
    }

    private async Task<uint[]> HashesAsync(uint begin, uint end) =>
        [.. (await Table.ReadRows(begin, end)).Reminders.Select(row => row.GrainId.GetUniformHashCode()).Order()];
}
