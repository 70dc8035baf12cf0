using CourseCompletion.Domain.Learners;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Learners;

public class DedupeRulesTests
{
    private const long NowMs = MondayMs + (1000 * DayMs);

    private static readonly LearnerPolicy _small = LearnerPolicy.Default with { DedupeHorizonDays = 5, DedupeIdsMax = 30 };

    private enum Step
    {
        Record,
        Resend,
        Seal,
        Save,
        Crash,
    }

    // The days run forward, with late events behind and jumps ahead.
    private static readonly Gen<(Step Step, int Day, int Source, int Pick)[]> _steps = Gen.Select(
        Gen.Frequency<Step>((8, Gen.Const(Step.Record)), (6, Gen.Const(Step.Resend)), (2, Gen.Const(Step.Seal)), (1, Gen.Const(Step.Save)), (1, Gen.Const(Step.Crash))),
        Gen.Frequency<int>((6, Gen.Int[-6, 0]), (2, Gen.Int[0, 2]), (1, Gen.Int[3, 20])),
        Gen.Int[0, 2],
        Gen.Int[0, 1000]).Array[1, 120];

    [Fact]
    public void Decide_AnySealsCrashesAndSnapshots_NeverAcceptsTwice() => _steps.Sample(
        steps =>
        {
            var learner = new LivingLearner(_small);
            var accepted = new List<LearnerEvent>();
            var newest = new int[3];
            for (var i = 0; i < steps.Length; i++)
            {
                var (step, back, source, pick) = steps[i];
                switch (step)
                {
                    case Step.Record:
                        var day = Math.Max(0, newest[source] + back);
                        newest[source] = Math.Max(newest[source], day);
                        var e = Event(EventKind.Shared, $"{i}", MondayMs + (day * DayMs) + pick) with { Source = LearnerEventGen.Sources[source] };
                        if (learner.Record(NowMs, e)[0].Status == DecisionStatus.Accepted)
                        {
                            accepted.Add(e);
                        }

                        break;
                    case Step.Resend when accepted.Count > 0:
                        AssertKnown(learner, accepted[pick % accepted.Count]);
                        break;
                    case Step.Seal:
                        learner.Seal();
                        break;
                    case Step.Save:
                        learner.Save();
                        break;
                    case Step.Crash:
                        learner.Crash();
                        break;
                }
            }

            Assert.All(accepted, e => AssertKnown(learner, e));
            Assert.Equal(accepted.Count, learner.State.EventCount);
        },
        iter: 1_000);

    [Fact]
    public void Remember_AnySteps_KeepsTheCapsAndTheDaysAboveTheFloor() => _steps.Sample(
        steps =>
        {
            var learner = new LivingLearner(_small);
            for (var i = 0; i < steps.Length; i++)
            {
                var (step, back, source, pick) = steps[i];
                var e = Event(EventKind.Shared, $"{i}", MondayMs + ((50 + back + (i / 10)) * DayMs) + pick);
                learner.Record(NowMs, e with { Source = LearnerEventGen.Sources[source] });
                if (step == Step.Save)
                {
                    learner.Save();
                    learner.Crash();
                }

                Assert.InRange(learner.State.RememberedIds, 0, _small.DedupeIdsMax);
                Assert.Equal(learner.State.RememberedIds, learner.State.Sources.Sum(s => s.Days.Sum(d => d.Count)));
                foreach (var state in learner.State.Sources)
                {
                    var days = state.Days.Select(d => d.Day).ToArray();
                    Assert.Equal(days.Distinct().Order(), days);
                    Assert.True(days.Length == 0 || days[0] >= state.FloorDay);
                    Assert.True(state.FloorDay >= LearnerTime.DayOf(state.NewestAtMs) - _small.DedupeHorizonDays);
                }
            }
        },
        iter: 300);

