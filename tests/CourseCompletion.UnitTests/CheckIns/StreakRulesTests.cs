using CourseCompletion.Domain.CheckIns;
using CourseCompletion.Domain.LocalTime;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.CheckIns;

public class StreakRulesTests
{
    private const int Monday = (int)(MondayMs / DayMs);

    private static readonly CheckInPlan _daily = new();

    [Fact]
    public void StandingAt_NoCheckIn_IsNothing() =>
        Assert.Equal(new CheckInStanding(Monday, 0, 0, 0, false, false, false, 0, 0, false), Learner().On(Monday, _daily));

    [Fact]
    public void StandingAt_DaysInARow_AreAStreakThatTodayMayStillExtend()
    {
        var learner = Learner().CheckInOn(Monday, Monday + 1, Monday + 2);

        Assert.Equal((3, 3, true, false), Figures(learner.On(Monday + 2, _daily)));
        Assert.Equal((3, 3, false, true), Figures(learner.On(Monday + 3, _daily)));
        Assert.Equal((0, 3, false, false), Figures(learner.On(Monday + 4, _daily)));
    }

    [Fact]
    public void StandingAt_SeveralCheckInsOfADay_CountOnce() =>
        Assert.Equal(1, Learner().CheckInOn(Monday, Monday, Monday).On(Monday, _daily).CurrentStreak);

    [Theory]
    [InlineData(10, false, 9, 0, false)]
    [InlineData(10, false, 10, 0, true)]
    [InlineData(10, false, 0, 10, false)]
    [InlineData(10, true, 0, 5, true)]
    [InlineData(0, true, 60, 4.9, false)]
    [InlineData(0, true, 0, 5, true)]
    [InlineData(0, false, 0, 0, true)]
    public void StandingAt_Proof_DecidesWhetherTheDayCounts(int minutesMin, bool quizProves, int watched, double score, bool counts)
    {
        var plan = new CheckInPlan { UniqueMinutesMin = minutesMin, QuizProves = quizProves };
        var before = Learner().Watch(MondayMs, watched + 1).Fold(Event(Domain.Learners.EventKind.SessionStarted)); // Never fewer than a minute may be watched.
        Assert.Equal(counts, Prove(before, watched, score).On(Monday + 1, plan).CheckedInToday);
        Assert.NotEqual(counts, Prove(Learner(), watched, score).On(Monday + 1, plan).AwaitsProof);
    }

    [Fact]
    public void StandingAt_ProofBeforeOrAfterTheCheckIn_IsTheSame()
    {
        var plan = new CheckInPlan { UniqueMinutesMin = 5 };
        var noonMs = MondayMs + (12 * HourMs);

        Assert.True(Learner().Watch(noonMs - HourMs, 3).CheckIn(noonMs).Watch(noonMs + HourMs, 2).On(Monday, plan).CheckedInToday);
        Assert.False(Learner().Watch(noonMs - DayMs, 3).CheckIn(noonMs).Watch(noonMs + HourMs, 2).On(Monday, plan).CheckedInToday);
    }

    [Fact]
    public void StandingAt_CheckInThatArrivesDaysAfterItsProof_Counts()
    {
        var learner = Learner().CheckInOn(Monday - 9);
        for (var day = Monday; day < Monday + 4; day++)
        {
            learner.Watch(day * DayMs, 5);
        }

        Assert.Equal(1, learner.CheckInOn(Monday).On(Monday, new() { UniqueMinutesMin = 5 }).CurrentStreak);
    }

    [Fact]
    public void StandingAt_Freeze_KeepsTheStreakAndAddsNothing()
    {
        var plan = new CheckInPlan { FreezesPerMonth = 1 };
        var learner = Learner().CheckInOn(Monday, Monday + 1, Monday + 3, Monday + 4);

        Assert.Equal((4, 0), (learner.On(Monday + 4, plan).CurrentStreak, learner.On(Monday + 4, plan).FreezesLeft));
        Assert.Equal((4, true), (learner.On(Monday + 5, plan).CurrentStreak, learner.On(Monday + 5, plan).AtRisk));
        Assert.Equal(0, learner.On(Monday + 6, plan).CurrentStreak);
        Assert.Equal(1, learner.On(Monday + 40, plan).FreezesLeft);
    }

    [Fact]
    public void StandingAt_Card_FillsAMissedDayAndIsSpent()
    {
        var plan = new CheckInPlan { DaysPerCard = 3 };
        var learner = Learner().CheckInOn(Monday, Monday + 1, Monday + 2, Monday + 4);

        Assert.Equal((1, 1), (learner.On(Monday + 4, plan).CurrentStreak, learner.On(Monday + 4, plan).CardsLeft));
        learner.MakeUp(learner.Clock.InstantOf(Monday + 4, 720), 1);
        Assert.Equal((5, 0), (learner.On(Monday + 4, plan).CurrentStreak, learner.On(Monday + 4, plan).CardsLeft));
    }

    [Fact]
    public void StandingAt_CardPlayedWithoutOneHeld_HasNoEffect()
    {
        var learner = Learner().CheckInOn(Monday, Monday + 2).MakeUp((Monday + 2) * DayMs, 1);

        Assert.Equal(1, learner.On(Monday + 2, new() { DaysPerCard = 3 }).CurrentStreak);
        Assert.Equal(3, learner.On(Monday + 2, new() { DaysPerCard = 2 }).CurrentStreak);
    }

