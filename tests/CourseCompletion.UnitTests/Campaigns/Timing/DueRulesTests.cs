using CourseCompletion.Domain.Campaigns.Timing;
using CourseCompletion.Domain.LocalTime;
using CourseCompletion.UnitTests.LocalTime;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Campaigns.Timing;

public class DueRulesTests
{
    private const int Days = 6;

    private static readonly WeekDays[] _days =
        [WeekDays.Sunday, WeekDays.Monday, WeekDays.Tuesday, WeekDays.Wednesday, WeekDays.Thursday, WeekDays.Friday, WeekDays.Saturday];

    // A walk through all due instants of some days: each in its day, none twice, and a day without one is a day that the written rules leave out.
    [Fact]
    public void NextDue_EveryZoneAndClockChangeWithTravel_IsOnceADayAndSkipsNoneButByRule()
    {
        foreach (var (history, random) in ZoneHistory.Every(Days - 3, 6))
        {
            using var wall = new WallClock(history, Days);
            var timing = Draw(random);
            int? bestHour = random.Next(2) == 0 ? null : (int)random.Next(24);
            var practisedMs = wall.MsAt((int)random.Next(LearnerClock.MinutesPerDay * Days));
            var due = DuesOf(timing, history.Clock, practisedMs, bestHour, wall.MsAt(0), wall.MsAt(wall.Count - LearnerClock.MinutesPerDay));
            var lived = wall.LivedMs();

            Require(due.All(d => wall.DayOf(d.DueAtMs) == d.Day && Includes(timing.Days, d.Day)), "In its day");
            Require(due.Select(d => d.Day).Distinct().Count() == due.Count && due.Zip(due.Skip(1)).All(pair => pair.First.DueAtMs < pair.Second.DueAtMs), "Once a day, in order");
            var (firstDay, lastDay) = (wall.DayAt(2 * LearnerClock.MinutesPerDay), wall.DayAt(wall.Count - (3 * LearnerClock.MinutesPerDay)));
            if (timing.Kind == NudgeTimingKind.AfterPractice)
            {
                var fromMs = Math.Max(practisedMs + timing.AfterMs, wall.FirstInstantOfDay(wall.DayOf(practisedMs) + 1));
                Require(due.All(d => d.DueAtMs >= fromMs && d.DueAtMs <= practisedMs + (timing.SilenceDaysMax * DayMs)), "After the practice and its day, while not silent for long");
                firstDay = Math.Max(firstDay, wall.DayOf(practisedMs + timing.AfterMs) + 3);
                lastDay = Math.Min(lastDay, wall.DayOf(practisedMs + (timing.SilenceDaysMax * DayMs)) - 2);
            }

            for (var day = firstDay; day <= lastDay; day++)
            {
                // Where a day is not of 24 hours an hour of UTC, or a time of practice, may be another local time or none.
                var isFixed = timing.Kind == NudgeTimingKind.FixedTime || (timing.Kind == NudgeTimingKind.BestHour && bestHour is null);
                var skipped = isFixed ? IsSkipped(wall, day, timing.LocalMinute) : lived.GetValueOrDefault(day) != DayMs;
                Require(skipped || !Includes(timing.Days, day) || due.Any(d => d.Day == day), $"Something on {day}");
            }

            void Require(bool holds, string what)
            {
                if (!holds)
                {
                    Assert.Fail($"{what}: {history}: {timing}, best hour {bestHour}, practised {practisedMs}: {string.Join(", ", due)}");
                }
            }
        }
    }

