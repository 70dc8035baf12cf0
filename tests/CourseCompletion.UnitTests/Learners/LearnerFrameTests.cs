using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.UnitTests.Courses;
using CourseCompletion.UnitTests.Stores;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Learners;

public class LearnerFrameTests
{
    private static readonly LearnerPolicy _shortMemory = LearnerPolicy.Default with { DedupeHorizonDays = 7, DedupeIdsMax = 25 };

    // Batches of a learner's life: late, early, repeated and rejected events, clocks corrected, watermarks reset between batches.
    private static readonly Gen<(LearnerEvent[] Batch, int ClockOffDays, string? Reset)[]> _life = Gen.Select(
        LearnerEventGen.Event(20).Array[1, 5],
        Gen.Frequency<int>((6, Gen.Const(0)), (1, Gen.Int[-3, 40])),
        Gen.OneOf("", LearnerEventGen.Sources[1]).Null(0.9)).Array[1, 25];

    private static readonly Gen<LearnerFrame> _frame = Gen.Select(
        Gen.Long[1, long.MaxValue],
        Gen.Long,
        Gen.Int[0, 1000],
        LearnerEventGen.Id,
        LearnerEventGen.Wild().Array[0, 4],
        LearnerEventGen.Id.Null(),
        Gen.Select(LearnerEventGen.Id, Gen.Long[1, long.MaxValue], Gen.Float.Unit, Gen.Bool, Gen.Byte[0, 4], (course, version, probability, completes, band) =>
            new EnrolmentConclusion(new CourseId(course), version, probability, completes, (CompletionBand)band)).Array[0, 3],
        (sequence, at, policy, model, events, reset, conclusions) => new LearnerFrame(sequence, at, policy, model, events, reset, conclusions));

    [Fact]
    public void Replay_JournalOfAnyLife_GivesTheLiveStateBitForBit() => Gen.Select(_life, CourseBuilder.Catalog()).Sample(
        (life, courses) =>
        {
            var learner = Live(life, courses);
            var replayed = new LearnerState();
            foreach (var payload in learner.Store.Archive)
            {
                LearnerFrame.Decode(payload).Replay(replayed, _shortMemory);
            }

            Assert.Equal(learner.Snapshot, Convert.ToHexString(LearnerSnapshotCodec.Encode(replayed)));
            Assert.Equal(learner.State.RememberedIds, replayed.RememberedIds);
        },
        iter: 300);

    [Fact]
    public void Replay_FromASnapshotTakenAnywhere_EndsLikeStraightThrough() => Gen.Select(_life, CourseBuilder.Catalog(), Gen.Int[0, 24], Gen.Int[0, 24]).Sample(
        (life, courses, first, second) =>
        {
            // Without watermark resets: what a reset makes forgotten depends on what was sealed.
            life = [.. life.Select(step => step with { Reset = null })];
            var straight = Live(life, courses);

            // What follows from the course and the remembered identities are not in a snapshot: they are derived anew and loaded on demand.
            var interrupted = Live(life, courses, step =>
                step == first || step == second ? learner => { learner.Save(); learner.Crash(); }
            : null);

            Assert.Equal(straight.Snapshot, interrupted.Snapshot);
        },
        iter: 300);

    [Fact]
    public void Replay_FrameThatDoesNotFollow_Throws()
    {
        var frame = new LearnerFrame(2, MondayMs, 1, "prior-1", [], null, []);

        Assert.Throws<StoreCorruptException>(() => frame.Replay(new LearnerState(), LearnerPolicy.Default));
    }

    [Fact]
    public void Replay_ConclusionForACourseNeverTouched_Throws()
    {
        var frame = new LearnerFrame(1, MondayMs, 1, "prior-1", [], null, [new(new CourseId("algebra"), 1, 0.5f, false)]);

        Assert.Throws<StoreCorruptException>(() => frame.Replay(new LearnerState(), LearnerPolicy.Default));
    }

    [Fact]
    public void Decode_AnyFrameEncoded_GivesItBack() => _frame.Sample(
        frame => AssertSame(frame, LearnerFrame.Decode(frame.Encode(new PayloadWriter()))), iter: 500);

    [Fact]
    public void Encode_WriterUsedBefore_WritesTheSame() => Gen.Select(_frame, _frame).Sample((before, frame) =>
    {
        var used = new PayloadWriter();
        before.Encode(used);

        Assert.Equal(frame.Encode(new PayloadWriter()), frame.Encode(used));
    });

    [Fact]
    public void Decode_AnyDamage_Throws() => _frame.Sample(
        frame => StoredBytes.AssertEveryDamageIsNoticed(frame.Encode(new PayloadWriter()), damaged => LearnerFrame.Decode(damaged)), iter: 10);

    [Fact]
    public void Decode_FormatOfANewerRelease_Throws()
    {
        var payload = new LearnerFrame(1, MondayMs, 1, "prior-1", [], null, []).Encode(new PayloadWriter());

        Assert.Throws<StoreCorruptException>(() => LearnerFrame.Decode(StoredBytes.OfFormat(5, payload)));
    }

    internal static void AssertSame(LearnerFrame expected, LearnerFrame actual)
    {
        Assert.Equal(expected with { Events = [], Conclusions = [], Nudges = FrameNudges.None }, actual with { Events = [], Conclusions = [], Nudges = FrameNudges.None });
        Assert.Equal(expected.Nudges.Preferences, actual.Nudges.Preferences);
        Assert.Equal(expected.Nudges.Deliveries, actual.Nudges.Deliveries);
        Assert.Equal(expected.Nudges.Decisions, actual.Nudges.Decisions);
        Assert.Equal(expected.Events, actual.Events);
        Assert.Equal(expected.Conclusions, actual.Conclusions);
    }

    private static LivingLearner Live(
        (LearnerEvent[] Batch, int ClockOffDays, string? Reset)[] life, CourseDefinition[] courses, Func<int, Action<LivingLearner>?>? between = null)
    {
        var learner = new LivingLearner(new LearnerStore(), _shortMemory, id => courses.Single(c => c.Course == id));
        for (var step = 0; step < life.Length; step++)
        {
            var (batch, offDays, reset) = life[step];
            var nowMs = MondayMs + (20 * DayMs) + (step * HourMs);
            var events = LearnerEventGen.Identified(batch).Select(e =>
                LearnerRules.CorrectClock(e with { OccurredAtMs = e.OccurredAtMs + (offDays * DayMs) }, nowMs + (offDays * DayMs), nowMs, _shortMemory));
            learner.Record(nowMs, [.. events]);
            if (reset is not null)
            {
                learner.ResetWatermark(nowMs, reset);
            }

            between?.Invoke(step)?.Invoke(learner);
        }

        return learner;
    }
}
