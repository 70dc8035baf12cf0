using System.Buffers;
using CourseCompletion.Domain.Learners;
using NodaTime;

namespace CourseCompletion.UnitTests.LocalTime;

/// <summary>A learner's wall clock, read off every minute: the slow, obvious model of what <see cref="Domain.LocalTime.LearnerClock"/> computes.</summary>
/// <remarks>Since 2020 every clock change comes on a whole minute and every offset is whole minutes; the tests travel by whole minutes too.</remarks>
internal sealed class WallClock : IDisposable
{
    public const long MinuteMs = 60_000;

    private const int MinutesPerDay = 1440;

    private readonly ZoneHistory _history;
    private readonly (long FromMs, DateTimeZone Zone)[] _zones;
    private readonly long _fromMs;
    private readonly int[] _local;

    /// <summary>Reads some days before and after the history's instant.</summary>
    public WallClock(ZoneHistory history, int days)
    {
        _history = history;
        _zones = [.. history.Zones.Changes.Select(change => (change.FromMs, DateTimeZoneProviders.Tzdb[change.ZoneId]))];
        _fromMs = (history.AroundMs / MinuteMs * MinuteMs) - (days * LearnerTime.DayMs);
        Count = days * 2 * MinutesPerDay;
        _local = ArrayPool<int>.Shared.Rent(Count);
        for (var i = 0; i < Count;)
        {
            // Evenly up to the next clock change or journey.
            var readMs = MsAt(i);
            var interval = Zone(readMs).GetZoneInterval(Instant.FromUnixTimeMilliseconds(readMs));
            var jumpsAtMs = interval.HasEnd ? interval.End.ToUnixTimeMilliseconds() : long.MaxValue;
            jumpsAtMs = Math.Min(jumpsAtMs, _zones.Select(zone => zone.FromMs).FirstOrDefault(ms => ms > readMs, long.MaxValue));
            for (; i < Count && MsAt(i) < jumpsAtMs; i++)
            {
                _local[i] = (int)((MsAt(i) + interval.WallOffset.Milliseconds) / MinuteMs);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<int>.Shared.Return(_local);

    /// <summary>How many minutes were read.</summary>
    public int Count { get; }

    /// <summary>The instant of a minute.</summary>
    public long MsAt(int minute) => _fromMs + (minute * MinuteMs);

    /// <summary>The learner's day at any instant, by NodaTime's calendar.</summary>
    public int DayOf(long ms)
    {
        var date = Instant.FromUnixTimeMilliseconds(ms).InZone(Zone(ms)).LocalDateTime.PlusMinutes(-_history.DayStartMinutes).Date;
        return Period.DaysBetween(new LocalDate(1970, 1, 1), date);
    }

    /// <summary>The learner's day at a minute that was read.</summary>
    public int DayAt(int minute) => (_local[minute] - _history.DayStartMinutes) / MinutesPerDay;

    /// <summary>The learner's day at an instant among those that were read.</summary>
    public int DayDuring(long ms) => DayAt((int)((ms - _fromMs) / MinuteMs));

    /// <summary>Minutes after midnight at a minute that was read.</summary>
    public int MinuteOfDayAt(int minute) => _local[minute] % MinutesPerDay;

    /// <summary>The first minute at which the wall clock shows a local time of a day or a later one.</summary>
    public long FirstInstantOf(int day, int minuteOfDay)
    {
        var target = ((day + (minuteOfDay < _history.DayStartMinutes ? 1 : 0)) * MinutesPerDay) + minuteOfDay;
        return MsAt(Array.FindIndex(_local, 0, Count, local => local >= target));
    }

    /// <summary>The first minute of a day or of a later one.</summary>
    public long FirstInstantOfDay(int day) => FirstInstantOf(day, _history.DayStartMinutes);

    /// <summary>How long each day was, in milliseconds.</summary>
    public Dictionary<int, long> LivedMs()
    {
        var lived = new Dictionary<int, long>();
        for (var (i, from) = (1, 0); i <= Count; i++)
        {
            if (i == Count || DayAt(i) != DayAt(from))
            {
                lived[DayAt(from)] = lived.GetValueOrDefault(DayAt(from)) + ((i - from) * MinuteMs);
                from = i;
            }
        }

        return lived;
    }

    private DateTimeZone Zone(long ms) => Array.FindLast(_zones, zone => zone.FromMs <= ms).Zone;
}
