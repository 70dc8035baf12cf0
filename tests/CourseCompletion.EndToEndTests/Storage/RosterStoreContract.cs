using System.Text;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using Xunit;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>What every roster store does with rows.</summary>
public abstract class RosterStoreContract(StoreUnderTest store) : StorageContract(store)
{
    private static readonly RosterKey _algebra = RosterKey.For(CourseKey.For(TenantId.Default, new CourseId("algebra")), 0);
    private static readonly RosterKey _algebraToo = RosterKey.For(CourseKey.For(TenantId.Default, new CourseId("algebra")), 1);
    private static readonly RosterKey _unusual = RosterKey.For(CourseKey.For(TenantId.Default, new CourseId("{a}/b|c")), 0);
    private static readonly RowVersion _second = new(1, 2, 1);

    [StoreFact]
    public async Task Read_NeverWritten_IsEmpty() => Assert.Empty(await RowsAsync(_algebra));

    [StoreFact]
    public async Task Write_Rows_AreReadBackPerShard()
    {
        await WriteAsync(_algebra, [Row("ada", "1"), Row("bob", "2")]);
        await WriteAsync(_algebraToo, [Row("cid", "3")]);
        await WriteAsync(_unusual, [Row("a/{b}|c:d ü", "4")]);

        Assert.Equal(["ada=1", "bob=2"], await RowsAsync(_algebra));
        Assert.Equal(["cid=3"], await RowsAsync(_algebraToo));
        Assert.Equal(["a/{b}|c:d ü=4"], await RowsAsync(_unusual));
    }

    [StoreFact]
    public async Task Write_SameLearnerAgain_ReplacesTheRow()
    {
        await WriteAsync(_algebra, [Row("ada", "a long first row"), Row("bob", "2")]);

        await WriteAsync(_algebra, [Row("ada", "new")]);

        Assert.Equal(["ada=new", "bob=2"], await RowsAsync(_algebra));
    }

    [StoreFact]
    public async Task Write_Deletes_RemoveThoseRowsOnly()
    {
        await WriteAsync(_algebra, [Row("ada", "1"), Row("bob", "2"), Row("cid", "3")]);

        await WriteAsync(_algebra, [Row("dan", "4")], "ada", "nobody");

        Assert.Equal(["bob=2", "cid=3", "dan=4"], await RowsAsync(_algebra));
        await WriteAsync(_algebra, [], "bob", "cid", "dan");
        Assert.Empty(await RowsAsync(_algebra));
    }

    [StoreFact]
    public async Task Write_OlderVersion_NeverReplacesANewerOne()
    {
        await Store.Rosters.WriteAsync(_algebra, [new(new LearnerId("ada"), new(1, 7, 2), Bytes("new"))], [], None);

        RowVersion[] older = [new(1, 6, 2), new(1, 7, 1), new(0, 900, 900), new(-1, 7, 2), new(1, 6, 1L << 40)];
        foreach (var version in older)
        {
            await Store.Rosters.WriteAsync(_algebra, [new(new LearnerId("ada"), version, Bytes("old")), new(new LearnerId("bob"), version, Bytes("alone"))], [], None);

            Assert.Equal(["ada=new", "bob=alone"], await RowsAsync(_algebra));
            await Store.Rosters.WriteAsync(_algebra, [], [new(new LearnerId("bob"), version)], None);
        }
    }

    [StoreFact]
    public async Task Write_RemovalOfAnOlderVersion_LeavesTheNewerRow()
    {
        await Store.Rosters.WriteAsync(_algebra, [new(new LearnerId("ada"), new(1, 7, 2), Bytes("new"))], [], None);

        await Store.Rosters.WriteAsync(_algebra, [], [new(new LearnerId("ada"), new(1, 6, 2)), new(new LearnerId("ada"), new(0, 900, 900))], None);

        Assert.Equal(["ada=new"], await RowsAsync(_algebra));
    }

    [StoreFact]
    public async Task Write_SameOrNewerVersion_ReplacesAndRemoves()
    {
        var ada = new LearnerId("ada");
        RowVersion[] newer = [new(1, 7, 2), new(1, 7, 3), new(1, 256, 1), new(1, 1L << 40, 0), new(2, 1, 1)];
        foreach (var version in newer)
        {
            await Store.Rosters.WriteAsync(_algebra, [new(ada, new(1, 7, 2), Bytes("stored"))], [], None);
            await Store.Rosters.WriteAsync(_algebra, [new(ada, version, Bytes("next"))], [], None);

            var row = Assert.Single(await ReadAsync(_algebra));
            Assert.Equal((version, "next"), (row.Version, Encoding.UTF8.GetString(row.Payload.Span)));
            await Store.Rosters.WriteAsync(_algebra, [], [new(ada, version)], None);
            Assert.Empty(await RowsAsync(_algebra));
        }
    }

    [StoreFact]
    public async Task Write_Nothing_IsHarmless()
    {
        await WriteAsync(_algebra, []);

        Assert.Empty(await RowsAsync(_algebra));
    }

    [StoreFact]
    public async Task Write_AnyBytes_AreReadAsTheyWere()
    {
        byte[] payload = [.. Enumerable.Range(0, 1024).Select(value => (byte)value)];

        await Store.Rosters.WriteAsync(_algebra, [new(new LearnerId("ada"), _second, payload), new(new LearnerId("bob"), _second, ReadOnlyMemory<byte>.Empty)], [], None);

        var rows = new Dictionary<string, byte[]>();
        await foreach (var row in Store.Rosters.ReadAsync(_algebra, None))
            rows.Add(row.Learner.Value, row.Payload.ToArray());

        Assert.Equal(payload, rows["ada"]);
        Assert.Empty(rows["bob"]);
    }

    [StoreFact]
    public async Task Write_ThousandsOfRows_AreAllReadOnceAlsoAfterAReopen()
    {
        var rows = Enumerable.Range(0, 5_000).Select(number => Row($"learner-{number:d5}", new string('x', 200))).ToArray();
        await WriteAsync(_algebra, rows);
        await WriteAsync(_algebra, [], [.. Enumerable.Range(0, 1_500).Select(number => $"learner-{number:d5}")]);

        await Store.ReopenAsync();

        var read = await RowsAsync(_algebra);
        Assert.Equal(rows.Skip(1_500).Select(row => $"{row.Learner}={new string('x', 200)}"), read);
    }

    private static StoredRosterRow Row(string learner, string payload) => new(new LearnerId(learner), _second, Bytes(payload));

    private ValueTask WriteAsync(RosterKey roster, StoredRosterRow[] upserts, params string[] deletes) =>
        Store.Rosters.WriteAsync(roster, upserts, [.. deletes.Select(learner => new RosterRowRemoval(new LearnerId(learner), _second))], None);

    private async Task<string[]> RowsAsync(RosterKey roster) =>
        [.. (await ReadAsync(roster)).Select(row => $"{row.Learner}={Encoding.UTF8.GetString(row.Payload.Span)}").Order(StringComparer.Ordinal)];

    private async Task<List<StoredRosterRow>> ReadAsync(RosterKey roster)
    {
        var rows = new List<StoredRosterRow>();
        await foreach (var row in Store.Rosters.ReadAsync(roster, None))
            rows.Add(row);

        return rows;
    }
}
