using CourseCompletion.Domain.LocalTime;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.LocalTime;

public class LearnerClockTests
{
    private const int Days = 3;

    [Fact]
    public void DayOf_EveryZoneAndClockChangeWithTravel_IsTheLocalDateAfterTheDayStart()
    {
        foreach (var (history, random) in ZoneHistory.Every(Days, 1))
        {
            using var wall = new WallClock(history, Days);
            for (var i = 0; i < 20; i++)
            {
                var ms = wall.MsAt(0) + (long)random.Next64((ulong)(wall.MsAt(wall.Count - 1) - wall.MsAt(0)));
                Assert.True(wall.DayOf(ms) == history.Clock.DayOf(ms), $"{history}: {ms}");
            }
        }
    }

    [Fact]
    public void InstantOf_EveryZoneAndClockChangeWithTravel_IsTheFirstThatShowsItOrLater()
    {
        foreach (var (history, random) in ZoneHistory.Every(Days, 2))
        {
            using var wall = new WallClock(history, Days);
            var day = wall.DayAt(wall.Count / 2);
            for (var i = 0; i < 10; i++)
            {
                var (on, minute) = (day - 1 + (i % 3), (int)random.Next(LearnerClock.MinutesPerDay));
                Assert.True(wall.FirstInstantOf(on, minute) == history.Clock.InstantOf(on, minute), $"{history}: day {on}, minute {minute}");
            }

            Assert.Equal(wall.FirstInstantOfDay(day), history.Clock.DayBegins(day));
            Assert.Equal(history.Clock.DayBegins(day + 1), history.Clock.DayEnds(day));
        }
    }

    [Fact]
    public void LivedMs_EveryZoneAndClockChangeWithTravel_IsTheTimeOfThatDay()
    {
        foreach (var (history, _) in ZoneHistory.Every(Days - 1, 3))
        {
            using var wall = new WallClock(history, Days + 1);
            var lived = wall.LivedMs();
            var day = wall.DayAt(wall.Count / 2);
            for (var on = day - 1; on <= day + 1; on++)
            {
                Assert.True(lived.GetValueOrDefault(on) == history.Clock.LivedMs(on), $"{history}: day {on}");
            }
        }
    }

    [Fact]
    public void InstantOf_SkippedAndRepeatedHours_ArePutAtTheGapsEndAndTheFirstPass()
    {
        var berlin = new LearnerClock(LearnerZones.Of("Europe/Berlin"), 0);
        var (spring, autumn) = (DayOf(2024, 3, 31), DayOf(2024, 10, 27));

        Assert.Equal(Ms(2024, 3, 31, 1), berlin.InstantOf(spring, 150));
        Assert.Equal(Ms(2024, 10, 27, 0) + (30 * MinuteMs), berlin.InstantOf(autumn, 150));
        Assert.Equal((23 * HourMs, 25 * HourMs), (berlin.LivedMs(spring), berlin.LivedMs(autumn)));
    }

    [Fact]
    public void DayOf_BeforeTheDayStart_IsTheDayBefore()
    {
        var clock = new LearnerClock(LearnerZones.Of("Asia/Shanghai"), 240);
        var day = DayOf(2024, 5, 1);

        Assert.Equal((day - 1, day), (clock.DayOf(clock.InstantOf(day, 240) - 1), clock.DayOf(clock.InstantOf(day, 240))));
        Assert.Equal(clock.InstantOf(day, 240) + (23 * HourMs), clock.InstantOf(day, 180));
    }

    [Fact]
    public void LivedMs_DaySkippedByItsCountry_IsNothing()
    {
        var clock = new LearnerClock(LearnerZones.Of("Pacific/Apia"), 0);
        var skipped = DayOf(2011, 12, 30);

        Assert.Equal(0, clock.LivedMs(skipped));
        Assert.Equal(clock.DayBegins(skipped + 1), clock.DayBegins(skipped));
    }

    [Fact]
    public void DayInZoneLeft_AfterAFlight_IsKnownForAWhile()
    {
        var landsAt = Ms(2024, 5, 2, 1);
        var clock = new LearnerClock(LearnerZones.Of("Asia/Tokyo").With(landsAt, "America/Los_Angeles"), 0);

        Assert.Null(clock.DayInZoneLeft(landsAt - 1, 48 * HourMs));
        Assert.Equal((DayOf(2024, 5, 1), DayOf(2024, 5, 2)), (clock.DayOf(landsAt), clock.DayInZoneLeft(landsAt, 48 * HourMs)));
        Assert.NotNull(clock.DayInZoneLeft(landsAt + (48 * HourMs) - 1, 48 * HourMs));
        Assert.Null(clock.DayInZoneLeft(landsAt + (48 * HourMs), 48 * HourMs));
    }

    [Fact]
    public void DayOf_Utc_IsTheUtcDay() => Gen.Long[0, 253_402_300_799_999].Sample(ms => Assert.Equal(ms / DayMs, LearnerClock.Utc.DayOf(ms)));

    private static int DayOf(int year, int month, int day) => (int)(Ms(year, month, day, 0) / DayMs);

    private static long Ms(int year, int month, int day, int hour) => new DateTimeOffset(year, month, day, hour, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
}
