using System.Collections.Concurrent;
using CourseCompletion.Domain.Stores;
using NodaTime;

namespace CourseCompletion.Domain.LocalTime;

/// <summary>The time zones in which a learner lived, oldest first. Never changes; <see cref="With"/> makes another.</summary>
/// <remarks>
/// Bounded: at <see cref="ChangesMax"/> the oldest change is let go of, and the next one then holds for all time before it. A stored zone that the installed time zone
/// database no longer knows is read as UTC.
/// </remarks>
public sealed class LearnerZones
{
    /// <summary>How many changes are kept.</summary>
    public const int ChangesMax = 16;

    // What NodaTime's instants reach; nothing of a learner lies outside.
    private static readonly long _earliestMs = Instant.MinValue.ToUnixTimeMilliseconds() + 1;
    private static readonly long _latestMs = Instant.MaxValue.ToUnixTimeMilliseconds() - 1;

    private static readonly ConcurrentDictionary<string, LearnerZones> _shared = new(StringComparer.Ordinal);

    private readonly ZoneChange[] _changes;
    private readonly DateTimeZone[] _zones;

    private LearnerZones(ZoneChange[] changes)
    {
        _changes = changes;
        _zones = Array.ConvertAll(changes, change => DateTimeZoneProviders.Tzdb.GetZoneOrNull(change.ZoneId) ?? DateTimeZone.Utc);
    }

    /// <summary>A learner of whom no zone is known.</summary>
    public static LearnerZones Utc { get; } = Of("UTC");

    /// <summary>The changes, oldest first, at least one; neighbours differ in their zone.</summary>
    public IReadOnlyList<ZoneChange> Changes => _changes;

    /// <summary>A learner who always lived in one zone.</summary>
    public static LearnerZones Of(string zoneId) => new([new(long.MinValue, zoneId)]);

    /// <summary>The same, one object for all learners of a zone of the IANA database; of an id that is none of its, UTC.</summary>
    public static LearnerZones Shared(string zoneId) => IsUtc(zoneId) || !IsKnown(zoneId) ? Utc : _shared.GetOrAdd(zoneId, Of);

    /// <summary>Whether an id is one of those that courses name UTC by.</summary>
    public static bool IsUtc(string zoneId) => zoneId is "UTC" or "Etc/UTC";

    /// <summary>Whether an id names a zone of the IANA database.</summary>
    public static bool IsKnown(string zoneId) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId) is not null;

    /// <summary>The id of the zone in which the learner lived at an instant.</summary>
    public string ZoneAt(long ms) => _changes[IndexAt(ms)].ZoneId;

    /// <summary>The same history with one more change; a change at the same instant replaces it, one into the zone already lived in changes nothing.</summary>
    public LearnerZones With(long fromMs, string zoneId)
    {
        if (ZoneAt(fromMs) == zoneId)
        {
            return this;
        }

        List<ZoneChange> changes = [.. _changes.Where(change => change.FromMs != fromMs), new(fromMs, zoneId)];
        changes.Sort((one, other) => one.FromMs.CompareTo(other.FromMs));
        for (var i = changes.Count - 1; i > 0; i--)
        {
            if (changes[i].ZoneId == changes[i - 1].ZoneId)
            {
                changes.RemoveAt(i);
            }
        }

        return new([.. changes.Skip(changes.Count - ChangesMax)]);
    }

    /// <summary>Writes the history; at most 16 x (10 bytes + the id with its length).</summary>
    public void Write(PayloadWriter to)
    {
        to.UInt((uint)_changes.Length);
        foreach (var change in _changes)
        {
            to.Int(change.FromMs);
            to.Text(change.ZoneId);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="StoreCorruptException">There is no change, or there are too many.</exception>
    public static LearnerZones Read(ref PayloadReader from)
    {
        var changes = new ZoneChange[from.Count() is var count and >= 1 and <= ChangesMax ? count : throw new StoreCorruptException("A stored history of zones has no valid length.")];
        for (var i = 0; i < changes.Length; i++)
        {
            changes[i] = new(from.Int(), from.Text());
        }

        return new(changes);
    }

    /// <summary>The time around an instant during which the local clock ran at one offset.</summary>
    internal OffsetSpan SpanAt(long ms)
    {
        var index = IndexAt(ms);
        var interval = _zones[index].GetZoneInterval(Instant.FromUnixTimeMilliseconds(Math.Clamp(ms, _earliestMs, _latestMs)));
        return new(
            Math.Max(index == 0 ? long.MinValue : _changes[index].FromMs, interval.HasStart ? interval.Start.ToUnixTimeMilliseconds() : long.MinValue),
            Math.Min(index + 1 == _changes.Length ? long.MaxValue : _changes[index + 1].FromMs, interval.HasEnd ? interval.End.ToUnixTimeMilliseconds() : long.MaxValue),
            interval.WallOffset.Milliseconds);
    }

    /// <summary>The offset at an instant in the zone that was left last, or null when that was not within the given time before the instant.</summary>
    internal long? OffsetInZoneLeft(long ms, long withinMs)
    {
        var index = IndexAt(ms);
        return index > 0 && ms - _changes[index].FromMs < withinMs
            ? _zones[index - 1].GetUtcOffset(Instant.FromUnixTimeMilliseconds(Math.Clamp(ms, _earliestMs, _latestMs))).Milliseconds
            : null;
    }

    private int IndexAt(long ms)
    {
        var index = _changes.Length - 1;
        while (index > 0 && _changes[index].FromMs > ms)
        {
            index--;
        }

        return index;
    }
}
