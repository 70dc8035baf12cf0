using CourseCompletion.Domain.LocalTime;
using Xunit;

namespace CourseCompletion.UnitTests.LocalTime;

public class QuietHoursTests
{
    private const int Days = 3;

    [Fact]
    public void Includes_EveryZoneAndClockChangeWithTravel_IsWhatTheWallClockShows()
    {
        foreach (var (history, random) in ZoneHistory.Every(Days, 4))
        {
            var quiet = Draw(random);
            using var wall = new WallClock(history, Days);
            for (var i = 0; i < 40; i++)
            {
                var minute = (int)random.Next((uint)wall.Count);
                var ms = wall.MsAt(minute) + random.Next(60_000);
                Assert.True(IsQuiet(quiet, wall.MinuteOfDayAt(minute)) == quiet.Includes(history.Clock, ms), $"{history}: {quiet}, {ms}");
            }
        }
    }

    [Fact]
    public void EndAfter_EveryZoneAndClockChangeWithTravel_IsTheFirstMinuteThatIsNotQuiet()
    {
        foreach (var (history, random) in ZoneHistory.Every(Days - 1, 5))
        {
            var quiet = Draw(random);
            using var wall = new WallClock(history, Days + 2);
            for (var i = 0; i < 10; i++)
            {
                var minute = LearnerClock.MinutesPerDay + (int)random.Next(LearnerClock.MinutesPerDay * Days * 2);
                var startMs = wall.MsAt(minute) + random.Next(60_000);
                var first = minute;
                while (IsQuiet(quiet, wall.MinuteOfDayAt(first)))
                {
                    first++;
                }

                var expected = Math.Max(startMs, wall.MsAt(first));
                var end = quiet.EndAfter(history.Clock, startMs);
                Assert.True(expected == end, $"{history}: {quiet}, {startMs}: {end} instead of {expected}");
                Assert.False(quiet.Includes(history.Clock, end));
            }
        }
    }

    [Fact]
    public void EndAfter_EndInsideAGap_IsTheGapsEnd()
    {
        var berlin = new LearnerClock(LearnerZones.Of("Europe/Berlin"), 0);
        var gapMs = new DateTimeOffset(2024, 3, 31, 1, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

        Assert.Equal(gapMs, new QuietHours(1320, 150).EndAfter(berlin, gapMs - 1));
    }

    [Fact]
    public void EndAfter_AllThatIsNotQuietIsSkipped_IsOnTheNextDay()
    {
        var berlin = new LearnerClock(LearnerZones.Of("Europe/Berlin"), 0);
        var gapMs = new DateTimeOffset(2024, 3, 31, 1, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

        Assert.Equal(gapMs + (23 * 3_600_000), new QuietHours(180, 120).EndAfter(berlin, gapMs));
    }

    [Fact]
    public void Includes_None_Never() => Assert.False(QuietHours.None.Includes(LearnerClock.Utc, 0));

    private static QuietHours Draw(CsCheck.PCG random) => new((int)random.Next(LearnerClock.MinutesPerDay), (int)random.Next(LearnerClock.MinutesPerDay));

    // Written as a walk around the clock from one end to the other, unlike the rule.
    private static bool IsQuiet(QuietHours quiet, int minute) =>
        (minute - quiet.FromMinute + LearnerClock.MinutesPerDay) % LearnerClock.MinutesPerDay
            < (quiet.ToMinute - quiet.FromMinute + LearnerClock.MinutesPerDay) % LearnerClock.MinutesPerDay;
}
