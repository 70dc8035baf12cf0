using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Learners;

/// <remarks>
/// Order is free only below the caps: at a cap the first to arrive gets in. The histories here stay below every cap (see <see cref="LearnerEventGen"/>), and each test
/// makes sure that everything was accepted.
/// </remarks>
public class FactHashTests
{
    private const int HorizonDays = 30;

    private static readonly long _nowMs = MondayMs + (HorizonDays * DayMs);

    private static readonly Gen<(LearnerEvent[] History, LearnerEvent[] Shuffled)> _shuffled =
        LearnerEventGen.History(80, HorizonDays).SelectMany(history => Gen.Shuffle(history).Select(shuffled => (history, shuffled)));

    [Fact]
    public void Of_AnyOrderWithinTheHorizon_IsTheSame() => _shuffled.Sample(
        (history, shuffled) =>
        {
            var (one, other) = (Live(history), Live(shuffled));

            Assert.Equal(one.State.Enrolments.Count, other.State.Enrolments.Count);
            foreach (var enrolment in one.State.Enrolments)
            {
                Assert.Equal(FactHash.Of(enrolment), FactHash.Of(other.State.FindEnrolment(enrolment.Course)!));
            }
        },
        iter: 500);

    [Fact]
    public void Of_AnyOrderWithinTheHorizon_SoAreTheFactsThatItLeavesToOthers() => _shuffled.Sample((history, shuffled) =>
    {
        var (one, other) = (Live(history).State, Live(shuffled).State);

        Assert.Equal((one.EventCount, one.FirstEventAtMs, one.LastEventAtMs), (other.EventCount, other.FirstEventAtMs, other.LastEventAtMs));
        foreach (var live in one.Enrolments)
        {
            var late = other.FindEnrolment(live.Course)!;
            Assert.Equal((live.UniqueMs, live.WatchedMs, live.Likes, live.Bookmarks), (late.UniqueMs, late.WatchedMs, late.Likes, late.Bookmarks));
            Assert.Equal((live.Status, live.Attempt), (late.Status, late.Attempt));
            Assert.Equal(RosterCounts.From(live), RosterCounts.From(late));
        }
    });

    [Fact]
    public void Of_AnyOrderWithinTheHorizon_LeavesDecayedCountsWithinAMillionth() => _shuffled.Sample((history, shuffled) =>
    {
        var (one, other) = (Live(history).State, Live(shuffled).State);
        foreach (var live in one.Enrolments)
        {
            var late = other.FindEnrolment(live.Course)!;
            Assert.Equal(live.Recent.AsOfMs, late.Recent.AsOfMs);
            for (var i = 0; i < live.Recent.Counts.Length; i++)
            {
                DecayedCountsTests.AssertClose(live.Recent.Counts[i], late.Recent.Counts[i], 1e-6);
            }
        }
    });

    [Fact]
    public void Of_OneMoreEvent_IsAnother() => Gen.Select(LearnerEventGen.History(40, HorizonDays), LearnerEventGen.Event(HorizonDays)).Sample(
        (history, more) =>
        {
            var learner = Live(history);
            more = more with { EventId = "one more", Course = history[0].Course };
            var before = FactHash.Of(learner.State.FindEnrolment(more.Course)!);
            learner.Record(_nowMs, more);

            Assert.NotEqual(before, FactHash.Of(learner.State.FindEnrolment(more.Course)!));
        },
        iter: 300);

    [Fact]
    public void Of_ScoreConcluded_StaysTheSame()
    {
        var learner = Live([Event(EventKind.Liked)]);
        var enrolment = learner.State.Enrolments[0];
        var before = FactHash.Of(enrolment);

        LearnerRules.Conclude(enrolment, new EnrolmentConclusion(enrolment.Course, 2, 0.9f, true), MondayMs);

        Assert.Equal(before, FactHash.Of(enrolment));
    }

    private static LivingLearner Live(LearnerEvent[] history)
    {
        var learner = new LivingLearner();
        foreach (var decision in history.SelectMany(e => learner.Record(_nowMs, e)))
        {
            Assert.Equal(Decision.Accepted, decision);
        }

        return learner;
    }
}
