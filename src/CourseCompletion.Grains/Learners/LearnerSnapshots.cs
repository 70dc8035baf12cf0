using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Grains.Learners;

/// <summary>A learner's two newest snapshots: two slots of grain storage, written in turn.</summary>
/// <remarks>
/// The older one stays until the newer one is superseded, so a damaged newest snapshot never loses a learner: the journal is only trimmed behind the older one, and
/// only after that was read back from the store.
/// </remarks>
internal sealed class LearnerSnapshots(IPersistentState<StoredPayload> even, IPersistentState<StoredPayload> odd)
{
    private readonly IPersistentState<StoredPayload>[] _slots = [even, odd];
    private readonly long[] _sequences = new long[2];

    /// <summary>The size of the newest snapshot; 0 without one.</summary>
    public int NewestBytes { get; private set; }

    /// <summary>The state of the newest readable snapshot, or a new one; and whether a slot was damaged.</summary>
    public async Task<(LearnerState State, StoreCorruptException? Damage)> LoadAsync()
    {
        LearnerState? newest = null;
        StoreCorruptException? damage = null;
        for (var i = 0; i < _slots.Length; i++)
        {
            if (!_slots[i].RecordExists)
            {
                continue;
            }

            try
            {
                if (_slots[i].State.Bytes.IsEmpty)
                {
                    // It came with a migrating activation, which had let go of the bytes.
                    await _slots[i].ReadStateAsync();
                }

                var bytes = _slots[i].State.Bytes;
                var state = LearnerSnapshotCodec.Decode(bytes.Span);
                _sequences[i] = state.Sequence;
                if (newest is null || state.Sequence > newest.Sequence)
                {
                    newest = state;
                    NewestBytes = bytes.Length;
                }
            }
            catch (StoreCorruptException e)
            {
                damage = e;
            }
            finally
            {
                // The bytes are in the state now; holding them too would double every learner's memory.
                _slots[i].State.Bytes = default;
            }
        }

        return (newest ?? new LearnerState(), damage);
    }

    /// <summary>Writes the state over the older slot; tells through which sequence the journal may be trimmed.</summary>
    public async Task<long> SaveAsync(LearnerState state)
    {
        var older = _sequences[0] <= _sequences[1] ? 0 : 1;
        var bytes = LearnerSnapshotCodec.Encode(state);
        await WriteAsync(older, bytes);
        _sequences[older] = state.Sequence;
        NewestBytes = bytes.Length;
        return await ReadBackAsync(1 - older);
    }

    private async Task WriteAsync(int slot, byte[] bytes)
    {
        _slots[slot].State.Bytes = bytes;
        await _slots[slot].WriteStateAsync();
        _slots[slot].State.Bytes = default;
    }

    private async Task<long> ReadBackAsync(int slot)
    {
        if (_sequences[slot] == 0)
        {
            return 0;
        }

        await _slots[slot].ReadStateAsync();
        var sequence = LearnerSnapshotCodec.SequenceOf(_slots[slot].State.Bytes.Span);
        _slots[slot].State.Bytes = default;
        return sequence == _sequences[slot]
            ? sequence
            : throw new StoreCorruptException($"A snapshot of sequence {_sequences[slot]} was read back as {sequence}.");
    }
}
