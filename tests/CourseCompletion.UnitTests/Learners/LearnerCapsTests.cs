using CourseCompletion.Domain.Learners;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Learners;

public class LearnerCapsTests
{
    private const long NowMs = MondayMs + (4000 * DayMs);

    // What a snapshot holds beside what the caps count: its format, sequence, times, sizes and checksum.
    private const int HeaderBytes = 64;

    private const int SnapshotBytesMax = 50_000;

    private static readonly LearnerPolicy _policy = LearnerPolicy.Default;

    private static readonly LearnerPolicy _roomy = _policy with { StateBytesMax = int.MaxValue };

    [Fact]
    public void Decide_MoreSourcesThanAllowed_AreRejected() =>
        AssertCap(_policy.SourcesMax, "source", i => Event(EventKind.Shared, "e") with { Source = $"{i}" });

    [Fact]
    public void Decide_MoreCoursesThanAllowed_AreRejected() =>
        AssertCap(_policy.EnrolmentsMax, "course_id", i => Event(EventKind.Shared, $"{i}", course: $"{i}"));

    [Fact]
    public void Decide_MoreEnrolmentChangesThanAllowed_AreRejected() =>
        AssertCap(_policy.EnrolmentChangesMax, "body", i => Event(i % 2 == 0 ? EventKind.Enrolled : EventKind.Withdrew, $"{i}"));

    [Fact]
    public void Decide_MoreLessonsThanAllowed_AreRejected() =>
        AssertCap(_policy.LessonsMax, "lesson_id", i => Event(EventKind.LessonCompleted, $"{i}") with { Lesson = $"{i}" });

    [Fact]
    public void Decide_MoreIntervalsThanAllowed_AreRejected() =>
        AssertCap(_policy.IntervalsMax, "video_watched.from", i => Watched("a", i * 2000, (i * 2000) + 1000, $"{i}"));

    [Fact]
    public void Decide_MoreReactionsThanAllowed_AreRejected() =>
        AssertCap(_policy.ReactionsMax, "object_id", i => Event(EventKind.Liked, $"{i}") with { ObjectId = $"{i}" });

    [Fact]
    public void Decide_MoreAssessmentsThanAllowed_AreRejected() =>
        AssertCap(_policy.AssessmentsMax, "object_id", i => Event(EventKind.AssessmentSubmitted, $"{i}") with { ObjectId = $"{i}" });

    [Fact]
    public void Decide_AtTheCap_StillAcceptsWhatAddsNothing()
    {
        var learner = Full(_policy.IntervalsMax, i => Watched("a", i * 2000, (i * 2000) + 1000, $"{i}"));

        Assert.Equal([Decision.Accepted], learner.Record(NowMs, Watched("a", 0, 5000, "joins intervals")));
        Assert.Equal([Decision.Accepted], learner.Record(NowMs, Event(EventKind.VideoPaused, "same lesson") with { Lesson = "a" }));
    }

    [Fact]
    public void Decide_StateFull_NamesTheLearnerAndStillAcceptsWhatAddsNothing()
    {
        var learner = new LivingLearner();
        var fill = Enumerable.Range(0, 512).Select(i => Event(EventKind.Liked, $"{i}") with { ObjectId = $"{i}".PadLeft(128, 'x') });
        var refused = learner.Record(NowMs, [.. fill]).First(d => d.Status == DecisionStatus.Rejected).Rejection!;

        Assert.Equal((RejectionReason.LimitExceeded, "learner_id"), (refused.Reason, refused.Field));
        Assert.Equal([Decision.Accepted], learner.Record(NowMs, Event(EventKind.Unliked, "again") with { ObjectId = "0".PadLeft(128, 'x') }));
    }

    // Without sessions and within the horizon: the room asked for is then exactly the room taken.
    [Fact]
    public void Decide_StateExactlyFull_AcceptsUpToTheLastByteAndNoFurther() => LearnerEventGen.History(40, 20).Sample(history =>
    {
        history = [.. history.Select(e => e with { Session = null })];
        var learner = new LivingLearner();
        var bytes = 0;
        foreach (var e in history)
        {
            learner.Record(NowMs, e);
            bytes = Math.Max(bytes, learner.State.StateBytes);
        }

        Assert.All(new LivingLearner(_policy with { StateBytesMax = bytes }).Record(NowMs, history), decision => Assert.Equal(Decision.Accepted, decision));
        Assert.Contains(
            new LivingLearner(_policy with { StateBytesMax = bytes - 1 }).Record(NowMs, history), decision => decision.Rejection?.Field == "learner_id");
    });

    [Fact]
    public void Fold_LongerSession_IsCountedInTheBytes()
    {
        var (without, with) = (new LivingLearner(), new LivingLearner());
        without.Record(NowMs, Event(EventKind.Shared));
        with.Record(NowMs, Event(EventKind.Shared) with { Session = new string('s', 128) });

        Assert.Equal(130, with.State.StateBytes - without.State.StateBytes);
        with.Record(NowMs, Event(EventKind.SessionStarted, "2", MondayMs + DayMs));
        without.Record(NowMs, Event(EventKind.SessionStarted, "2", MondayMs + DayMs));
        Assert.Equal(0, with.State.StateBytes - without.State.StateBytes);
    }

