using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Storage;
using CourseCompletion.Storage.Sqlite;
using Xunit;
using static CourseCompletion.EndToEndTests.Storage.SqliteDirectory;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>Damaged rows are noticed when they are read, and by a verification; they are never served.</summary>
public sealed class SqliteDamageTests : IDisposable
{
    private static readonly RosterKey _roster = RosterKey.For(CourseKey.For(TenantId.Default, new CourseId("algebra")), 0);
    private static readonly GrainId _grain = GrainId.Create("learner", "default/ada");
    private static readonly DedupeSegmentId _segment = new("phone", 20_000);

    private readonly SqliteDirectory _directory = new();

    [Theory]
    [InlineData("UPDATE tail SET frames=CAST(x'076672616D652058' AS BLOB) || substr(frames, 9)", "tail")]
    [InlineData("UPDATE tail SET last=last+1", "tail")]
    [InlineData("UPDATE tail SET learner='default/bob'", "tail")]
    [InlineData("UPDATE dedupe SET ids=zeroblob(length(ids))", "dedupe")]
    [InlineData("UPDATE dedupe SET day=day+1", "dedupe")]
    [InlineData("UPDATE reminder SET period=period+1", "reminder")]
    public async Task Damage_ARow_IsNoticedOnReadAndByAVerification(string damage, string table)
    {
        await MakeStoreAsync();
        _directory.Execute(damage);

        await using var store = await _directory.OpenAsync();

        var verification = await store.VerifyAllAsync(null, default);
        Assert.Contains(verification.Damages, found => found.Contains(table, StringComparison.Ordinal));
        await Assert.ThrowsAsync<StoreCorruptException>(async () =>
        {
            foreach (var id in new[] { "ada", "bob" })
            {
                await store.Journal.ReadTailAsync(Learner(id), 0, default);
                for (var day = 0; day < 2; day++)
                    await store.Journal.ReadSegmentAsync(Learner(id), _segment with { Day = _segment.Day + day }, default);
            }

            await store.Reminders.ReadRows(0, 0);
        });
    }

    [Theory]
    [InlineData("UPDATE snapshot SET payload=x'010203'")]
    [InlineData("UPDATE snapshot SET payload=x''")]
    public async Task Damage_ASnapshot_IsReadAsNothingThatACodecAcceptsAndCanBeWrittenOver(string damage)
    {
        await MakeStoreAsync();
        _directory.Execute(damage);
        await using var store = await _directory.OpenAsync();
        var state = new GrainState<StoredPayload>();

        await store.Snapshots.ReadStateAsync("state", _grain, state);

        Assert.True(state.RecordExists);
        Assert.Single(state.State!.Bytes.ToArray());
        Assert.Contains((await store.VerifyAllAsync(null, default)).Damages, found => found.Contains("snapshot", StringComparison.Ordinal));
        state.State.Bytes = new byte[] { 8, 8, 8 };
        await store.Snapshots.WriteStateAsync("state", _grain, state);
        await store.Snapshots.ReadStateAsync("state", _grain, state);
        Assert.Equal(new byte[] { 8, 8, 8 }, state.State.Bytes.ToArray());
    }

    [Theory]
    [InlineData("UPDATE roster SET row=x'00' WHERE learner='ada'")]
    [InlineData("UPDATE roster SET row=substr(row, 1, length(row)-1) || x'FF' WHERE learner='ada'")]
    [InlineData("UPDATE roster SET sum=sum+1 WHERE learner='ada'")]
    public async Task Damage_ARosterRow_IsMarkedAndTheOthersAreReadAndItCanBeWrittenOver(string damage)
    {
        await MakeStoreAsync();
        _directory.Execute(damage);
        await using var store = await _directory.OpenAsync();

        Assert.Equal(["ada damaged", "bob"], await RowsAsync(store));
        Assert.Contains((await store.VerifyAllAsync(null, default)).Damages, found => found.Contains("roster", StringComparison.Ordinal));

        await store.Rosters.WriteAsync(_roster, [new(new LearnerId("ada"), new(1, 1, 1), new byte[] { 1, 2, 3 })], [], default);
        Assert.Equal(["ada", "bob"], await RowsAsync(store));
    }