    [Fact]
    public void StandingAt_ThreeDaysAWeek_CountsWeeks()
    {
        var plan = new CheckInPlan { DaysPerWeek = 3 };
        var learner = Learner().CheckInOn(Monday, Monday + 3, Monday + 6, Monday + 8, Monday + 9, Monday + 10);

        Assert.Equal((2, 2, 3, true), Week(learner.On(Monday + 10, plan)));
        Assert.Equal((2, 2, 0, false), Week(learner.On(Monday + 14, plan)));
        Assert.Equal((0, 2, 0, false), Week(learner.On(Monday + 21, plan)));
        Assert.Equal((false, true), (learner.On(Monday + 17, plan).AtRisk, learner.CheckInOn(Monday + 14).On(Monday + 19, plan).AtRisk));
    }

    [Fact]
    public void StandingAt_WeekShortOfADay_TakesAFreeze()
    {
        var learner = Learner().CheckInOn(Monday, Monday + 1, Monday + 8, Monday + 14, Monday + 15);

        Assert.Equal(2, learner.On(Monday + 15, new() { DaysPerWeek = 2, FreezesPerMonth = 1 }).CurrentStreak);
        Assert.Equal(1, learner.On(Monday + 15, new() { DaysPerWeek = 2 }).CurrentStreak);
    }

    [Fact]
    public void StandingAt_WeekThatBeginsOnSunday_IsCountedFromThen()
    {
        var learner = Learner().CheckInOn(Monday - 1, Monday + 1, Monday + 6);

        Assert.Equal(2, learner.On(Monday + 1, new() { DaysPerWeek = 2, WeekBegins = 7 }).DaysThisWeek);
        Assert.Equal(2, learner.On(Monday + 6, new() { DaysPerWeek = 2 }).DaysThisWeek);
    }

    // Samoa had no 30 December 2011.
    [Fact]
    public void StandingAt_DayThatTheCountrySkipped_IsNotMissed()
    {
        var skipped = (int)(new DateTimeOffset(2011, 12, 30, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() / DayMs);

        Assert.Equal(2, Learner("Pacific/Apia").CheckInOn(skipped - 1, skipped + 1).On(skipped + 1, _daily).CurrentStreak);
    }

    [Fact]
    public void StandingAt_FlightWestOverTheDateLine_CountsTheDayOnce()
    {
        var landsAtMs = MondayMs + (5 * HourMs);
        var learner = new CheckInScript(new(LearnerZones.Of("Pacific/Auckland").With(landsAtMs, "Pacific/Honolulu"), 0));
        learner.CheckIn(landsAtMs - HourMs).CheckIn(landsAtMs + HourMs).CheckIn(landsAtMs + (24 * HourMs));

        Assert.Equal((Monday - 1, 2, true), Days(learner.At(landsAtMs + HourMs, _daily)));
        Assert.Equal((Monday, 2, true), Days(learner.At(landsAtMs + (24 * HourMs), _daily)));
    }

    [Fact]
    public void StandingAt_FlightEastOverTheDateLine_DoesNotAskForTheDayLost()
    {
        // From Monday 05:00 in Honolulu to Tuesday 04:00 in Auckland.
        var leavesAtMs = MondayMs + (15 * HourMs);
        var learner = new CheckInScript(new(LearnerZones.Of("Pacific/Honolulu").With(leavesAtMs, "Pacific/Auckland"), 0));
        learner.CheckIn(leavesAtMs - (10 * HourMs)).CheckIn(leavesAtMs + HourMs);

        Assert.Equal((Monday + 1, 2, true), Days(learner.At(leavesAtMs + HourMs, _daily)));
    }

    // Half past midnight in Tokyo is still yesterday in Berlin: the check-in saves the day that the learner left behind.
    [Fact]
    public void StandingAt_CheckInSoonAfterAChangeOfZone_BridgesTheDayOfTheZoneLeft()
    {
        var changesAtMs = MondayMs + (14 * HourMs);
        var learner = new CheckInScript(new(LearnerZones.Of("Europe/Berlin").With(changesAtMs, "Asia/Tokyo"), 0));
        learner.CheckIn(MondayMs - (12 * HourMs)).CheckIn(changesAtMs + (90 * MinuteMs)).CheckIn(changesAtMs + (20 * HourMs));

        Assert.Equal((Monday + 1, 2, true), Days(learner.At(changesAtMs + (20 * HourMs), _daily)));
        Assert.Equal((Monday + 1, 1, true), Days(learner.At(changesAtMs + (20 * HourMs), _daily with { TravelGrace = false })));
    }

    [Fact]
    public void StandingAt_MoreDaysThanAreKept_StillHasTheNewestStreak()
    {
        var learner = Learner().CheckInOn([.. Enumerable.Range(Monday, CheckInState.DaysMax + 50)]);

        Assert.Equal((CheckInState.DaysMax, CheckInState.DaysMax), (learner.Enrolment.CheckIns.KeptCount, learner.On(Monday + CheckInState.DaysMax + 49, _daily).CurrentStreak));
    }

    private static CheckInScript Prove(CheckInScript learner, int watched, double score)
    {
        var atMs = MondayMs + DayMs + HourMs;
        return (watched == 0 ? learner : learner.Watch(atMs, watched)).Quiz(atMs, score).CheckIn(atMs + HourMs);
    }

    private static CheckInScript Learner(string zone = "UTC") => new(new(LearnerZones.Of(zone), 0));

    private static (int Current, int Longest, bool Today, bool AtRisk) Figures(CheckInStanding s) => (s.CurrentStreak, s.LongestStreak, s.CheckedInToday, s.AtRisk);

    private static (int Current, int Longest, int Days, bool Reached) Week(CheckInStanding s) => (s.CurrentStreak, s.LongestStreak, s.DaysThisWeek, s.WeeklyGoalReached);

    private static (int Today, int Current, bool CheckedIn) Days(CheckInStanding s) => (s.Today, s.CurrentStreak, s.CheckedInToday);
}
