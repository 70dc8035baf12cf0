using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using Orleans.Storage;

namespace CourseCompletion.Grains.Learners;

/// <summary>A learner's two newest snapshots: two slots of grain storage, written in turn.</summary>
/// <remarks>
/// The older one stays until the newer one is superseded, so a damaged newest snapshot never loses a learner: the journal is only trimmed behind the older one, and
/// only after that was read back from the store. Held without Orleans' persistent-state facets, which would take ten objects of every learner in memory.
/// </remarks>
internal sealed class LearnerSnapshots
{
    private Slot _even = new("even");
    private Slot _odd = new("odd");

    /// <summary>The size of the newest snapshot; 0 without one.</summary>
    public int NewestBytes { get; private set; }

    /// <summary>The state of the newest readable snapshot, or a new one; and whether a slot was damaged.</summary>
    public async Task<(LearnerState State, StoreCorruptException? Damage)> LoadAsync(IGrainStorage storage, GrainId grain)
    {
        var (readEven, readOdd) = (ReadAsync(storage, grain, _even), ReadAsync(storage, grain, _odd));
        var (even, odd) = (await readEven, await readOdd);
        (_even, _odd) = (even.Slot, odd.Slot);
        var newest = (odd.State?.Sequence ?? -1) > (even.State?.Sequence ?? -1) ? odd : even;
        NewestBytes = newest.Bytes;
        return (newest.State ?? new LearnerState(), even.Damage ?? odd.Damage);
    }

    /// <summary>Writes the state over the older slot; tells through which sequence the journal may be trimmed.</summary>
    public async Task<long> SaveAsync(IGrainStorage storage, GrainId grain, LearnerState state)
    {
        var overEven = _even.Sequence <= _odd.Sequence;
        var slot = overEven ? _even : _odd;
        var bytes = LearnerSnapshotCodec.Encode(state);
        var stored = new GrainState<StoredPayload>(new() { Bytes = bytes }, slot.ETag) { RecordExists = slot.ETag is not null };
        await storage.WriteStateAsync(slot.Name, grain, stored);
        slot = slot with { Sequence = state.Sequence, ETag = stored.ETag };
        (_even, _odd) = overEven ? (slot, _odd) : (_even, slot);
        NewestBytes = bytes.Length;
        GrainMetrics.SnapshotSize.Record(bytes.Length);
        return await ReadBackAsync(storage, grain, overEven ? _odd : _even);
    }

    private static async Task<(Slot Slot, LearnerState? State, int Bytes, StoreCorruptException? Damage)> ReadAsync(IGrainStorage storage, GrainId grain, Slot slot)
    {
        var stored = new GrainState<StoredPayload>(new());
        await storage.ReadStateAsync(slot.Name, grain, stored);
        if (!stored.RecordExists)
        {
            return (slot, null, 0, null);
        }

        slot = slot with { ETag = stored.ETag };
        try
        {
            var bytes = stored.State!.Bytes;
            var state = LearnerSnapshotCodec.Decode(bytes.Span);
            return (slot with { Sequence = state.Sequence }, state, bytes.Length, null);
        }
        catch (StoreCorruptException damage)
        {
            return (slot, null, 0, damage);
        }
    }

    private static async Task<long> ReadBackAsync(IGrainStorage storage, GrainId grain, Slot slot)
    {
        if (slot.Sequence == 0)
        {
            return 0;
        }

        var stored = new GrainState<StoredPayload>(new());
        await storage.ReadStateAsync(slot.Name, grain, stored);
        var sequence = LearnerSnapshotCodec.SequenceOf(stored.State!.Bytes.Span);
        return sequence == slot.Sequence
            ? sequence
            : throw new StoreCorruptException($"A snapshot of sequence {slot.Sequence} was read back as {sequence}.");
    }

    // Sequence 0: never written, or not readable.
    private readonly record struct Slot(string Name, long Sequence = 0, string? ETag = null);
}
