using CourseCompletion.Storage;
using CourseCompletion.Storage.Sqlite;
using CourseCompletion.Storage.Witness;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using static CourseCompletion.EndToEndTests.Storage.SqliteDirectory;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>A store that is not what its witness saw is refused, and accepted only in a higher incarnation.</summary>
public sealed class SqliteWitnessTests : IDisposable
{
    private readonly SqliteDirectory _directory = new();

    [Fact]
    public async Task Open_NothingHappened_KeepsIdAndIncarnation()
    {
        var id = await _directory.MakeStoreAsync();

        await using var store = await _directory.OpenAsync();

        Assert.Equal((id, 1L), (store.StoreId, store.Incarnation));
        Assert.False(Read().StoppedCleanly);
        Assert.Equal(Frames(1, 3), await FramesAsync(store, Learner("ada")));
    }

    [Fact]
    public async Task Open_StoreDeleted_IsRefusedUntilAccepted()
    {
        var id = await _directory.MakeStoreAsync();
        File.Delete(_directory.Store);

        var refused = await _directory.RefusedAsync(StoreRefusal.Deleted);
        Assert.Contains("Storage:AcceptStore=true", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_directory.Store), "A refused start must leave everything as it was.");

        await using var store = await _directory.OpenAcceptedAsync();
        Assert.NotEqual(id, store.StoreId);
        Assert.Equal(2, store.Incarnation);
        Assert.Empty(await FramesAsync(store, Learner("ada")));
    }

    [Fact]
    public async Task Open_StoreEmptied_IsRefused()
    {
        await _directory.MakeStoreAsync();
        File.WriteAllBytes(_directory.Store, []);

        await _directory.RefusedAsync(StoreRefusal.Deleted);
    }

    [Fact]
    public async Task Open_StoreCutInHalf_IsRefusedAlsoWhenAccepting()
    {
        await _directory.MakeStoreAsync();
        using (var file = File.OpenWrite(_directory.Store))
            file.SetLength(file.Length / 2);

        await _directory.RefusedAsync(StoreRefusal.Damaged);
        Assert.Equal(StoreRefusal.Damaged, (await Assert.ThrowsAsync<StoreRefusedException>(_directory.OpenAcceptedAsync)).Reason);
    }

    [Fact]
    public async Task Open_OlderCopy_IsRefusedUntilAccepted()
    {
        await _directory.MakeStoreAsync();
        var backup = File.ReadAllBytes(_directory.Store);
        await using (var store = await _directory.OpenAsync())
            await AppendAsync(store, Learner("ada"), 4, 5);

        File.WriteAllBytes(_directory.Store, backup);

        await _directory.RefusedAsync(StoreRefusal.Older);
        await using (var store = await _directory.OpenAcceptedAsync())
        {
            Assert.Equal(2, store.Incarnation);
            Assert.Equal(Frames(1, 3), await FramesAsync(store, Learner("ada")));
        }

        await using (var store = await _directory.OpenAsync())
            Assert.Equal(2, store.Incarnation);
    }

    [Fact]
    public async Task Open_OlderCopyAcceptedTwice_TheIncarnationNeverRepeats()
    {
        await _directory.MakeStoreAsync();
        var backup = File.ReadAllBytes(_directory.Store);
        for (var incarnation = 2; incarnation < 5; incarnation++)
        {
            await using (var store = await _directory.OpenAsync())
                await AppendAsync(store, Learner("bob"), 1, 2);

            File.WriteAllBytes(_directory.Store, backup);
            await using var accepted = await _directory.OpenAcceptedAsync();
            Assert.Equal(incarnation, accepted.Incarnation);
        }
    }

    [Fact]
    public async Task Open_WriteAheadLogLeftBehind_IsRefused()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var live = await _directory.OpenAsync(time: clock);
        await AppendAsync(live, Learner("ada"), 1, 3);
        await WitnessSawAsync(clock, commit: 3);

        using var copy = _directory.Copy();
        File.Delete(copy.Store + "-wal");

        Assert.Contains(
            (await Assert.ThrowsAsync<StoreRefusedException>(() => copy.OpenAsync())).Reason, new[] { StoreRefusal.Older, StoreRefusal.Deleted, StoreRefusal.Damaged });
    }

    [Theory]
    [InlineData(true, 1L << 20, 4096, false)]
    [InlineData(false, 1L << 20, 0, true)]
    [InlineData(false, 1L << 40, 0, false)]
    [InlineData(false, 1L << 40, 4096, true)]
    public void IsToBeSearched_AfterACrash_SmallFilesAndThoseWithAWriteAheadLog(bool stoppedCleanly, long fileBytes, long logBytes, bool expected) =>
        Assert.Equal(expected, OpenedFile.IsToBeSearched(new StoreWitness(default, 1, 1, stoppedCleanly), fileBytes, logBytes));

    [Fact]
    public async Task Open_BackupBesideALeftoverWriteAheadLog_IsRefusedUntilTheLogIsRemoved()
    {
        await _directory.MakeStoreAsync(frames: 200);
        var backup = File.ReadAllBytes(_directory.Store);
        await using (var store = await _directory.OpenAsync())
        {
            await store.RetireAsync(default);
            await AppendAsync(store, Learner("bob"), 1, 200);
        }

        await using var live = await _directory.OpenAsync();
        await AppendAsync(live, Learner("cid"), 1, 3);
        using var crashed = _directory.Copy();
        File.WriteAllBytes(crashed.Store, backup);

        Assert.Contains((await Assert.ThrowsAsync<StoreRefusedException>(() => crashed.OpenAsync())).Reason, new[] { StoreRefusal.Damaged, StoreRefusal.Older });

        // As the manual says.
        File.WriteAllBytes(crashed.Store, backup);
        File.Delete(crashed.Store + "-wal");
        File.Delete(crashed.Store + "-shm");
        await using var restored = await crashed.OpenAcceptedAsync();
        Assert.Equal(Frames(1, 200), await FramesAsync(restored, Learner("ada")));
    }

    [Fact]
    public async Task Open_StoreOfAnotherDirectory_IsRefusedUntilAccepted()
    {
        await _directory.MakeStoreAsync();
        using var other = new SqliteDirectory();
        var id = await other.MakeStoreAsync(frames: 9);
        File.Copy(other.Store, _directory.Store, overwrite: true);

        await _directory.RefusedAsync(StoreRefusal.Foreign);
        await using var store = await _directory.OpenAcceptedAsync();
        Assert.Equal((id, 2L), (store.StoreId, store.Incarnation));
    }

    [Fact]
    public async Task Open_WitnessDeleted_IsRefusedUntilAccepted()
    {
        await _directory.MakeStoreAsync();
        File.Delete(_directory.Witness);

        await _directory.RefusedAsync(StoreRefusal.WitnessMissing);
        await using var store = await _directory.OpenAcceptedAsync();
        Assert.True(store.Incarnation > 1);
        Assert.Equal(Frames(1, 3), await FramesAsync(store, Learner("ada")));
    }

    [Fact]
    public async Task Open_WitnessUnreadable_IsRefused()
    {
        await _directory.MakeStoreAsync();
        File.WriteAllText(_directory.Witness, "{ \"storeId\": ");

        await _directory.RefusedAsync(StoreRefusal.Damaged);
    }

    [Theory]
    [InlineData("UPDATE meta SET value='x' WHERE name='store_id'")]
    [InlineData("UPDATE meta SET value='' WHERE name='partition_count'")]
    [InlineData("UPDATE meta SET value='-1' WHERE name='incarnation'")]
    [InlineData("DELETE FROM meta WHERE name='incarnation'")]
    public async Task Open_MetaIsDamaged_IsRefused(string damage)
    {
        await _directory.MakeStoreAsync();
        _directory.Execute(damage);

        await _directory.RefusedAsync(StoreRefusal.Damaged);
    }

    [Fact]
    public async Task Open_StoreOfALaterLayout_IsRefused()
    {
        await _directory.MakeStoreAsync();
        _directory.Execute("PRAGMA user_version=99; CREATE TABLE later(x); INSERT INTO later VALUES(1)");

        var refused = await _directory.RefusedAsync(StoreRefusal.UnknownVersion);
        Assert.Contains("99", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Witness_EachSecond_SeesTheLastCommit()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var store = await _directory.OpenAsync(time: clock);
        await AppendAsync(store, Learner("ada"), 1, 3);
        Assert.Equal(0, Read().Commit);

        await WitnessSawAsync(clock, commit: 3);

        Assert.False(Read().StoppedCleanly);
        await store.StopAsync();
        Assert.Equal(new StoreWitness(store.StoreId, 1, 3, true), Read());
    }

    public void Dispose() => _directory.Dispose();

    private StoreWitness Read() => new WitnessFile(_directory.Path).Read()!;

    private async Task WitnessSawAsync(FakeTimeProvider clock, long commit)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (Read().Commit < commit)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(deadline) < TimeSpan.FromSeconds(10), $"The witness did not see commit {commit} in time.");
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10);
        }
    }
}
