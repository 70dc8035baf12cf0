using CourseCompletion.Domain.Learners;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Learners;

public class LearnerRulesTests
{
    private const long NowMs = MondayMs + (40 * DayMs);

    private static readonly LearnerPolicy _policy = LearnerPolicy.Default;

    [Fact]
    public void Decide_AnyEventAgain_IsADuplicateAndChangesNothing() => LearnerEventGen.History(60, 30).SelectMany(
        history => Gen.Shuffle(history).Select(again => (history, again))).Sample(
        (history, again) =>
        {
            var learner = new LivingLearner();
            learner.Record(NowMs, history);
            var (before, frames) = (learner.Snapshot, learner.Store.Head);

            Assert.All(learner.Record(NowMs, again), decision => Assert.Equal(Decision.Duplicate, decision));
            Assert.Equal(before, learner.Snapshot);
            Assert.Equal(frames, learner.Store.Head);
        });

    [Fact]
    public void Decide_AnyEventTwiceInOneBatch_CountsOnce() => LearnerEventGen.History(30, 30).Sample(history =>
    {
        var (once, twice) = (new LivingLearner(), new LivingLearner());
        once.Record(NowMs, history);
        twice.Record(NowMs, [.. history.SelectMany(e => new[] { e, e })]);

        Assert.Equal(once.Snapshot, twice.Snapshot);
    });

    [Fact]
    public void Decide_AnyEventAgainAfterCrashSealAndSnapshot_IsADuplicate() => LearnerEventGen.History(40, 30).Sample(history =>
    {
        var learner = new LivingLearner();
        learner.Record(NowMs, history);
        learner.Save();
        learner.Crash();
        var before = learner.Snapshot;

        Assert.All(learner.Record(NowMs, history), decision => Assert.Equal(Decision.Duplicate, decision));
        Assert.Equal(before, learner.Snapshot);
    });

    [Fact]
    public void Decide_SameIdFromAnotherSource_IsAccepted()
    {
        var learner = new LivingLearner();
        var e = Event(EventKind.Liked);
        learner.Record(NowMs, e);

        Assert.Equal([Decision.Accepted], learner.Record(NowMs, e with { Source = "web" }));
        Assert.Equal(2, learner.State.EventCount);
    }

    [Fact]
    public void Decide_ResentUnderAnotherClockCorrection_IsADuplicate() =>
        Gen.Select(LearnerEventGen.Event(30), Gen.Long[-60 * DayMs, 60 * DayMs], Gen.Long[0, 3 * DayMs]).Sample((e, offMs, laterMs) =>
        {
            var learner = new LivingLearner();
            var produced = e with { OccurredAtMs = e.OccurredAtMs + offMs };
            var first = LearnerRules.CorrectClock(produced, NowMs + offMs, NowMs, _policy);
            var resent = LearnerRules.CorrectClock(produced, NowMs + offMs + laterMs, NowMs + (2 * laterMs), _policy);
            var unstamped = produced;

            Assert.Equal([Decision.Accepted], learner.Record(NowMs, first));
            var before = learner.Snapshot;
            Assert.Equal([Decision.Duplicate, Decision.Duplicate], learner.Record(NowMs + (2 * laterMs), resent, unstamped));
            Assert.Equal(before, learner.Snapshot);
        });

    [Theory]
    [InlineData(0, 0)]
    [InlineData(120_000, 0)]
    [InlineData(-120_000, 0)]
    [InlineData(120_001, 120_001)]
    [InlineData(-120_001, -120_001)]
    [InlineData(86_400_000, 86_400_000)]
    public void CorrectClock_ProducersClockOffBy_ShiftsBeyondTwoMinutes(long behindMs, long shiftMs)
    {
        var e = Event(EventKind.Liked);
        var corrected = LearnerRules.CorrectClock(e, NowMs - behindMs, NowMs, _policy);

        Assert.Equal((e.OccurredAtMs + shiftMs, shiftMs, e.OccurredAtMs), (corrected.OccurredAtMs, corrected.ClockShiftMs, corrected.ProducedAtMs));
    }

    [Fact]
    public void CorrectClock_CorrectedAlready_StartsFromTheProducersTime()
    {
        var e = LearnerRules.CorrectClock(Event(EventKind.Liked), NowMs - HourMs, NowMs, _policy);

        Assert.Equal(MondayMs + DayMs, LearnerRules.CorrectClock(e, NowMs - DayMs, NowMs, _policy).OccurredAtMs);
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(NowMs - long.MaxValue)]
    [InlineData(unchecked(NowMs - long.MinValue))]
    [InlineData(long.MaxValue)]
    public void CorrectClock_AbsurdTimeOfSending_DoesNotFault(long sentAtMs)
    {
        var e = LearnerRules.CorrectClock(Event(EventKind.Liked), sentAtMs, NowMs, _policy);

        Assert.Equal(MondayMs, e.ProducedAtMs);
    }

    [Theory]
    [InlineData(5 * MinuteMs, DecisionStatus.Accepted)]
    [InlineData((5 * MinuteMs) + 1, DecisionStatus.Rejected)]
    public void Decide_AheadOfTheClock_IsAcceptedUpToFiveMinutes(long aheadMs, DecisionStatus status)
    {
        var decision = new LivingLearner().Record(NowMs, Event(EventKind.Liked, atMs: NowMs + aheadMs))[0];

        Assert.Equal(status, decision.Status);
        Assert.Equal(status == DecisionStatus.Rejected ? Decision.InTheFuture : Decision.Accepted, decision);
    }

    [Fact]
    public void Decide_CorrectedToBefore1990_IsRejected()
    {
        var e = LearnerRules.CorrectClock(Event(EventKind.Liked), NowMs + (50L * 365 * DayMs), NowMs, _policy);
        var decision = new LivingLearner().Record(NowMs, e)[0];

        Assert.Equal((RejectionReason.InvalidField, "occurred_at"), (decision.Rejection!.Reason, decision.Rejection.Field));
    }

    [Fact]
    public void Decide_RejectedEvent_ChangesNothing()
    {
        var learner = new LivingLearner();
        learner.Record(NowMs, Event(EventKind.Liked));
        var before = learner.Snapshot;
        learner.Record(NowMs, Event(EventKind.Shared, "e2", NowMs + DayMs), Event(EventKind.Shared, "e3", MondayMs - (31 * DayMs)));

        Assert.Equal(before, learner.Snapshot);
    }

    [Fact]
    public void Conclude_CompletedOnce_StaysCompleted()
    {
        var learner = new LivingLearner();
        learner.Record(NowMs, Event(EventKind.Liked));
        var enrolment = learner.State.Enrolments[0];

        LearnerRules.Conclude(enrolment, new(enrolment.Course, 1, 1, true), NowMs);
        LearnerRules.Conclude(enrolment, new(enrolment.Course, 2, 0.4f, false), NowMs + DayMs);

        Assert.Equal((NowMs, EnrolmentStatus.Completed), (enrolment.CompletedAtMs, enrolment.Status));
        Assert.Equal((0.4f, NowMs + DayMs), (enrolment.Probability, enrolment.EvaluatedAtMs));
    }

    [Fact]
    public void Conclude_CompletedAgain_KeepsTheFirstTime()
    {
        var enrolment = new EnrolmentState(new("algebra"));

        LearnerRules.Conclude(enrolment, new(enrolment.Course, 1, 1, true), NowMs);
        LearnerRules.Conclude(enrolment, new(enrolment.Course, 1, 1, true), NowMs + DayMs);

        Assert.Equal(NowMs, enrolment.CompletedAtMs);
    }
}