    [Theory]
    [InlineData(30, DecisionStatus.Accepted)]
    [InlineData(31, DecisionStatus.Rejected)]
    public void Decide_BehindTheSourcesNewest_IsTooLateBeyondTheHorizon(int daysBehind, DecisionStatus status)
    {
        var learner = new LivingLearner();
        learner.Record(NowMs, Event(EventKind.Shared, "newest", MondayMs));
        var decision = learner.Record(NowMs, Event(EventKind.Shared, "late", MondayMs - (daysBehind * DayMs)))[0];

        Assert.Equal(status == DecisionStatus.Accepted ? Decision.Accepted : Decision.TooLate, decision);
    }

    [Fact]
    public void Decide_OldHistoryUnderASourceOfItsOwn_IsAccepted()
    {
        var learner = new LivingLearner();
        var history = Enumerable.Range(0, 50).Select(i => Event(EventKind.Shared, $"{i}", MondayMs - ((3000 - i) * DayMs)) with { Source = "import" }).ToArray();
        learner.Record(NowMs, history[..10]);
        learner.Record(NowMs, Event(EventKind.Shared, "live", MondayMs));

        Assert.All(learner.Record(NowMs, history[10..]), decision => Assert.Equal(Decision.Accepted, decision));
        Assert.Equal(Decision.TooLate, learner.Decide(NowMs, Event(EventKind.Shared, "late", MondayMs - (31 * DayMs))));
    }

    [Fact]
    public void Decide_AfterTheCapOnIdentities_IsTooLateBelowTheFloorAndKnowsWhatIsAbove()
    {
        var learner = new LivingLearner(LearnerPolicy.Default with { DedupeIdsMax = 10 });
        var events = Enumerable.Range(0, 12).Select(i => Event(EventKind.Shared, $"{i}", MondayMs + (i / 3 * DayMs))).ToArray();
        learner.Record(NowMs, events);

        Assert.Equal(9, learner.State.RememberedIds);
        Assert.Equal(LearnerTime.DayOf(MondayMs) + 1, learner.State.Sources[0].FloorDay);
        Assert.Equal(Decision.TooLate, learner.Decide(NowMs, events[0]));
        Assert.All(events[3..], e => Assert.Equal(Decision.Duplicate, learner.Decide(NowMs, e)));
    }

    [Fact]
    public void Seal_SegmentsBelowTheFloor_AreDropped()
    {
        var learner = new LivingLearner(_small);
        learner.Record(NowMs, Event(EventKind.Shared, "old"), Event(EventKind.Shared, "next day", MondayMs + DayMs));
        learner.Seal();
        Assert.Equal(2, learner.Store.SegmentCount);

        learner.Record(NowMs, Event(EventKind.Shared, "much later", MondayMs + (6 * DayMs)));
        learner.Seal();

        Assert.Equal(2, learner.Store.SegmentCount);
        Assert.Empty(learner.Store.ReadSegment(new("app", LearnerTime.DayOf(MondayMs))));
    }

    [Fact]
    public void SealFor_NothingNew_IsNull()
    {
        var learner = new LivingLearner();
        learner.Record(NowMs, Event(EventKind.Shared));
        Assert.NotNull(DedupeRules.SealFor(LivingLearner.Key, learner.State));
        learner.Seal();

        Assert.Null(DedupeRules.SealFor(LivingLearner.Key, learner.State));
    }

    [Fact]
    public void MarkSealed_SeveralDays_KeepsOnlyTheNewestDayInMemory()
    {
        var learner = new LivingLearner();
        learner.Record(NowMs, Event(EventKind.Shared, "1"), Event(EventKind.Shared, "2", MondayMs + DayMs));
        learner.Seal();

        Assert.Equal([false, true], learner.State.Sources[0].Days.Select(d => d.IsLoaded));
        Assert.Equal(new DedupeSegmentId("app", LearnerTime.DayOf(MondayMs)), LearnerRules.SegmentToLoad(learner.State, Event(EventKind.Shared)));
        Assert.Null(LearnerRules.SegmentToLoad(learner.State, Event(EventKind.Shared, "3", MondayMs + DayMs)));
    }

