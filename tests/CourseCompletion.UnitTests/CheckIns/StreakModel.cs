using CourseCompletion.Domain.CheckIns;
using CourseCompletion.Domain.LocalTime;
using CourseCompletion.UnitTests.LocalTime;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.CheckIns;

/// <summary>The written rules of <see cref="StreakRules"/>, day by day over a wall clock that is read off minute by minute: slow, and as the rules are worded.</summary>
internal sealed class StreakModel(WallClock wall, ZoneHistory history, CheckInPlan plan, IReadOnlyList<CheckInDeed> deeds, long nowMs)
{
    private readonly Dictionary<int, long> _lived = wall.LivedMs();
    private readonly Dictionary<(int Year, int Month), int> _frozen = [];
    private HashSet<int> _checkInDays = [];
    private HashSet<int> _bridged = [];
    private int _cards;
    private int _longest;

    public CheckInStanding Standing()
    {
        var today = wall.DayDuring(nowMs);
        var (first, last) = (wall.DayAt(0), wall.DayAt(wall.Count - 1));
        PlayCards(first, last);
        _bridged = plan.TravelGrace ? [.. deeds.Where(d => d.What == CheckInDeed.Kind.CheckIn).SelectMany(DayLeftBehind)] : [];
        var current = plan.DaysPerWeek == 7 ? ByDay(first, last, today) : ByWeek(first, last, today);
        var week = WeekFrom(today).ToArray();
        var freezesLeft = plan.FreezesPerMonth - _frozen.GetValueOrDefault(MonthOf(plan.DaysPerWeek == 7 ? today : week[0]));
        var thisWeek = week.Count(_checkInDays.Contains);
        return new(
            today,
            current,
            _longest,
            thisWeek,
            thisWeek >= (plan.WeeklyGoalDays ?? plan.DaysPerWeek),
            _checkInDays.Contains(today),
            !_checkInDays.Contains(today) && deeds.Any(d => d.What == CheckInDeed.Kind.CheckIn && wall.DayDuring(d.AtMs) == today),
            freezesLeft,
            _cards,
            current > 0 && EndsWithToday(week, today, thisWeek, freezesLeft));
    }

    private void PlayCards(int first, int last)
    {
        var proven = deeds.Where(d => d.What == CheckInDeed.Kind.CheckIn).Select(d => wall.DayDuring(d.AtMs)).Where(IsProven).ToHashSet();
        _checkInDays = [.. proven];
        var plays = deeds.Where(d => d.What == CheckInDeed.Kind.MakeUp)
            .Select(d => (PlayedOn: wall.DayDuring(d.AtMs), Fills: wall.DayDuring(d.AtMs) - d.Amount))
            .GroupBy(play => play.Fills)
            .Select(group => group.MinBy(play => play.PlayedOn))
            .ToLookup(play => play.PlayedOn, play => play.Fills);
        var earned = 0;
        for (var day = first; day <= last && plan.DaysPerCard > 0; day++)
        {
            if (proven.Contains(day) && ++earned == plan.DaysPerCard)
            {
                earned = 0;
                _cards = Math.Min(_cards + 1, plan.CardsMax);
            }

            foreach (var fills in plays[day].Where(fills => !proven.Contains(fills)).Order())
            {
                _ = _cards > 0 && _checkInDays.Add(fills) ? _cards-- : 0;
            }
        }
    }

    private bool IsProven(int day)
    {
        var ofDay = deeds.Where(d => wall.DayDuring(d.AtMs) == day).ToArray();
        var minutes = ofDay.Where(d => d.What == CheckInDeed.Kind.Watch).Sum(d => d.Amount);
        var passed = ofDay.Any(d => d.What == CheckInDeed.Kind.Quiz && d.Amount >= 5);
        return (plan.UniqueMinutesMin, plan.QuizProves) switch
        {
            (0, false) => true,
            (0, true) => passed,
            (var asked, var quiz) => minutes >= asked || (quiz && passed),
        };
    }

    private IEnumerable<int> DayLeftBehind(CheckInDeed checkIn)
    {
        var changes = history.Zones.Changes;
        var at = changes.Count - 1;
        while (changes[at].FromMs > checkIn.AtMs)
        {
            at--;
        }

        if (at == 0 || checkIn.AtMs >= changes[at].FromMs + (48 * HourMs))
        {
            return [];
        }

        var stayed = new ZoneHistory(LearnerZones.Of(changes[at - 1].ZoneId), history.DayStartMinutes, checkIn.AtMs);
        using var clock = new WallClock(stayed, 0);
        return new[] { clock.DayOf(checkIn.AtMs) }.Where(day => day != wall.DayDuring(checkIn.AtMs));
    }

    private int ByDay(int first, int last, int today)
    {
        var streak = 0;
        for (var day = first; day <= last; day++)
        {
            if (_checkInDays.Contains(day))
            {
                _longest = Math.Max(_longest, ++streak);
            }
            else if (day < today && !IsForgiven(day))
            {
                streak = streak > 0 && Freeze(day, 1) ? streak : 0;
            }
        }

        return streak;
    }

    private int ByWeek(int first, int last, int today)
    {
        var streak = 0;
        for (var monday = WeekFrom(first).First(); monday <= last; monday += 7)
        {
            var week = WeekFrom(monday).ToArray();
            var counted = week.Count(_checkInDays.Contains);
            if (counted >= plan.DaysPerWeek)
            {
                _longest = Math.Max(_longest, ++streak);
            }
            else if (week[6] < today)
            {
                var asked = plan.DaysPerWeek - week.Count(day => !_checkInDays.Contains(day) && IsForgiven(day));
                streak = streak > 0 && (counted >= asked || Freeze(week[0], asked - counted)) ? streak : 0;
            }
        }

        return streak;
    }

    private bool EndsWithToday(int[] week, int today, int thisWeek, int freezesLeft)
    {
        if (_checkInDays.Contains(today) || IsForgiven(today))
        {
            return false;
        }

        var stillPossible = week.Count(day => !_checkInDays.Contains(day) && (day > today || IsForgiven(day)));
        return plan.DaysPerWeek == 7 ? freezesLeft == 0 : thisWeek + stillPossible + freezesLeft < plan.DaysPerWeek;
    }

    private bool IsForgiven(int day) => _bridged.Contains(day) || _lived.GetValueOrDefault(day) < 12 * HourMs;

    private bool Freeze(int day, int count)
    {
        var month = MonthOf(day);
        if (_frozen.GetValueOrDefault(month) + count > plan.FreezesPerMonth)
        {
            return false;
        }

        _frozen[month] = _frozen.GetValueOrDefault(month) + count;
        return true;
    }

    private IEnumerable<int> WeekFrom(int day)
    {
        var first = Enumerable.Range(day - 6, 7).Single(d => (((int)DateOf(d).DayOfWeek + 6) % 7) + 1 == plan.WeekBegins);
        return Enumerable.Range(first, 7);
    }

    private static (int Year, int Month) MonthOf(int day) => (DateOf(day).Year, DateOf(day).Month);

    private static DateTime DateOf(int day) => new DateTime(1970, 1, 1).AddDays(day);
}

/// <summary>Something that a learner did.</summary>
/// <param name="What">What.</param>
/// <param name="AtMs">When.</param>
/// <param name="Amount">Minutes watched, score out of 10, or days back.</param>
internal readonly record struct CheckInDeed(CheckInDeed.Kind What, long AtMs, int Amount)
{
    public enum Kind
    {
        CheckIn,
        Watch,
        Quiz,
        MakeUp,
    }
}
