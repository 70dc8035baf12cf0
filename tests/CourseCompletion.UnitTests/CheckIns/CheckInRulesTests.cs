using CourseCompletion.Domain.CheckIns;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.LocalTime;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.CheckIns;

public class CheckInRulesTests
{
    private const int Monday = (int)(MondayMs / DayMs);

    private static readonly LearnerClock _traveller =
        new(LearnerZones.Of("Asia/Tokyo").With(MondayMs + (9 * DayMs), "America/New_York").With(MondayMs + (10 * DayMs), "Pacific/Kiritimati"), 240);

    private static readonly Gen<LearnerEvent[]> _history = Gen.Select(Gen.Int[0, 2], Gen.Long[0, 20 * DayMs], Gen.Int[1, 7]).Array[1, 60].Select(drawn =>
        drawn.Select((d, i) => Event(
            d.Item1 switch { 0 => EventKind.CheckedIn, 1 => EventKind.CheckInMadeUp, _ => EventKind.AssessmentSubmitted }, $"{i}", MondayMs + d.Item2) with
        {
            Count = d.Item1 == 1 ? d.Item3 : 0,
        }).ToArray());

    [Theory]
    [InlineData(4.9, false)]
    [InlineData(5, true)]
    public void Passes_HalfOfTheHighestScore_IsEnough(double score, bool passes) =>
        Assert.Equal(passes, CheckInRules.Passes(Event(EventKind.AssessmentSubmitted) with { Value = score, MaxValue = 10 }));

    [Fact]
    public void Fold_AnyOrderOfArrival_GivesTheSameFacts() => _history.SelectMany(history => Gen.Shuffle(history).Select(shuffled => (history, shuffled))).Sample((history, shuffled) =>
    {
        Assert.Equal(FactHash.Of(Folded(history).Enrolment), FactHash.Of(Folded(shuffled).Enrolment));
        Assert.Equal(Kept(Folded(history)), Kept(Folded(shuffled)));
    });

    [Fact]
    public void Fold_DaysWithoutCheckIn_AreFewAndTheNewest()
    {
        var learner = new CheckInScript(LearnerClock.Utc).CheckInOn(Monday);
        for (var day = 1; day <= 10; day++)
        {
            learner.Watch((Monday + day) * DayMs, 1);
        }

        Assert.Equal([Monday, .. Enumerable.Range(Monday + 7, 4)], learner.Enrolment.CheckIns.Days.ToArray().Select(day => day.Day));
        Assert.Equal(1, learner.Enrolment.CheckIns.KeptCount);
    }

    [Fact]
    public void Fold_SameMinutesAgain_AddNothing()
    {
        var watched = Watched("lesson-1", 0, 60_000, "1", MondayMs);
        var learner = new CheckInScript(LearnerClock.Utc).Fold(watched).Fold(watched with { EventId = "2", FromMs = 30_000, ToMs = 90_000 }).CheckInOn(Monday);

        Assert.Equal(90_000, learner.Enrolment.CheckIns.DayAt(Monday).UniqueMs);
    }

    [Fact]
    public void Fold_NoCheckInEver_AllocatesNothing()
    {
        var state = new LearnerState();
        LearnerRules.Fold(state, Watched("lesson-1", 0, 1000), 1, LearnerPolicy.Default);
        var enrolment = state.Enrolments[0];

        Assert.True(enrolment.CheckIns.IsEmpty);
        Assert.Equal(16, System.Runtime.CompilerServices.Unsafe.SizeOf<CheckInState>());
        Assert.Equal(1000, enrolment.CheckIns.DayAt(Monday).UniqueMs);
    }

    [Fact]
    public void Fold_MoreDaysThanAreKept_KeepsTheNewestWhateverTheOrder() => Gen.Shuffle(Enumerable.Range(0, CheckInState.DaysMax + 20).ToArray()).Sample(
        days => Assert.Equal(
            Enumerable.Range(Monday + 20, CheckInState.DaysMax),
            new CheckInScript(LearnerClock.Utc).CheckInOn([.. days.Select(day => Monday + day)]).Enrolment.CheckIns.Days.ToArray().Select(day => day.Day)),
        iter: 10);

    // What the caps promise is what is taken: the room asked for before each event is the room by which the state then grows.
    [Fact]
    public void Fold_AnyHistory_TakesTheRoomAskedFor() => _history.Sample(history =>
    {
        var state = CheckInScript.LearnerBy(_traveller);
        for (var i = 0; i < history.Length; i++)
        {
            var (e, identity) = (history[i], EventIdentity.Of(history[i].Source, history[i].EventId));
            var fits = state.StateBytes;
            LearnerRules.Fold(state, e, identity, LearnerPolicy.Default);
            var exact = LearnerPolicy.Default with { StateBytesMax = state.StateBytes };
            var before = Before(history, i);
            Assert.Equal(Decision.Accepted, LearnerRules.Decide(before, e, identity, MondayMs + (30 * DayMs), exact));
            Assert.True(fits == state.StateBytes || LearnerRules.Decide(before, e, identity, MondayMs + (30 * DayMs), exact with { StateBytesMax = state.StateBytes - 1 }).Rejection is not null);
        }
    });

    private static LearnerState Before(LearnerEvent[] history, int count)
    {
        var state = CheckInScript.LearnerBy(_traveller);
        foreach (var e in history[..count])
        {
            LearnerRules.Fold(state, e, EventIdentity.Of(e.Source, e.EventId), LearnerPolicy.Default);
        }

        return state;
    }

    private static CheckInScript Folded(LearnerEvent[] history) => history.Aggregate(new CheckInScript(_traveller), (learner, e) => learner.Fold(e));

    private static (int, bool, bool, int)[] Kept(CheckInScript learner) =>
        [.. learner.Enrolment.CheckIns.Days.ToArray().Where(day => day.IsKept).Select(day => (day.Day, day.CheckedIn, day.BridgedByTravel, day.MadeUpAfterDays))];
}