    [Fact]
    public void NextDue_FixedTimeInsideAGap_IsTheGapsEnd()
    {
        var clock = new LearnerClock(LearnerZones.Of("Europe/Berlin"), 0);
        var gapMs = new DateTimeOffset(2024, 3, 31, 1, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

        Assert.Equal(gapMs, DueRules.NextDue(Fixed(150), clock, 0, null, gapMs - HourMs)!.Value.DueAtMs);
    }

    [Fact]
    public void NextDue_DaysOfTheWeek_AreThoseOfTheLearner()
    {
        var clock = new LearnerClock(LearnerZones.Of("Asia/Tokyo"), 0);
        var due = DueRules.NextDue(Fixed(60) with { Days = WeekDays.Wednesday }, clock, 0, null, MondayMs)!.Value;

        Assert.Equal((MondayMs + DayMs + (16 * HourMs), (int)((MondayMs + (2 * DayMs)) / DayMs)), (due.DueAtMs, due.Day));
    }

    [Fact]
    public void NextDue_AfterPractice_IsHalfAnHourBeforeItsTimeOnTheNextDays()
    {
        var timing = new NudgeTiming { Kind = NudgeTimingKind.AfterPractice, SilenceDaysMax = 2 };
        var practisedMs = MondayMs + (20 * HourMs);
        var due = DuesOf(timing, LearnerClock.Utc, practisedMs, null, practisedMs, MondayMs + (30 * DayMs));

        Assert.Equal([practisedMs + DayMs - (HourMs / 2), practisedMs + (2 * DayMs) - (HourMs / 2)], due.Select(d => d.DueAtMs));
    }

    [Fact]
    public void NextDue_PractisedJustAfterMidnight_IsNotOnTheDayOfThePractice()
    {
        var timing = new NudgeTiming { Kind = NudgeTimingKind.AfterPractice };
        var due = DueRules.NextDue(timing, LearnerClock.Utc, MondayMs + (6 * MinuteMs), null, MondayMs)!.Value;

        Assert.Equal(new DueTime(MondayMs + DayMs, (int)(MondayMs / DayMs) + 1), due);
    }

    [Fact]
    public void NextDue_NeverPractised_IsNone() =>
        Assert.Null(DueRules.NextDue(new() { Kind = NudgeTimingKind.AfterPractice }, LearnerClock.Utc, 0, null, MondayMs));

    [Fact]
    public void NextDue_BestHour_IsOnTheLearnersClock()
    {
        var clock = new LearnerClock(LearnerZones.Of("Asia/Kathmandu"), 240);
        var due = DueRules.NextDue(new() { Kind = NudgeTimingKind.BestHour, LocalMinute = 600 }, clock, 0, 14, MondayMs)!.Value;

        Assert.Equal(MondayMs + (14 * HourMs), due.DueAtMs);
        Assert.Equal(600, clock.MinuteOf(DueRules.NextDue(new() { Kind = NudgeTimingKind.BestHour, LocalMinute = 600 }, clock, 0, null, MondayMs)!.Value.DueAtMs));
    }

    private static List<DueTime> DuesOf(NudgeTiming timing, LearnerClock clock, long practisedMs, int? bestHour, long afterMs, long untilMs)
    {
        var due = new List<DueTime>();
        while (DueRules.NextDue(timing, clock, practisedMs, bestHour, afterMs) is { } next && next.DueAtMs < untilMs)
        {
            Assert.True(next.DueAtMs > afterMs);
            due.Add(next);
            afterMs = next.DueAtMs;
        }

        return due;
    }

    // Nothing is due where the wall clock jumps over the time and lands on another day.
    private static bool IsSkipped(WallClock wall, int day, int minute) => wall.DayOf(wall.FirstInstantOf(day, minute)) != day;

    private static NudgeTiming Draw(PCG random) => new()
    {
        Kind = (NudgeTimingKind)(1 + random.Next(3)),
        LocalMinute = (int)random.Next(LearnerClock.MinutesPerDay),
        SilenceDaysMax = 1 + (int)random.Next(10),
        Days = random.Next(2) == 0 ? WeekDays.All : (WeekDays)(1 + random.Next(127)),
    };

    private static NudgeTiming Fixed(int minute) => new() { Kind = NudgeTimingKind.FixedTime, LocalMinute = minute };

    private static bool Includes(WeekDays days, int day) => days.HasFlag(_days[(int)new DateTime(1970, 1, 1).AddDays(day).DayOfWeek]);
}