    [Fact]
    public void ResetWatermark_ProducersClockWasAhead_IsHeardAgain()
    {
        var learner = new LivingLearner();
        learner.Record(MondayMs, Event(EventKind.Shared, "good"));
        learner.Record(MondayMs, Ahead("bad", 100));
        Assert.Equal(Decision.TooLate, learner.Decide(MondayMs, Event(EventKind.Shared, "next")));

        learner.ResetWatermark(MondayMs, "app");

        Assert.Equal([Decision.Accepted], learner.Record(MondayMs, Event(EventKind.Shared, "next")));
        Assert.Equal(Decision.Accepted, learner.Decide(MondayMs, Event(EventKind.Shared, "late", MondayMs - (30 * DayMs))));
        Assert.Equal(Decision.TooLate, learner.Decide(MondayMs, Event(EventKind.Shared, "too late", MondayMs - (31 * DayMs))));
    }

    [Fact]
    public void ResetWatermark_IdentitiesOfThePastRemembered_FloorDoesNotFallBelowThem()
    {
        var learner = new LivingLearner();
        var old = Event(EventKind.Shared, "old", MondayMs - (20 * DayMs));
        learner.Record(MondayMs, old, Event(EventKind.Shared, "good"), Ahead("bad", 15));
        Assert.Equal(Decision.TooLate, learner.Decide(MondayMs, old));

        learner.ResetWatermark(MondayMs, "");

        // The identity of 'old' is forgotten: were it heard again, it would count twice.
        Assert.Equal(Decision.TooLate, learner.Decide(MondayMs, old));
        Assert.Equal(Decision.Accepted, learner.Decide(MondayMs, Event(EventKind.Shared, "next")));
    }

    [Fact]
    public void ResetWatermark_FloorRaisedByTheCap_DoesNotForgetIt() => Gen.Int[11, 60].Sample(count =>
    {
        var learner = new LivingLearner(LearnerPolicy.Default with { DedupeIdsMax = 10 });
        var events = Enumerable.Range(0, count).Select(i => Event(EventKind.Shared, $"{i}", MondayMs + (i / 3 * DayMs))).ToArray();
        learner.Record(NowMs, events);
        learner.ResetWatermark(events[^1].OccurredAtMs, "");

        Assert.All(learner.Record(NowMs, events), decision => Assert.NotEqual(DecisionStatus.Accepted, decision.Status));
    });

    [Fact]
    public void ResetWatermark_DroppedDayBegunAgain_NextSealKeepsItsIdentities()
    {
        var learner = new LivingLearner();
        learner.Record(MondayMs, Event(EventKind.Shared, "good"));
        learner.Seal();
        learner.Record(MondayMs, Ahead("bad", 100));
        learner.ResetWatermark(MondayMs, "");
        learner.Record(MondayMs, Event(EventKind.Shared, "next"));
        learner.Save();
        learner.Crash();

        Assert.Equal(Decision.Duplicate, learner.Decide(MondayMs, Event(EventKind.Shared, "next")));
    }

    [Fact]
    public void ResetWatermark_OneSource_LeavesTheOthers()
    {
        var learner = new LivingLearner();
        learner.Record(MondayMs, Ahead("bad", 100), Ahead("bad", 100) with { Source = "web" });
        learner.ResetWatermark(MondayMs, "app");

        Assert.Equal(Decision.Accepted, learner.Decide(MondayMs, Event(EventKind.Shared, "next")));
        Assert.Equal(Decision.TooLate, learner.Decide(MondayMs, Event(EventKind.Shared, "next") with { Source = "web" }));
    }

    // A phone whose clock is days ahead: the batch's sent_at corrects what happened when, but lateness goes by the producer's own time.
    private static LearnerEvent Ahead(string id, int days) => LearnerRules.CorrectClock(
        Event(EventKind.Shared, id, MondayMs + (days * DayMs)), MondayMs + (days * DayMs), MondayMs, LearnerPolicy.Default);

    private static void AssertKnown(LivingLearner learner, LearnerEvent e)
    {
        var floorDay = learner.State.FindSource(e.Source)!.FloorDay;
        var expected = LearnerTime.DayOf(e.ProducedAtMs) >= floorDay ? Decision.Duplicate : Decision.TooLate;

        Assert.Equal(expected, learner.Decide(NowMs, e));
    }
}
