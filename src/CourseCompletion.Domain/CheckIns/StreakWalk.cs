using CourseCompletion.Domain.LocalTime;

namespace CourseCompletion.Domain.CheckIns;

/// <summary>A walk through the days of an enrolment, oldest first, with the streak and the freezes of the place reached.</summary>
internal ref struct StreakWalk(JudgedDays days, CheckInPlan plan, LearnerClock clock, int today)
{
    // A day that was shorter for the learner is never missed: half of an ordinary one.
    private const long ShortDayMs = 12 * 3_600_000L;

    // Day numbers of DateOnly begin at year 1, the learner's at 1970.
    private const int DayNumberOf1970 = 719_162;

    private readonly JudgedDays _days = days;
    private int _month;
    private int _frozen;

    /// <summary>The streak at the place reached.</summary>
    public int Current { get; private set; }

    /// <summary>The longest one on the way.</summary>
    public int Longest { get; private set; }

    /// <summary>Walks day by day: a streak of check-in days.</summary>
    public void ByDay()
    {
        var expected = 0;
        for (var i = 0; i < _days.Count; i++)
        {
            var day = _days.DayAt(i);
            MissUntil(expected, day);
            if (_days.Counts(i))
            {
                Extend();
            }
            else if (!_days.IsBridged(i))
            {
                MissUntil(day, day + 1);
            }

            expected = day + 1;
        }

        MissUntil(expected, today);
    }

    /// <summary>Walks week by week: a streak of weeks with as many check-in days as the plan asks for.</summary>
    public void ByWeek()
    {
        var i = 0;
        for (var week = 0; i < _days.Count || (Current > 0 && StreakRules.FirstDayOf(week + 1, plan) <= today); week++)
        {
            // Without a streak nothing can be lost: on to the next week of which something is known.
            week = Current == 0 ? StreakRules.WeekOf(_days.DayAt(i), plan) : week;
            var endsBefore = StreakRules.FirstDayOf(week + 1, plan);
            var counted = 0;
            for (; i < _days.Count && _days.DayAt(i) < endsBefore; i++)
            {
                counted += _days.Counts(i) ? 1 : 0;
            }

            if (counted >= plan.DaysPerWeek)
            {
                Extend();
            }
            else if (endsBefore <= today && Current > 0 && !Freeze(endsBefore - CheckInPlan.WeekDays, Lacking(week, counted, today: null)))
            {
                Current = 0;
            }
        }
    }

    /// <summary>Freezes left in the month of a day that is not before the place reached.</summary>
    public readonly int FreezesLeft(int day) => plan.FreezesPerMonth - (MonthOf(day) == _month ? _frozen : 0);

    /// <summary>By how many check-in days a week falls short; days that are bridged or too short are not asked for, nor are those after today when that is given.</summary>
    public readonly int Lacking(int week, int counted, int? today)
    {
        var open = 0;
        var first = StreakRules.FirstDayOf(week, plan);
        for (var day = first; day < first + CheckInPlan.WeekDays; day++)
        {
            open += !_days.CountsOn(day) && (day > today || IsForgiven(day)) ? 1 : 0;
        }

        return plan.DaysPerWeek - counted - open;
    }

    /// <summary>Whether a day without a check-in is not missed: bridged by travel or too short.</summary>
    public readonly bool IsForgiven(int day) => _days.IsBridgedOn(day) || clock.LivedMs(day) < ShortDayMs;

    private void Extend() => Longest = Math.Max(Longest, ++Current);

    // Days that are not over yet are not missed.
    private void MissUntil(int day, int end)
    {
        for (; Current > 0 && day < Math.Min(end, today); day++)
        {
            if (clock.LivedMs(day) >= ShortDayMs && !Freeze(day, 1))
            {
                Current = 0;
            }
        }
    }

    private bool Freeze(int day, int count)
    {
        if (count <= 0)
        {
            return true;
        }

        var left = FreezesLeft(day);
        if (left < count)
        {
            return false;
        }

        _month = MonthOf(day);
        _frozen = plan.FreezesPerMonth - left + count;
        return true;
    }

    private static int MonthOf(int day)
    {
        var date = DateOnly.FromDayNumber(day + DayNumberOf1970);
        return (date.Year * 12) + date.Month;
    }
}
