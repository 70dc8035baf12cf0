using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Domain.Stores;
using CourseCompletion.UnitTests.Learners;
using CourseCompletion.UnitTests.Stores;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Recommendations;

public class TasteRulesTests
{
    private const long NowMs = MondayMs + (100 * DayMs);

    private static readonly RecommendationPolicy _policy = RecommendationPolicy.Default;

    [Fact]
    public void TakenBy_CoursesInTheOrderOfTheEnrolments_NeedsNoRoom()
    {
        var learner = new LivingLearner();
        learner.Record(NowMs, Event(EventKind.Enrolled, "1", course: "a"), Event(EventKind.Shared, "2", course: "b"), Event(EventKind.Withdrew, "3", course: "a"));

        Assert.Equal(["a", "b"], Taken(learner.State));
        Assert.Null(learner.State.Taste);
    }

    [Fact]
    public void TakenBy_ACourseShownFirstAndTakenLater_StandsWhereItWasTaken()
    {
        var learner = new LivingLearner();
        learner.Record(NowMs, Event(EventKind.PromotionShown, "1", course: "a"), Event(EventKind.Enrolled, "2", course: "b"));
        Assert.Equal(["b"], Taken(learner.State));
        learner.Record(NowMs, Event(EventKind.Enrolled, "3", course: "a"));
        learner.Record(NowMs, Event(EventKind.Enrolled, "4", course: "c"));

        Assert.Equal(["b", "a", "c"], Taken(learner.State));
        Assert.Equal(["b", "a", "c"], Taken(LearnerSnapshotCodec.Decode(LearnerSnapshotCodec.Encode(learner.State))));
    }

    // What was taken only grows at its end, whatever comes in whatever order: the recommender counts by that.
    [Fact]
    public void TakenBy_AnyHistory_OnlyGrowsAtItsEnd() => LearnerEventGen.History(60, 20).Sample(history =>
    {
        var learner = new LivingLearner();
        string[] before = [];
        foreach (var e in history)
        {
            learner.Record(NowMs, e);
            var taken = Taken(learner.State);
            Assert.Equal(before, taken.Take(before.Length));
            Assert.True(taken.Length == before.Length || learner.State.TookAtSequence == learner.State.Sequence);
            before = taken;
        }

        var replayed = learner.Snapshot;
        learner.Crash();
        Assert.Equal(replayed, learner.Snapshot);
        Assert.Equal(before, Taken(learner.State));
        Assert.Equal(learner.State.Enrolments.Count(enrolment => enrolment.IsEnrolled), before.Length);
    });

    // The recommender counts completions by their places: none may come before one that was there, though the clock is set back and two courses are completed within a millisecond.
    [Fact]
    public void CompletedBy_AnyHistoryAndClock_OnlyGrowsAtItsEnd() => Gen.Select(Gen.Int[0, 7], Gen.Bool, Gen.Long[-2, 2]).Array[1, 30].Sample(history =>
    {
        var learner = new LivingLearner(new LearnerStore(), LearnerPolicy.Default, Easy);
        string[] before = [];
        var nowMs = NowMs;
        foreach (var (i, (course, completes, stepMs)) in history.Index())
        {
            nowMs += stepMs;
            learner.Record(nowMs, Event(completes ? EventKind.LessonCompleted : EventKind.Enrolled, $"{i}", course: $"course-{course}"));
            var completed = Completed(learner.State);
            Assert.Equal(before, completed.Take(before.Length));
            Assert.True(completed.Length == before.Length || learner.State.TookAtSequence == learner.State.Sequence);
            before = completed;
        }

        Assert.Equal(before, Completed(LearnerSnapshotCodec.Decode(LearnerSnapshotCodec.Encode(learner.State))));
        var (lived, row) = (learner.Snapshot, TasteRow.From(new("ada"), 1, learner.State));
        learner.Crash();
        Assert.Equal(lived, learner.Snapshot);
        Assert.Equal(before, Completed(learner.State));
        Assert.Equal(before.Length, row.CompletedTotal);
        Assert.Equal(before, row.Completed.Select(course => course.Value));
    });

