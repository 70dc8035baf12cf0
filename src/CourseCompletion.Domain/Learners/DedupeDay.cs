using System.Numerics;

namespace CourseCompletion.Domain.Learners;

/// <summary>The identities of one source on one day.</summary>
/// <remarks>
/// The count is part of the learner's snapshot; the identities are not: those of sealed frames lie in the journal's segments and are loaded when the day is asked for,
/// those of newer frames are kept here until they are sealed. Most days have one or a few, so they lie in one array that starts small; longer ones are found through an index.
/// </remarks>
public sealed class DedupeDay
{
    // Up to so many identities are looked through one by one.
    private const int UnindexedMax = 8;

    // Sealed ones first, then the unsealed, each in order of arrival.
    private UInt128[] _identities = [];
    private int _used;
    private int _sealed;

    // Open addressing: the place of an identity plus one, 0 for a free slot. A power of two, at least twice as long as the identities' array.
    private int[] _index = [];

    /// <summary>A day without identities yet.</summary>
    public DedupeDay(int day)
    {
        Day = day;
        IsLoaded = true;
    }

    /// <summary>A day of which some identities are sealed in the journal's segments.</summary>
    public DedupeDay(int day, int sealedCount)
    {
        Day = day;
        Count = sealedCount;
        IsLoaded = sealedCount == 0;
    }

    /// <summary>Days since 1970-01-01 UTC, as produced.</summary>
    public int Day { get; }

    /// <summary>How many identities the day has.</summary>
    public int Count { get; private set; }

    /// <summary>Identities of frames that are not sealed yet, in order of arrival.</summary>
    public ReadOnlySpan<UInt128> Unsealed => _identities.AsSpan(_sealed, _used - _sealed);

    /// <summary>Whether every identity of the day is in memory.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>Whether the day has this identity. Ask only when <see cref="IsLoaded"/>.</summary>
    public bool Contains(UInt128 identity) =>
        _index.Length == 0 ? _identities.AsSpan(0, _used).Contains(identity) : _index[SlotOf(identity)] != 0;

    /// <summary>Remembers a new identity.</summary>
    public void Remember(UInt128 identity)
    {
        if (_used == _identities.Length)
        {
            MakeRoom(_used switch { 0 => 1, 1 => 4, _ => _used * 2 });
        }

        _identities[_used++] = identity;
        Index(_used - 1);
        Count++;
    }

    /// <summary>Brings the sealed identities into memory.</summary>
    public void Load(ReadOnlySpan<UInt128> identities)
    {
        UInt128[] unsealed = [.. Unsealed];
        _used = _sealed;
        MakeRoom(_sealed + identities.Length + unsealed.Length);
        foreach (var identity in identities)
        {
            if (!Contains(identity))
            {
                _identities[_used++] = identity;
                Index(_used - 1);
            }
        }

        _sealed = _used;
        foreach (var identity in unsealed)
        {
            _identities[_used++] = identity;
            Index(_used - 1);
        }

        IsLoaded = true;
    }

    /// <summary>Notes that all identities are sealed.</summary>
    public void MarkSealed() => _sealed = _used;

    /// <summary>Lets go of the identities in memory once all are sealed.</summary>
    public void Unload()
    {
        if (_sealed == _used)
        {
            (_identities, _index, _used, _sealed) = ([], [], 0, 0);
            IsLoaded = Count == 0;
        }
    }

    private void MakeRoom(int capacity)
    {
        Array.Resize(ref _identities, capacity);
        if (capacity > UnindexedMax)
        {
            _index = new int[BitOperations.RoundUpToPowerOf2((uint)capacity * 2)];
            for (var place = 0; place < _used; place++)
            {
                Index(place);
            }
        }
    }

    private void Index(int place)
    {
        if (_index.Length > 0)
        {
            _index[SlotOf(_identities[place])] = place + 1;
        }
    }

    // The identity's slot, or the free one where it belongs. The hash differs from process to process, so that no producer can choose ids that collide.
    private int SlotOf(UInt128 identity)
    {
        var mask = _index.Length - 1;
        var slot = identity.GetHashCode() & mask;
        while (_index[slot] is var at and not 0 && _identities[at - 1] != identity)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }
}
