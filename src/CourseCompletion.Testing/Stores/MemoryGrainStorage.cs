using System.Globalization;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using Orleans.Storage;

namespace CourseCompletion.Testing.Stores;

/// <summary>Grain storage in memory, guarded by ETags.</summary>
internal sealed class MemoryGrainStorage : IGrainStorage
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Name, GrainId Grain), (byte[] Bytes, long ETag)> _payloads = [];
    private readonly HashSet<GrainId> _failing = [];
    private long _etags;

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Task.Yield();
        lock (_lock)
        {
            var exists = _payloads.TryGetValue((stateName, grainId), out var stored);
            grainState.State = (T)(object)new StoredPayload { Bytes = exists ? stored.Bytes.ToArray() : default };
            grainState.ETag = exists ? stored.ETag.ToString(CultureInfo.InvariantCulture) : null;
            grainState.RecordExists = exists;
        }
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Task.Yield();
        lock (_lock)
        {
            if (_failing.Remove(grainId))
            {
                throw new StoreUnavailableException("Injected: the snapshot is not stored.");
            }

            var current = _payloads.TryGetValue((stateName, grainId), out var stored) ? stored.ETag.ToString(CultureInfo.InvariantCulture) : null;
            if (current != grainState.ETag)
            {
                throw new InconsistentStateException("Somebody else wrote it.", current ?? "none", grainState.ETag ?? "none");
            }

            _payloads[(stateName, grainId)] = (((StoredPayload)(object)grainState.State!).Bytes.ToArray(), ++_etags);
            grainState.ETag = _etags.ToString(CultureInfo.InvariantCulture);
            grainState.RecordExists = true;
        }
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException();

    /// <summary>The next write of a grain fails.</summary>
    public void FailNextWrite(GrainId grain)
    {
        lock (_lock)
        {
            _failing.Add(grain);
        }
    }

    /// <summary>The sequences of a learner's readable snapshots, oldest first.</summary>
    public List<long> SnapshotsOf(GrainId learner)
    {
        lock (_lock)
        {
            return [.. _payloads.Where(stored => stored.Key.Grain == learner).Select(stored => LearnerSnapshotCodec.SequenceOf(stored.Value.Bytes)).Order()];
        }
    }

    /// <summary>Flips a bit in a learner's newest snapshot.</summary>
    public void DamageNewest(GrainId learner)
    {
        lock (_lock)
        {
            var newest = _payloads.Where(stored => stored.Key.Grain == learner).MaxBy(stored => LearnerSnapshotCodec.SequenceOf(stored.Value.Bytes));
            newest.Value.Bytes[newest.Value.Bytes.Length / 2] ^= 1;
        }
    }
}