    [Fact]
    public void CompletedBy_TheClockSetBackBetweenTwo_KeepsTheirOrder()
    {
        var learner = new LivingLearner(new LearnerStore(), LearnerPolicy.Default, Easy);
        learner.Record(NowMs, Event(EventKind.LessonCompleted, "1", course: "b"));
        Assert.Null(learner.State.Taste);
        learner.Record(NowMs - 1, Event(EventKind.LessonCompleted, "2", course: "a"));
        learner.Record(NowMs - 2, Event(EventKind.LessonCompleted, "3", course: "c"));

        Assert.Equal(["b", "a", "c"], Completed(learner.State));
        var read = LearnerSnapshotCodec.Decode(GoldenFile.Read("learner-snapshot.v4-completions.bin", nameof(LearnerSnapshotCodec), LearnerSnapshotCodec.Encode(learner.State)));
        Assert.Equal(["b", "a", "c"], Completed(read));
    }

    [Fact]
    public void Fold_Dismissals_AreRememberedOnceAndTakenBack()
    {
        var state = new LearnerState();

        Assert.True(TasteRules.Fold(state, new(new("a"), DismissalReason.Dismissed), _policy));
        Assert.False(TasteRules.Fold(state, new(new("a"), DismissalReason.Dismissed), _policy));
        Assert.True(TasteRules.Fold(state, new(new("a"), DismissalReason.AlreadyKnown), _policy));
        Assert.Equal(DismissalReason.AlreadyKnown, TasteRules.DismissalOf(state, new("a")));
        Assert.Equal([TasteRules.HashOf(new("a"))], TasteRules.NotWantedBy(state, NowMs, _policy));
        Assert.True(TasteRules.Fold(state, new(new("a"), DismissalReason.None), _policy));
        Assert.False(TasteRules.Fold(state, new(new("a"), DismissalReason.None), _policy));
        Assert.Empty(TasteRules.NotWantedBy(state, NowMs, _policy));
        Assert.Equal(0, state.StateBytes);
    }

    [Fact]
    public void Fold_MoreDismissalsThanAllowed_ForgetsTheOldest()
    {
        var state = new LearnerState();
        for (var i = 0; i <= _policy.DismissalsMax; i++)
        {
            TasteRules.Fold(state, new(new($"course-{i}"), DismissalReason.Dismissed), _policy);
        }

        Assert.Equal(_policy.DismissalsMax, state.Taste!.DismissedCount);
        Assert.Equal(DismissalReason.None, TasteRules.DismissalOf(state, new("course-0")));
        Assert.Equal(DismissalReason.Dismissed, TasteRules.DismissalOf(state, new($"course-{_policy.DismissalsMax}")));
        Assert.InRange(LearnerSnapshotCodec.Encode(state).Length, 0, state.StateBytes + 64);
    }

    [Fact]
    public void HasRoomFor_StateFull_OnlyForWhatAddsNothing()
    {
        var state = new LearnerState();
        TasteRules.Fold(state, new(new("a"), DismissalReason.Dismissed), _policy);
        state.StateBytes = LearnerPolicy.Default.StateBytesMax;

        Assert.False(TasteRules.HasRoomFor(state, new(new("b"), DismissalReason.Dismissed), LearnerPolicy.Default));
        Assert.True(TasteRules.HasRoomFor(state, new(new("a"), DismissalReason.AlreadyKnown), LearnerPolicy.Default));
        Assert.True(TasteRules.HasRoomFor(state, new(new("b"), DismissalReason.None), LearnerPolicy.Default));
    }

    [Fact]
    public void NotWantedBy_ShownOftenAndNotFollowed_RestsForAWhile()
    {
        var learner = new LivingLearner();
        learner.Record(NowMs, [.. Enumerable.Range(0, _policy.ShownMax - 1).Select(i => Shown($"{i}", MondayMs + (i * DayMs)))]);
        Assert.Empty(TasteRules.NotWantedBy(learner.State, MondayMs + (5 * DayMs), _policy));
        learner.Record(NowMs, Shown("last", MondayMs + (5 * DayMs)));

        Assert.Equal([TasteRules.HashOf(new("algebra"))], TasteRules.NotWantedBy(learner.State, MondayMs + (6 * DayMs), _policy));
        Assert.Single(TasteRules.NotWantedBy(LearnerSnapshotCodec.Decode(LearnerSnapshotCodec.Encode(learner.State)), MondayMs + (6 * DayMs), _policy));
        Assert.Empty(TasteRules.NotWantedBy(learner.State, MondayMs + (31 * DayMs), _policy));
    }

