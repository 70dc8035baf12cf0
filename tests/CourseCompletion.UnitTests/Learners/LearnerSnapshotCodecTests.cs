using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.Stores;
using CourseCompletion.UnitTests.Courses;
using CourseCompletion.UnitTests.Stores;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Learners;

public class LearnerSnapshotCodecTests
{
    private static readonly Gen<LivingLearner> _learner = Gen.Select(LearnerEventGen.History(60, 40), CourseBuilder.Catalog(), (history, courses) =>
    {
        var learner = new LivingLearner(new LearnerStore(), LearnerPolicy.Default, id => courses.Single(c => c.Course == id));
        learner.Record(MondayMs + (40 * DayMs), history);
        return learner;
    });

    [Fact]
    public void Decode_AnyState_EncodesToTheSameBytes() => _learner.Sample(learner =>
    {
        var decoded = LearnerSnapshotCodec.Decode(LearnerSnapshotCodec.Encode(learner.State));

        Assert.Equal(learner.Snapshot, Convert.ToHexString(LearnerSnapshotCodec.Encode(decoded)));
    });

    [Fact]
    public void Decode_AnyState_GivesTheSameFactsAndFigures() => _learner.Sample(learner =>
    {
        var decoded = LearnerSnapshotCodec.Decode(LearnerSnapshotCodec.Encode(learner.State));

        Assert.Equal(learner.State.RememberedIds, decoded.RememberedIds);
        Assert.Equal(learner.State.Enrolments.Count, decoded.Enrolments.Count);
        foreach (var (live, stored) in learner.State.Enrolments.Zip(decoded.Enrolments))
        {
            Assert.Equal(FactHash.Of(live), FactHash.Of(stored));
            Assert.Equal((live.UniqueMs, live.WatchedMs, live.ActiveDays.Count, live.Likes), (stored.UniqueMs, stored.WatchedMs, stored.ActiveDays.Count, stored.Likes));
            Assert.Equal((live.Sessions, live.SessionMs, live.SessionId), (stored.Sessions, stored.SessionMs, stored.SessionId));
            Assert.Equal((live.Status, live.Attempt, live.Probability), (stored.Status, stored.Attempt, stored.Probability));
            Assert.Equal(live.Recent.Counts.ToArray(), stored.Recent.Counts.ToArray());
        }
    });

    [Fact]
    public void Decode_EmptyState_GivesAnEmptyOne()
    {
        var decoded = LearnerSnapshotCodec.Decode(LearnerSnapshotCodec.Encode(new LearnerState()));

        Assert.Equal((0, 0, long.MaxValue, 0), (decoded.Sequence, decoded.EventCount, decoded.FirstEventAtMs, decoded.LastEventAtMs));
    }

    [Fact]
    public void SequenceOf_AnyState_IsItsSequence() => _learner.Sample(learner =>
        Assert.Equal(learner.State.Sequence, LearnerSnapshotCodec.SequenceOf(LearnerSnapshotCodec.Encode(learner.State))));

    [Fact]
    public void Decode_AnyDamage_Throws() => _learner.Sample(
        learner =>
        {
            var payload = LearnerSnapshotCodec.Encode(learner.State);
            StoredBytes.AssertEveryDamageIsNoticed(payload, damaged => LearnerSnapshotCodec.Decode(damaged));
            StoredBytes.AssertEveryDamageIsNoticed(payload, damaged => LearnerSnapshotCodec.SequenceOf(damaged));
        },
        iter: 5);

    // Whether a first zone holds for all time before it must not depend on whether a snapshot was read in between.
    [Theory]
    [InlineData("UTC")]
    [InlineData("Etc/UTC")]
    [InlineData("Asia/Tokyo")]
    [InlineData("")]
    public void Decode_ThenAnotherZone_LivesOnLikeTheOneThatWasNotStored(string zone)
    {
        var live = new LearnerState();
        live.Prefer(LearnerPreferences.None with { TimeZone = zone, Locale = "en" }, MondayMs);
        var read = LearnerSnapshotCodec.Decode(LearnerSnapshotCodec.Encode(live));

        foreach (var next in (string[])["", "Asia/Shanghai"])
        {
            live.Prefer(LearnerPreferences.None with { TimeZone = next }, MondayMs + DayMs);
            read.Prefer(LearnerPreferences.None with { TimeZone = next }, MondayMs + DayMs);

            Assert.Equal(live.AwaitsZone, read.AwaitsZone);
            Assert.Equal(live.Clock.Zones.Changes, read.Clock.Zones.Changes);
        }
    }

    [Fact]
    public void Decode_FormatOfANewerRelease_Throws()
    {
        var payload = StoredBytes.OfFormat(5, LearnerSnapshotCodec.Encode(new LearnerState()));

        Assert.Throws<StoreCorruptException>(() => LearnerSnapshotCodec.Decode(payload));
        Assert.Throws<StoreCorruptException>(() => LearnerSnapshotCodec.SequenceOf(payload));
    }
}
