using CourseCompletion.Domain.CheckIns;
using CourseCompletion.UnitTests.LocalTime;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.CheckIns;

/// <summary>Streaks against <see cref="StreakModel"/>, over every IANA zone and every clock change from 2020 to 2030, with travel.</summary>
public class StreakPropertyTests
{
    // Deeds lie within so many days around the change; the wall clock is read some days further.
    private const int Days = 8;

    [Fact]
    public void StandingAt_EveryZoneAndClockChangeWithTravel_IsThatOfTheWrittenRules()
    {
        foreach (var (history, random) in ZoneHistory.Every(Days - 1, 7))
        {
            using var wall = new WallClock(history, Days + 9);
            var plan = Draw(random);
            var deeds = Deeds(history, random);
            var learner = new CheckInScript(history.Clock);
            foreach (var deed in deeds)
            {
                Fold(learner, deed);
            }

            var nowMs = history.AroundMs + (((long)random.Next((Days + 2) * 2 * 1440) - ((Days + 2) * 1440)) * MinuteMs);
            var (expected, actual) = (new StreakModel(wall, history, plan, deeds, nowMs).Standing(), learner.At(nowMs, plan));
            if (expected != actual)
            {
                Assert.Fail($"{actual} instead of {expected}: {history}, {plan}, now {nowMs}, {string.Join(", ", deeds)}");
            }
        }
    }

    private static CheckInDeed[] Deeds(ZoneHistory history, PCG random)
    {
        var deeds = new List<CheckInDeed>();
        var skips = (int)random.Next(6);
        for (var day = -Days; day < Days; day++)
        {
            var atMs = history.AroundMs + (day * DayMs) + (random.Next(1440) * MinuteMs);
            if (random.Next(10) >= skips)
            {
                deeds.Add(new(CheckInDeed.Kind.CheckIn, atMs, 0));
                deeds.Add(new(CheckInDeed.Kind.Watch, atMs + ((random.Next(7) - 3L) * HourMs), 1 + (int)random.Next(6)));
            }

            if (random.Next(4) == 0)
            {
                deeds.Add(new(CheckInDeed.Kind.Quiz, atMs + HourMs, (int)random.Next(11)));
            }

            if (random.Next(4) == 0)
            {
                deeds.Add(new(CheckInDeed.Kind.MakeUp, atMs - HourMs, 1 + (int)random.Next(7)));
            }
        }

        return [.. deeds];
    }

    private static void Fold(CheckInScript learner, CheckInDeed deed) => _ = deed.What switch
    {
        CheckInDeed.Kind.CheckIn => learner.CheckIn(deed.AtMs),
        CheckInDeed.Kind.Watch => learner.Watch(deed.AtMs, deed.Amount),
        CheckInDeed.Kind.Quiz => learner.Quiz(deed.AtMs, deed.Amount),
        _ => learner.MakeUp(deed.AtMs, deed.Amount),
    };

    private static CheckInPlan Draw(PCG random) => new()
    {
        DaysPerWeek = random.Next(2) == 0 ? 7 : 1 + (int)random.Next(6),
        WeeklyGoalDays = random.Next(2) == 0 ? null : 1 + (int)random.Next(7),
        WeekBegins = random.Next(2) == 0 ? 1 : 1 + (int)random.Next(7),
        UniqueMinutesMin = random.Next(2) == 0 ? 0 : (int)random.Next(6),
        QuizProves = random.Next(4) == 0,
        DaysPerCard = random.Next(3) == 0 ? 0 : 1 + (int)random.Next(5),
        CardsMax = 1 + (int)random.Next(3),
        FreezesPerMonth = random.Next(2) == 0 ? 0 : (int)random.Next(4),
        TravelGrace = random.Next(4) != 0,
    };
}
