using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.LocalTime;

/// <summary>A learner's own days and hours: the wall clock of the zones in which the learner lived, with days that begin at an hour of the learner's choice.</summary>
/// <remarks>
/// <para>A day is numbered by days since 1970-01-01 of the local date on which it begins; with a start of 04:00, 03:59 still belongs to the day before. Local times of a day are
/// minutes after midnight, 0 to 1439; those before the day's start lie on the next date.</para>
/// <para>The wall clock jumps when clocks change and when the learner travels, and both are treated alike. A local time that was skipped stands for the instant of the jump, and
/// one that came twice for the earlier instant: a local time's instant is the first at which the wall clock shows it or a later one. So a day begins when it is first reached,
/// instants of later local times are never earlier, and a learner who flies back over the date line has a day twice, under one number.</para>
/// <para>For instants from 1971 to 9999. Cheap: the span of equal offset last asked for is remembered, and within it a day is one division.</para>
/// </remarks>
/// <param name="zones">The zones.</param>
/// <param name="dayStartMinutes">When the learner's day begins, in minutes after midnight, 0 to 1439.</param>
public sealed class LearnerClock(LearnerZones zones, int dayStartMinutes)
{
    /// <summary>The latest day start, 23:59.</summary>
    public const int DayStartMinutesMax = MinutesPerDay - 1;

    /// <summary>Minutes of a day that no clock change touches.</summary>
    public const int MinutesPerDay = 1440;

    private const long MinuteMs = 60_000;

    // More than any zone was ever away from UTC: a local time's instant lies within this of the same reading in UTC.
    private const long OffsetMsMax = 16 * 3_600_000L;

    private readonly long _dayStartMs = dayStartMinutes is >= 0 and <= DayStartMinutesMax
        ? dayStartMinutes * MinuteMs
        : throw new ArgumentOutOfRangeException(nameof(dayStartMinutes), dayStartMinutes, "A day starts 0 to 1439 minutes after midnight.");

    private OffsetSpan _last = zones.SpanAt(0);

    /// <summary>The clock of a learner of whom nothing is known: UTC, days from midnight.</summary>
    public static LearnerClock Utc { get; } = new(LearnerZones.Utc, 0);

    /// <summary>The zones.</summary>
    public LearnerZones Zones => zones;

    /// <summary>When the learner's day begins, in minutes after midnight.</summary>
    public int DayStartMinutes => dayStartMinutes;

    /// <summary>The learner's day at an instant.</summary>
    public int DayOf(long ms) => LearnerTime.DayOf(ms + SpanAt(ms).OffsetMs - _dayStartMs);

    /// <summary>The wall clock at an instant, in minutes after midnight.</summary>
    public int MinuteOf(long ms) => (int)((ms + SpanAt(ms).OffsetMs) % LearnerTime.DayMs / MinuteMs);

    /// <summary>What the wall clock and the calendar show at an instant.</summary>
    public DateTime WallTimeOf(long ms) => DateTime.UnixEpoch.AddMilliseconds(ms + SpanAt(ms).OffsetMs);

    /// <summary>The first instant of a day.</summary>
    public long DayBegins(int day) => FirstInstantAt((day * LearnerTime.DayMs) + _dayStartMs);

    /// <summary>The first instant of the day after; for a day lived twice, that of its first end.</summary>
    public long DayEnds(int day) => DayBegins(day + 1);

    /// <summary>The instant of a local time of a day; see the remarks for times that were skipped or came twice.</summary>
    /// <param name="day">The learner's day.</param>
    /// <param name="minuteOfDay">Minutes after midnight, 0 to 1439.</param>
    public long InstantOf(int day, int minuteOfDay) =>
        FirstInstantAt(((minuteOfDay < dayStartMinutes ? day + 1 : day) * LearnerTime.DayMs) + (minuteOfDay * MinuteMs));

    /// <summary>How long a day was for this learner, in milliseconds: 24 h, but for clock changes and travel; 0 for a day jumped over.</summary>
    public long LivedMs(int day)
    {
        var beginsAt = (day * LearnerTime.DayMs) + _dayStartMs;
        var endsAt = beginsAt + LearnerTime.DayMs;
        var livedMs = 0L;
        for (var ms = beginsAt - OffsetMsMax; ms < endsAt + OffsetMsMax;)
        {
            var span = SpanAt(ms);
            var toMs = Math.Min(span.ToMs, endsAt + OffsetMsMax);
            livedMs += Math.Max(0, Math.Min(toMs + span.OffsetMs, endsAt) - Math.Max(ms + span.OffsetMs, beginsAt));
            ms = toMs;
        }

        return livedMs;
    }

    /// <summary>The day of the same instant in the zone that the learner left last; null when that is longer ago than the given time, or never was.</summary>
    /// <param name="ms">The instant.</param>
    /// <param name="withinMs">For how long after a change the zone left still matters.</param>
    public int? DayInZoneLeft(long ms, long withinMs) =>
        zones.OffsetInZoneLeft(ms, withinMs) is { } offsetMs ? LearnerTime.DayOf(ms + offsetMs - _dayStartMs) : null;

    /// <summary>The time around an instant during which the wall clock ran evenly.</summary>
    internal OffsetSpan SpanAt(long ms)
    {
        var span = _last;
        return span.Contains(ms) ? span : _last = zones.SpanAt(ms);
    }

    // The first instant at which the wall clock shows a time (milliseconds since 1970-01-01 00:00, local) or a later one.
    private long FirstInstantAt(long localMs)
    {
        for (var ms = localMs - OffsetMsMax; ;)
        {
            var span = SpanAt(ms);
            var candidate = Math.Max(ms, localMs - span.OffsetMs);
            if (candidate < span.ToMs)
            {
                return candidate;
            }

            ms = span.ToMs;
        }
    }
}
