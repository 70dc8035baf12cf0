using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Interests;
using CourseCompletion.Domain.Learners;
using CourseCompletion.UnitTests.Learners;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Interests;

public class LearnerInterestsTests
{
    private const int MinuteLong = 60_000;

    private static readonly CourseDefinition _course = new()
    {
        Course = new("algebra"),
        Version = 1,
        Lessons = [new() { Id = "lesson-1", Title = "Groups" }, new() { Id = "lesson-2", Title = "Rings" }, new() { Id = "lesson-3", Title = "Fields" }],
    };

    [Fact]
    public void Of_WatchedAndAsked_HasSharesAndSaysWhy()
    {
        var learner = Lived(
            Watched("lesson-1", 0, 25 * MinuteLong, "1"),
            Watched("lesson-2", 0, 5 * MinuteLong, "2"),
            Event(EventKind.QuestionAsked, "3", MondayMs + HourMs) with { Lesson = "lesson-2" },
            Event(EventKind.Liked, "4", MondayMs + HourMs) with { Lesson = "lesson-2" },
            Event(EventKind.Bookmarked, "5", MondayMs + DayMs) with { Lesson = "lesson-2" },
            Event(EventKind.LessonCompleted, "6") with { Lesson = "lesson-3" },
            Event(EventKind.Commented, "7") with { Lesson = "lesson-3" });

        var interests = Of(learner, MondayMs + HourMs);

        Assert.Equal(["groups", "rings", "fields"], interests.Select(interest => interest.Topic));
        Assert.Equal(1, interests.Sum(interest => interest.Share), 1e-9);
        Assert.Equal(25.0 / 53, interests[0].Share, 1e-3);
        Assert.Equal([new(InterestEvidenceKind.Watched, _course.Course, "lesson-1", 1_500, MondayMs)], interests[0].Evidence);
        Assert.Equal(
            [InterestEvidenceKind.Liked, InterestEvidenceKind.Asked, InterestEvidenceKind.Watched, InterestEvidenceKind.Bookmarked],
            interests[1].Evidence.Select(evidence => evidence.Kind));
        Assert.Equal(MondayMs + HourMs, interests[1].LastSeenAtMs);
        Assert.Equal([InterestEvidenceKind.Completed, InterestEvidenceKind.Commented], interests[2].Evidence.Select(evidence => evidence.Kind));
    }

    [Fact]
    public void Of_AFortnightLater_CountsHalf()
    {
        var learner = Lived(Watched("lesson-1", 0, 20 * MinuteLong, "1"), Watched("lesson-2", 0, 20 * MinuteLong, "2", MondayMs + (14 * DayMs)));

        var interests = Of(learner, MondayMs + (14 * DayMs));

        Assert.Equal(["rings", "groups"], interests.Select(interest => interest.Topic));
        Assert.Equal(2.0 / 3, interests[0].Share, 1e-9);
        Assert.True(interests[0].Trend > 0.2 && interests[1].Trend < -0.2);
    }

    [Fact]
    public void Of_WatchedOnALaterDay_CountsFromThen()
    {
        var learner = Lived(Watched("lesson-1", 0, MinuteLong, "1"), Watched("lesson-1", MinuteLong, 2 * MinuteLong, "2", MondayMs + (70 * DayMs)));

        Assert.Equal(MondayMs + (70 * DayMs), Of(learner, MondayMs + (70 * DayMs))[0].LastSeenAtMs);
    }

    [Fact]
    public void Of_Corrected_HoldsWhateverIsWatched()
    {
        var learner = Lived(Watched("lesson-1", 0, 50 * MinuteLong, "1"), Watched("lesson-2", 0, 10 * MinuteLong, "2"));
        InterestCorrectionRules.Fold(learner, new("groups", InterestVerdict.NotInterested));
        InterestCorrectionRules.Fold(learner, new("topology", InterestVerdict.Interested));
        Fold(learner, Watched("lesson-1", 50 * MinuteLong, 100 * MinuteLong, "3"));

        var interests = Of(learner, MondayMs);

        Assert.Equal([("topology", InterestVerdict.Interested, 0.75), ("rings", InterestVerdict.AsObserved, 0.25)], interests.Select(interest => (interest.Topic, interest.Verdict, Math.Round(interest.Share, 9))));
        Assert.Empty(interests[0].Evidence);
        Assert.Equal("topology", Of(learner, MondayMs + (3_650 * DayMs))[0].Topic);
        InterestCorrectionRules.Fold(learner, new("groups", InterestVerdict.AsObserved));
        Assert.Equal("groups", Of(learner, MondayMs)[0].Topic);
    }

    [Fact]
    public void Of_ACourseThatIsNotAtHand_TellsNothing() =>
        Assert.Empty(LearnerInterests.Of(Lived(Watched("lesson-1", 0, MinuteLong, "1")), _ => null, MondayMs, InterestPolicy.Default));

    [Fact]
    public void Of_AnyHistory_IsBoundedAndTheSameAfterASnapshot() => LearnerEventGen.History(60, 40).Sample(history =>
    {
        var learner = new LivingLearner();
        learner.Record(MondayMs + (40 * DayMs), history);
        var now = MondayMs + (40 * DayMs);

        var interests = Of(learner.State, now);

        Assert.InRange(interests.Count, 0, InterestPolicy.Default.InterestsMax);
        Assert.InRange(interests.Sum(interest => interest.Share), 0, 1 + 1e-9);
        Assert.All(interests, interest => Assert.InRange(interest.Evidence.Count, 1, InterestPolicy.Default.EvidenceMax));
        Assert.All(interests, interest => Assert.InRange(interest.Trend, -1, 1));
        Assert.Equal(Text(interests), Text(Of(LearnerSnapshotCodec.Decode(LearnerSnapshotCodec.Encode(learner.State)), now)));
        learner.Crash();
        Assert.Equal(Text(interests), Text(Of(learner.State, now)));
    });

    private static string Text(IEnumerable<LearnerInterest> interests) =>
        string.Join('\n', interests.Select(interest => $"{interest.Topic} {interest.Share:R} {interest.Trend:R} {interest.LastSeenAtMs} {string.Join(',', interest.Evidence)}"));

    private static IReadOnlyList<LearnerInterest> Of(LearnerState learner, long nowMs) => LearnerInterests.Of(learner, _ => _course, nowMs, InterestPolicy.Default);

    private static LearnerState Lived(params LearnerEvent[] events)
    {
        var learner = new LearnerState();
        foreach (var e in events)
        {
            Fold(learner, e);
        }

        return learner;
    }

    private static void Fold(LearnerState learner, LearnerEvent e) => LearnerRules.Fold(learner, e, EventIdentity.Of(e.Source, e.EventId), LearnerPolicy.Default);
}
