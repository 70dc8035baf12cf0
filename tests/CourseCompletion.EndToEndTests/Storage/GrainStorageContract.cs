using CourseCompletion.Domain.Stores;
using Orleans.Storage;
using Xunit;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>What every grain storage does with snapshots.</summary>
/// <remarks>
/// A read of a key that is not there answers 'no record' also to a grain that once wrote it: only the write is fenced. So a grain that knows its journal
/// must itself treat a missing snapshot as an alarm.
/// </remarks>
public abstract class GrainStorageContract(StoreUnderTest store) : StorageContract(store)
{
    private static readonly GrainId _ada = GrainId.Create("learner", "default/ada");
    private static readonly GrainId _bob = GrainId.Create("learner", "default/bob");

    [StoreFact]
    public async Task Read_NeverWritten_HasNoRecord()
    {
        var state = await ReadAsync(_ada);

        Assert.False(state.RecordExists);
        Assert.Null(state.ETag);
    }

    [StoreFact]
    public async Task Write_AnyBytes_AreReadAsTheyWere()
    {
        byte[] allBytes = [.. Enumerable.Range(0, 200_000).Select(value => (byte)(value * 7))];
        var written = await WriteNewAsync(_ada, allBytes);

        var read = await ReadAsync(_ada);

        Assert.True(read.RecordExists);
        Assert.Equal(written.ETag, read.ETag);
        Assert.True(Bytes(read).SequenceEqual(allBytes));
    }

    [StoreFact]
    public async Task Write_GrainsAndStates_AreKeptApart()
    {
        await WriteNewAsync(_ada, [1]);
        await WriteNewAsync(_bob, [2]);
        await WriteNewAsync(_ada, [3], "other");

        Assert.Equal([1], await BytesAsync(_ada));
        Assert.Equal([2], await BytesAsync(_bob));
        Assert.Equal([3], await BytesAsync(_ada, "other"));
    }

    [StoreFact]
    public async Task Write_CurrentETag_ReplacesTheState()
    {
        var state = await WriteNewAsync(_ada, [1]);
        var first = state.ETag;

        state.State = new StoredPayload { Bytes = new byte[] { 2, 2 } };
        await Storage.WriteStateAsync("state", _ada, state);

        Assert.NotEqual(first, state.ETag);
        var read = await ReadAsync(_ada);
        Assert.Equal(state.ETag, read.ETag);
        Assert.Equal([2, 2], Bytes(read));
    }

    [StoreFact]
    public async Task Write_StaleETag_IsRefused()
    {
        var stale = await WriteNewAsync(_ada, [1]);
        var current = await ReadAsync(_ada);
        current.State = new StoredPayload { Bytes = new byte[] { 2 } };
        await Storage.WriteStateAsync("state", _ada, current);

        stale.State = new StoredPayload { Bytes = new byte[] { 3 } };
        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync("state", _ada, stale));

        Assert.Equal([2], await BytesAsync(_ada));
    }

    [StoreFact]
    public async Task Write_AsNewOverAnExistingState_IsRefused()
    {
        await WriteNewAsync(_ada, [1]);

        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteNewAsync(_ada, [2]));

        Assert.Equal([1], await BytesAsync(_ada));
    }

    [StoreFact]
    public async Task Write_OldETagOfAMissingState_IsRefused()
    {
        var old = await WriteNewAsync(_ada, [1]);
        var clearing = await ReadAsync(_ada);
        await Storage.ClearStateAsync("state", _ada, clearing);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync("state", _ada, old));

        Assert.False((await ReadAsync(_ada)).RecordExists);
    }

    [StoreFact]
    public async Task Write_TwoAtOnce_ExactlyOneWins()
    {
        for (var round = 0; round < 20; round++)
        {
            var grain = GrainId.Create("learner", $"default/raced-{round}");
            var attempts = Enumerable.Range(0, 4).Select(writer => TryAsync(() => WriteNewAsync(grain, [(byte)writer]))).ToArray();

            Assert.Single(await Task.WhenAll(attempts), won => won);
        }
    }

    [StoreFact]
    public async Task Clear_CurrentETag_RemovesTheState()
    {
        var state = await WriteNewAsync(_ada, [1]);

        await Storage.ClearStateAsync("state", _ada, state);

        Assert.False(state.RecordExists);
        var read = await ReadAsync(_ada);
        Assert.False(read.RecordExists);
        Assert.Null(read.ETag);
    }

    [StoreFact]
    public async Task Clear_ThenWriteWithWhatClearLeft_StartsAnew()
    {
        var state = await WriteNewAsync(_ada, [1]);
        await Storage.ClearStateAsync("state", _ada, state);

        state.State = new StoredPayload { Bytes = new byte[] { 2 } };
        await Storage.WriteStateAsync("state", _ada, state);

        Assert.Equal([2], await BytesAsync(_ada));
    }

    [StoreFact]
    public async Task Clear_StaleETag_IsRefused()
    {
        var stale = await WriteNewAsync(_ada, [1]);
        var current = await ReadAsync(_ada);
        await Storage.WriteStateAsync("state", _ada, current);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.ClearStateAsync("state", _ada, stale));

        Assert.True((await ReadAsync(_ada)).RecordExists);
    }

    [StoreFact]
    public async Task Reopen_StatesAndETagsAreThere()
    {
        var state = await WriteNewAsync(_ada, [1, 2, 3]);

        await Store.ReopenAsync();

        var read = await ReadAsync(_ada);
        Assert.Equal(state.ETag, read.ETag);
        Assert.Equal([1, 2, 3], Bytes(read));
    }

    private IGrainStorage Storage => Store.GrainStorage;

    private async Task<GrainState<StoredPayload>> ReadAsync(GrainId grain, string stateName = "state")
    {
        var state = new GrainState<StoredPayload>(new StoredPayload());
        await Storage.ReadStateAsync(stateName, grain, state);
        return state;
    }

    private async Task<byte[]> BytesAsync(GrainId grain, string stateName = "state") => Bytes(await ReadAsync(grain, stateName));

    private static byte[] Bytes(GrainState<StoredPayload> state)
    {
        Assert.NotNull(state.State);
        return state.State.Bytes.ToArray();
    }

    private async Task<GrainState<StoredPayload>> WriteNewAsync(GrainId grain, byte[] bytes, string stateName = "state")
    {
        var state = new GrainState<StoredPayload>(new StoredPayload { Bytes = bytes });
        await Storage.WriteStateAsync(stateName, grain, state);
        Assert.True(state.RecordExists);
        return state;
    }

    private static async Task<bool> TryAsync(Func<Task> write)
    {
        try
        {
            await write();
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }
}
