using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.LocalTime;

namespace CourseCompletion.Domain.Campaigns.Timing;

/// <summary>When a nudge is due next. Quiet hours are not looked at: the gate does that.</summary>
/// <remarks>
/// <para>Every day of the learner has at most one due instant, and it lies within that day. A day has none when the timing's days of the week leave it out, or when its local
/// time was skipped (by travel or a clock change) and the jump ended on another day.</para>
/// <para>After the last practice: the first is due <see cref="NudgeTiming.AfterMs"/> later, but not before the day of the practice is over, for that day needs none; then at
/// the same local time (to the minute) of each following day, as long as at most <see cref="NudgeTiming.SilenceDaysMax"/> times 24 hours passed since the practice.</para>
/// <para>Best hour: when that hour of UTC begins, on the learner's wall clock of the day's beginning.</para>
/// </remarks>
public static class DueRules
{
    // Seven days for the days of the week, and some for days that travel takes away or gives twice.
    private const int LookAheadDays = 12;

    // 1970-01-01, day 0, was a Thursday.
    private const int DayZeroAfterMonday = 3;

    /// <summary>The next due instant after the given one, or null when there is none within 12 days or ever.</summary>
    /// <param name="timing">The timing, valid.</param>
    /// <param name="clock">The learner's clock.</param>
    /// <param name="lastActivityMs">The learner's last practice; 0 for none.</param>
    /// <param name="bestUtcHour">The hour of UTC at which the learner is most active, 0 to 23, or null while unknown.</param>
    /// <param name="afterMs">The instant after which it is looked for.</param>
    public static DueTime? NextDue(NudgeTiming timing, LearnerClock clock, long lastActivityMs, int? bestUtcHour, long afterMs)
    {
        if (timing.Kind == NudgeTimingKind.AfterPractice)
        {
            return lastActivityMs == 0 ? null : AfterPractice(timing, clock, lastActivityMs, afterMs);
        }

        // The day before too: its local time may lie ahead when the learner just came back over the date line.
        var today = clock.DayOf(afterMs);
        for (var day = today - 1; day <= today + LookAheadDays; day++)
        {
            var minute = timing.Kind == NudgeTimingKind.BestHour && bestUtcHour is { } hour ? LocalMinute(clock, day, hour) : timing.LocalMinute;
            if (DueOn(timing, clock, day, clock.InstantOf(day, minute), afterMs) is { } due)
            {
                return due;
            }
        }

        return null;
    }

    private static DueTime? AfterPractice(NudgeTiming timing, LearnerClock clock, long lastActivityMs, long afterMs)
    {
        var firstMs = Math.Max(lastActivityMs + timing.AfterMs, clock.DayEnds(clock.DayOf(lastActivityMs)));
        var untilMs = lastActivityMs + (timing.SilenceDaysMax * LearnerTime.DayMs);
        var (firstDay, minute) = (clock.DayOf(firstMs), clock.MinuteOf(firstMs));
        for (var day = Math.Max(firstDay, clock.DayOf(afterMs) - 1); day <= firstDay + timing.SilenceDaysMax + 1; day++)
        {
            var atMs = day == firstDay ? firstMs : clock.InstantOf(day, minute);
            if (atMs > untilMs)
            {
                return null;
            }

            // A following day's local time may come before the first due instant when the learner just came back over the date line.
            if (DueOn(timing, clock, day, atMs, day == firstDay ? afterMs : Math.Max(afterMs, firstMs)) is { } due)
            {
                return due;
            }
        }

        return null;
    }

    private static DueTime? DueOn(NudgeTiming timing, LearnerClock clock, int day, long atMs, long afterMs) =>
        atMs > afterMs && Includes(timing.Days, day) && clock.DayOf(atMs) == day ? new(atMs, day) : null;

    private static bool Includes(WeekDays days, int day) => ((int)days >> ((day + DayZeroAfterMonday) % 7) & 1) != 0;

    private static int LocalMinute(LearnerClock clock, int day, int utcHour)
    {
        var beginsAtMs = clock.DayBegins(day);
        var untilHourMs = ((utcHour * 3_600_000L) - (beginsAtMs % LearnerTime.DayMs) + LearnerTime.DayMs) % LearnerTime.DayMs;
        return (clock.MinuteOf(beginsAtMs) + (int)(untilHourMs / 60_000)) % LearnerClock.MinutesPerDay;
    }
}