    [Fact]
    public async Task Damage_RowsMissing_AreNoticedAsAGap()
    {
        await using (var store = await _directory.OpenAsync())
        {
            for (var sequence = 1; sequence <= 3; sequence++)
            {
                await AppendAsync(store, Learner("ada"), sequence, sequence);
                await store.RetireAsync(default);
            }
        }

        _directory.Execute("DELETE FROM tail WHERE first=2");

        await using var damaged = await _directory.OpenAsync();
        var failure = await Assert.ThrowsAsync<StoreCorruptException>(() => FramesAsync(damaged, Learner("ada")));
        Assert.Contains("2", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE log SET body=substr(body, 1, 20) || x'FF' || substr(body, 22) WHERE commit_no=1")]
    [InlineData("DELETE FROM log WHERE commit_no=2")]
    [InlineData("UPDATE log SET commit_no=commit_no+10")]
    public async Task Damage_TheLog_IsRefusedAtStart(string damage)
    {
        // Commit 2 has no entry of its own in the log: that it is missing shows in its number alone.
        await using (var store = await _directory.OpenAsync())
        {
            await AppendAsync(store, Learner("ada"), 1, 1);
            await store.Rosters.WriteAsync(_roster, [new(new LearnerId("ada"), new(1, 1, 1), new byte[] { 1, 2, 3 })], [], default);
            await AppendAsync(store, Learner("ada"), 2, 2);
        }

        _directory.Execute(damage);

        await _directory.RefusedAsync(StoreRefusal.Damaged);
    }

    [Fact]
    public async Task Damage_ThePagesOfTheFile_AreRefusedOrNoticed()
    {
        await MakeStoreAsync();
        using (var file = File.Open(_directory.Store, FileMode.Open))
        {
            file.Position = 4096 * 2;
            file.Write(new byte[4096]);
        }

        // After a clean stop the file's structure is not searched at start, so the damage may be found by the start or by the verification.
        try
        {
            await using var store = await _directory.OpenAsync();
            Assert.NotEmpty((await store.VerifyAllAsync(null, default)).Damages);
        }
        catch (StoreRefusedException refused)
        {
            Assert.Equal(StoreRefusal.Damaged, refused.Reason);
        }
    }

    public void Dispose() => _directory.Dispose();

    private static async Task<string[]> RowsAsync(SqliteStore store)
    {
        var rows = new List<string>();
        await foreach (var row in store.Rosters.ReadAsync(_roster, default))
            rows.Add(row.IsDamaged ? $"{row.Learner} damaged" : row.Learner.Value);

        return [.. rows];
    }

    private async Task MakeStoreAsync()
    {
        await using var store = await _directory.OpenAsync();
        await AppendAsync(store, Learner("ada"), 1, 3);
        await store.Journal.SealAsync(new DedupeSeal(Learner("ada"), 3, [new(_segment, [1, 2, 3])], []), default);
        await store.Rosters.WriteAsync(
            _roster, [new(new LearnerId("ada"), new(1, 1, 1), new byte[] { 1, 2, 3 }), new(new LearnerId("bob"), new(1, 1, 1), new byte[] { 4 })], [], default);
        await store.Snapshots.WriteStateAsync("state", _grain, new GrainState<StoredPayload>(new StoredPayload { Bytes = new byte[] { 9, 9, 9 } }));
        await store.Reminders.UpsertRow(new ReminderEntry
        {
            GrainId = _grain,
            ReminderName = "tick",
            StartAt = DateTime.UnixEpoch,
            Period = TimeSpan.FromMinutes(1),
        });
        await store.RetireAsync(default);
    }
}
