using CourseCompletion.Domain.LocalTime;

namespace CourseCompletion.Domain.CheckIns;

/// <summary>Where a learner stands in a check-in plan.</summary>
/// <remarks>
/// <list type="number">
/// <item>A day is one of the learner's own (<see cref="LearnerClock"/>), by the zone lived in at each instant; a day lived twice, flying west over the date line, counts once.</item>
/// <item>It is a check-in day when the learner checked in and the plan's proof was given on that day, before or after the check-in, or when a make-up card fills it.</item>
/// <item>A streak counts check-in days. Bridged days keep it and add nothing; a missed day ends it; a day that is not over yet does neither.</item>
/// <item>A day that was shorter than 12 hours for this learner, by travel or a clock change, is never missed.</item>
/// <item>A check-in within 48 hours after a change of zone bridges the day that it was in the zone left, if that is another one and no check-in day (unless the plan
/// has no travel grace). A bridge asks for no proof.</item>
/// <item>A freeze bridges a missed day by itself while there is a streak to keep, as often in a calendar month (of the missed day) as the plan says.</item>
/// <item>A make-up card is earned by every so many check-in days (not by made-up ones), as long as no more are held than the plan allows. Played on a day, after that day's
/// own check-in, it fills one of the seven days before that is no check-in day. Without a card held, playing one has no effect.</item>
/// <item>Weeks begin on Monday unless the plan says otherwise. With fewer than seven days a week the streak counts weeks with that many check-in days. A week that falls short
/// only by bridged and too short days keeps the streak; one that falls short by more takes as many freezes of the month of its first day, or ends it.</item>
/// <item>As many days as <see cref="CheckInState.DaysMax"/> are remembered: no streak is longer.</item>
/// </list>
/// </remarks>
public static class StreakRules
{
    // 1970-01-01, day 0, was a Thursday.
    private const int DayZeroAfterMonday = 3;

    /// <summary>Where the learner stands at an instant.</summary>
    /// <param name="state">The enrolment's check-ins.</param>
    /// <param name="plan">The plan, valid.</param>
    /// <param name="clock">The learner's clock, of which the fold had the same.</param>
    /// <param name="nowMs">The instant.</param>
    public static CheckInStanding StandingAt(in CheckInState state, CheckInPlan plan, LearnerClock clock, long nowMs)
    {
        var today = clock.DayOf(nowMs);
        var days = new JudgedDays(state.Days, plan);
        var walk = new StreakWalk(days, plan, clock, today);
        var daily = plan.DaysPerWeek == CheckInPlan.WeekDays;
        if (daily)
        {
            walk.ByDay();
        }
        else
        {
            walk.ByWeek();
        }

        var week = WeekOf(today, plan);
        var daysThisWeek = CountIn(days, week, plan);
        var checkedIn = days.CountsOn(today);
        var freezesLeft = walk.FreezesLeft(daily ? today : FirstDayOf(week, plan));
        var lacking = checkedIn || walk.IsForgiven(today) ? 0 : daily ? 1 : walk.Lacking(week, daysThisWeek, today);
        return new(
            today,
            walk.Current,
            walk.Longest,
            daysThisWeek,
            daysThisWeek >= plan.GoalDays,
            checkedIn,
            !checkedIn && state.DayAt(today).CheckedIn,
            freezesLeft,
            days.CardsLeft,
            walk.Current > 0 && lacking > freezesLeft);
    }

    /// <summary>The number of a day's week, under the plan's first day of the week.</summary>
    internal static int WeekOf(int day, CheckInPlan plan) => (day + DayZeroAfterMonday - plan.WeekBegins + 1) / CheckInPlan.WeekDays;

    /// <summary>The first day of a week.</summary>
    internal static int FirstDayOf(int week, CheckInPlan plan) => (week * CheckInPlan.WeekDays) - DayZeroAfterMonday + plan.WeekBegins - 1;

    private static int CountIn(JudgedDays days, int week, CheckInPlan plan)
    {
        var counted = 0;
        var endsBefore = FirstDayOf(week + 1, plan);
        for (var i = days.FirstFrom(FirstDayOf(week, plan)); i < days.Count && days.DayAt(i) < endsBefore; i++)
        {
            counted += days.Counts(i) ? 1 : 0;
        }

        return counted;
    }
}
