using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.LocalTime;

namespace CourseCompletion.Domain.Profiles;

/// <summary>When a learner is active: from the hours and the UTC days of activity in all courses.</summary>
/// <remarks>
/// Hours are counted in UTC and shown on the wall clock of today. Days are UTC days; each stands for the learner's day at the best hour (noon UTC without one), so that a
/// learner who studies in the evening west of Greenwich is not moved to the next weekday.
/// </remarks>
internal static class RhythmRules
{
    private const long HourMs = 3_600_000;
    private const int NoonUtc = 12;
    private const int WeekDays = 7;

    // 1970-01-01, day 0, was a Thursday.
    private const int DayZeroAfterMonday = 3;

    /// <summary>The rhythm as of an instant.</summary>
    public static ActivityRhythm Of(LearnerState state, long nowMs)
    {
        var (days, newest) = DaysOf(state);
        return new(state.Clock.Zones.ZoneAt(nowMs), BestHours(state, nowMs), BestDays(state, days, newest), TypicalGap(days));
    }

    private static HourShare[] BestHours(LearnerState state, long nowMs)
    {
        ref var hours = ref state.ActivityHours;
        var total = 0;
        for (var hour = 0; hour < ActivityHours.Count; hour++)
        {
            total += hours[hour];
        }

        if (total < LearningProfilePolicy.HourActivitiesMin)
        {
            return [];
        }

        Span<int> counts = stackalloc int[ActivityHours.Count];
        for (var hour = 0; hour < ActivityHours.Count; hour++)
        {
            // More than an even spread would give.
            counts[hour] = hours[hour] * ActivityHours.Count > total ? hours[hour] : 0;
        }

        var best = new List<HourShare>(LearningProfilePolicy.BestMax);
        var todayMs = nowMs - (nowMs % LearnerTime.DayMs);
        while (best.Count < LearningProfilePolicy.BestMax && TakeLargest(counts) is var hour and >= 0)
        {
            best.Add(new(state.Clock.MinuteOf(todayMs + (hour * HourMs)), (double)hours[hour] / total));
        }

        return [.. best];
    }

    private static WeekdayShare[] BestDays(LearnerState state, UInt128 days, int newest)
    {
        var active = (int)UInt128.PopCount(days);
        if (active < LearningProfilePolicy.WeekdayDaysMin)
        {
            return [];
        }

        Span<int> counts = stackalloc int[WeekDays];
        counts.Clear();
        var hour = state.ActivityHours.BestUtcHour ?? NoonUtc;
        for (var age = 0; age < LearningProfilePolicy.RhythmDays; age++)
        {
            if ((days >> age & 1) != 0)
            {
                counts[WeekdayOf(state.Clock, ((newest - age) * LearnerTime.DayMs) + (hour * HourMs))]++;
            }
        }

        for (var weekday = 0; weekday < WeekDays; weekday++)
        {
            counts[weekday] = counts[weekday] * WeekDays > active ? counts[weekday] : 0;
        }

        Span<int> left = stackalloc int[WeekDays];
        counts.CopyTo(left);
        var best = new List<WeekdayShare>(LearningProfilePolicy.BestMax);
        while (best.Count < LearningProfilePolicy.BestMax && TakeLargest(left) is var weekday and >= 0)
        {
            best.Add(new(weekday + 1, (double)counts[weekday] / active));
        }

        return [.. best];
    }

    private static int WeekdayOf(LearnerClock clock, long atMs) => (clock.DayOf(atMs) + DayZeroAfterMonday) % WeekDays;

    private static double? TypicalGap(UInt128 days)
    {
        if ((int)UInt128.PopCount(days) < LearningProfilePolicy.GapDaysMin)
        {
            return null;
        }

        Span<int> gaps = stackalloc int[LearningProfilePolicy.RhythmDays];
        var (count, last) = (0, 0);
        for (var age = 1; age < LearningProfilePolicy.RhythmDays; age++)
        {
            if ((days >> age & 1) != 0)
            {
                gaps[count++] = age - last;
                last = age;
            }
        }

        gaps = gaps[..count];
        gaps.Sort();
        return (gaps[(count - 1) / 2] + gaps[count / 2]) / 2.0;
    }

    // Bit 0 is the newest active day of any course, bit 1 the day before it.
    private static (UInt128 Days, int Newest) DaysOf(LearnerState state)
    {
        var newest = -1;
        foreach (var enrolment in state.Enrolments)
        {
            newest = Math.Max(newest, enrolment.ActiveDays.Newest);
        }

        if (newest < 0)
        {
            return (0, newest);
        }

        var days = UInt128.Zero;
        foreach (var enrolment in state.Enrolments)
        {
            var older = newest >= 64 ? enrolment.ActiveDays.MaskEnding(newest - 64) : 0;
            days |= new UInt128(older, enrolment.ActiveDays.MaskEnding(newest));
        }

        return (days & ((UInt128.One << LearningProfilePolicy.RhythmDays) - 1), newest);
    }

    // The place of the largest number above 0, which is then 0; the first of equal ones; -1 when there is none.
    private static int TakeLargest(Span<int> numbers)
    {
        var at = -1;
        for (var i = 0; i < numbers.Length; i++)
        {
            at = numbers[i] > (at < 0 ? 0 : numbers[at]) ? i : at;
        }

        if (at >= 0)
        {
            numbers[at] = 0;
        }

        return at;
    }
}