    // StateBytes is what the caps go by: it may promise more room than the snapshot takes, never less.
    [Fact]
    public void Fold_AnyHistory_SnapshotFitsInTheBytesCounted() => LearnerEventGen.Wild().Array[1, 60].Select(Gen.Int[1, 60]).Sample(
        (events, days) =>
        {
            var learner = new LivingLearner();
            learner.Record(NowMs, [.. LearnerEventGen.Identified(events).Select((e, i) => e with { OccurredAtMs = MondayMs + (i * days * DayMs), ClockShiftMs = 0 })]);

            Assert.InRange(LearnerSnapshotCodec.Encode(learner.State).Length, 0, learner.State.StateBytes + HeaderBytes);
        },
        iter: 300);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Fold_HostileLearner_SnapshotStaysBelow50KB(int seed)
    {
        var learner = new LivingLearner();
        var random = new Random(seed);
        var refused = 0;
        for (var i = 0; refused < 300 && i < 60_000; i++)
        {
            refused += learner.Record(NowMs, Hostile(random, i))[0].Rejection?.Field == "learner_id" ? 1 : 0;
            if (i % 97 == 0 || refused > 0)
            {
                AssertSize(learner);
            }
        }

        AssertSize(learner);
        Assert.True(refused > 0, "The learner was not hostile enough to reach the cap.");
    }

    // Every enrolment with the longest ids, the longest session, counts beyond a thousand of each kind, and one day set per enrolment that spans years.
    [Fact]
    public void Fold_EveryCourseWornOut_SnapshotStaysBelow50KB()
    {
        var learner = new LivingLearner();
        for (var course = 0; course < _policy.EnrolmentsMax; course++)
        {
            for (var i = 0; i < 300; i++)
            {
                var e = Event(EventKind.ActivityRecorded, $"{course}-{i}", MondayMs + (i % 31 * DayMs), $"{course}".PadLeft(128, 'c')) with
                {
                    Source = $"{course % 16}".PadLeft(128, 's'),
                    Session = $"{i % 2}".PadLeft(128, 's'),
                    Family = (ActivityFamily)(1 + (i % 10)),
                    Count = LearnerEventRules.CountMax,
                };
                learner.Record(NowMs, e);
            }
        }

        AssertSize(learner);
    }

    [Fact]
    public void Fold_ClockBrokenAndRepairedOverAndOver_SnapshotStaysBelow50KB()
    {
        var learner = new LivingLearner();
        for (var repair = 0; repair < 200; repair++)
        {
            for (var day = 0; day < 31; day++)
            {
                var producedAtMs = MondayMs + ((100_000 - (repair * 40) - day) * DayMs);
                var e = Event(EventKind.Shared, $"{repair}-{day}", producedAtMs);
                learner.Record(MondayMs, LearnerRules.CorrectClock(e, producedAtMs, MondayMs, _policy));
            }

            learner.ResetWatermark(MondayMs, "");
        }

        AssertSize(learner);
    }

    private static LearnerEvent Hostile(Random random, int i)
    {
        var kind = Kinds[random.Next(Kinds.Length)];

        // Each source lives in a season of its own, so that the day sets of one enrolment span years.
        var source = random.Next(20);
        var day = (source * 180) + (i / 200) + random.Next(30);
        var e = Event(kind, $"{i}", MondayMs + (day * DayMs), $"{random.Next(4)}".PadLeft(128, 'c'));
        var fromMs = random.NextInt64(0, 48 * HourMs) / 2 * 2;
        return e with
        {
            Source = $"{source}".PadLeft(128, 's'),
            Session = $"{i}".PadLeft(random.Next(1, 129), 's'),
            Lesson = e.Lesson is null ? null : $"{random.Next(30)}".PadLeft(random.Next(2, 129), 'l'),
            ObjectId = e.ObjectId is null && kind is not (EventKind.Liked or EventKind.Rated) ? null : $"{random.Next(2000)}".PadLeft(random.Next(4, 129), 'o'),
            FromMs = kind == EventKind.VideoWatched ? fromMs : e.FromMs,
            ToMs = kind == EventKind.VideoWatched ? Math.Min(fromMs + 1, 48 * HourMs) : e.ToMs,
            DueAtMs = kind == EventKind.AssessmentSubmitted ? LearnerEventRules.LatestMs : null,
        };
    }

    private static void AssertCap(int max, string field, Func<int, LearnerEvent> eventOf)
    {
        var learner = Full(max, eventOf);
        var decision = learner.Decide(NowMs, eventOf(max));

        Assert.Equal((RejectionReason.LimitExceeded, field), (decision.Rejection?.Reason, decision.Rejection?.Field));
        Assert.InRange(LearnerSnapshotCodec.Encode(learner.State).Length, 0, learner.State.StateBytes + HeaderBytes);
    }

    private static LivingLearner Full(int count, Func<int, LearnerEvent> eventOf)
    {
        var learner = new LivingLearner(_roomy);
        Assert.All(learner.Record(NowMs, [.. Enumerable.Range(0, count).Select(eventOf)]), decision => Assert.Equal(Decision.Accepted, decision));
        return learner;
    }

    private static void AssertSize(LivingLearner learner)
    {
        var bytes = LearnerSnapshotCodec.Encode(learner.State).Length;

        Assert.InRange(bytes, 0, SnapshotBytesMax);
        Assert.InRange(bytes, 0, learner.State.StateBytes + HeaderBytes);
    }
}