    [Fact]
    public void NotWantedBy_ShownOtherwiseOrFollowed_IsWanted()
    {
        var learner = new LivingLearner();
        learner.Record(NowMs, [.. Enumerable.Range(0, 9).Select(i => Event(EventKind.PromotionShown, $"campaign {i}"))]);
        Assert.Empty(TasteRules.NotWantedBy(learner.State, NowMs, _policy));
        learner.Record(NowMs, [.. Enumerable.Range(0, 9).Select(i => Shown($"{i}", NowMs))]);
        Assert.Single(TasteRules.NotWantedBy(learner.State, NowMs, _policy));

        learner.Record(NowMs, Event(EventKind.PromotionClicked, "clicked", NowMs) with { ObjectId = "rec:1:1:0:0:1:950000" });

        Assert.Empty(TasteRules.NotWantedBy(learner.State, NowMs, _policy));
    }

    // What recommendations add is what was asked for, to the byte.
    [Fact]
    public void Decide_ShownAndFollowed_AsksForTheRoomThatItTakes() => LearnerEventGen.History(40, 20).Sample(history =>
    {
        history = [.. history.Select(e => e with { Session = null, ObjectId = LearnerEventRules.IsPromotion(e.Kind) ? "rec:1:1:0:0:1:950000" : e.ObjectId })];
        var learner = new LivingLearner();
        var bytes = 0;
        foreach (var e in history)
        {
            learner.Record(NowMs, e);
            bytes = Math.Max(bytes, learner.State.StateBytes);
        }

        Assert.All(
            new LivingLearner(LearnerPolicy.Default with { StateBytesMax = bytes }).Record(NowMs, history), decision => Assert.Equal(Decision.Accepted, decision));
        Assert.Contains(
            new LivingLearner(LearnerPolicy.Default with { StateBytesMax = bytes - 1 }).Record(NowMs, history), decision => decision.Rejection?.Field == "learner_id");
        Assert.InRange(LearnerSnapshotCodec.Encode(learner.State).Length, 0, learner.State.StateBytes + 64);
    });

    [Fact]
    public void Decide_ManyCoursesOnlyShown_LeavesRoomForThoseThatAreTaken()
    {
        var learner = new LivingLearner();
        var decisions = learner.Record(NowMs, [.. Enumerable.Range(0, 40).Select(i => Shown($"{i}", NowMs) with { Course = new($"course-{i}") })]);

        Assert.Equal(_policy.ProspectsMax, decisions.Count(decision => decision == Decision.Accepted));
        Assert.Equal("course_id", decisions[^1].Rejection!.Field);
        Assert.Equal([Decision.Accepted], learner.Record(NowMs, Event(EventKind.Enrolled, "taken", NowMs, "another")));
        Assert.Equal([Decision.Accepted], learner.Record(NowMs, Shown("again", NowMs) with { Course = new("course-0") }));
    }

    [Fact]
    public void Frame_WithDismissals_ReplaysAsItWasLived()
    {
        CourseDismissal[] dismissals = [new(new("a"), DismissalReason.Dismissed), new(new("b"), DismissalReason.AlreadyKnown), new(new("a"), DismissalReason.None)];
        var frame = new LearnerFrame(1, NowMs, 1, "prior-1", [], null, []) { Dismissals = dismissals };
        var read = LearnerFrame.Decode(frame.Encode(new PayloadWriter()));
        var state = new LearnerState();

        read.Replay(state, LearnerPolicy.Default);

        Assert.Equal(dismissals, read.Dismissals);
        Assert.Equal((1, DismissalReason.AlreadyKnown), (state.Taste!.DismissedCount, TasteRules.DismissalOf(state, new("b"))));
        StoredBytes.AssertEveryDamageIsNoticed(frame.Encode(new PayloadWriter()), damaged => LearnerFrame.Decode(damaged));
    }

    private static string[] Taken(LearnerState state) => [.. TasteRules.TakenBy(state).Select(course => course.Value)];

    private static string[] Completed(LearnerState state) => [.. TasteRules.CompletedBy(state).Select(course => course.Value)];

    // Whoever touches the first lesson for a second has it.
    private static CourseDefinition Easy(CourseId course) => new() { Course = course, Version = 1, Lessons = [new() { Id = "lesson-1", LengthMs = 1_000, CompletionThreshold = 0.01 }] };

    private static LearnerEvent Shown(string id, long atMs) => Event(EventKind.PromotionShown, id, atMs) with { ObjectId = "rec:1:1:0:0:1:950000" };
}
