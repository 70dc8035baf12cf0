using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Comments;

public sealed class RosterRatingsTests
{
    private static readonly CourseDefinition _course = new()
    {
        Course = new("algebra"),
        Version = 1,
        Lessons = [.. Enumerable.Range(0, 80).Select(i => new LessonDefinition { Id = $"lesson-{i}" })],
    };

    [Fact]
    public void From_RatingsOfEverything_KeepsTheNewestOfCourseLessonsAndAnswer()
    {
        var enrolment = After(
            Event(EventKind.Rated, "1", MondayMs + 2) with { Lesson = null, Value = 4.5 },
            Event(EventKind.Rated, "2", MondayMs + 1) with { Lesson = null, Value = 1 },
            Event(EventKind.Rated, "3") with { Lesson = "lesson-3", Value = 2 },
            Event(EventKind.Rated, "4") with { ObjectId = "a handout", Value = 3 },
            Event(EventKind.Liked, "5") with { Lesson = "lesson-4" },
            Event(EventKind.Rated, "6") with { ObjectId = NetPromoter.ObjectId, Value = 0 });

        var ratings = RosterRatings.From(enrolment, _course)!;
        Assert.Equal((4500, 0), (ratings.CourseMilli, ratings.RecommendMilli));
        Assert.Equal([new("lesson-3", 2000)], ratings.Lessons);
    }

    [Fact]
    public void From_NothingRated_IsNull() => Assert.Null(RosterRatings.From(After(Event(EventKind.Liked, "1") with { Lesson = "lesson-1" }), _course));

    [Fact]
    public void From_ManyLessonsRated_IsBounded()
    {
        var enrolment = After([.. Enumerable.Range(0, 80).Select(i => Event(EventKind.Rated, $"{i}") with { Lesson = $"lesson-{i}", Value = 3 })]);
        Assert.Equal(RosterRatings.LessonsMax, RosterRatings.From(enrolment, _course)!.Lessons.Length);
    }

    [Fact]
    public void Sums_AddedAndTakenAway_AreExact()
    {
        var sums = new RosterSums();
        var rows = new[] { Row("a", new(5000, 10_000, [new("lesson-1", 1000)])), Row("b", new(4499, 8_000, [])), Row("c", new(null, 6_400, [new("lesson-1", 5000)])), Row("d", null) };
        foreach (var row in rows)
        {
            sums.Add(row, 1);
        }

        Assert.Equal((2, 9499, 1, 1), (sums.Ratings.Course.Learners, sums.Ratings.Course.MilliSum, sums.Ratings.Course[4], sums.Ratings.Course[5]));
        Assert.Equal(new NetPromoter(1, 1, 1), sums.Ratings.Recommend);
        Assert.Equal(3, sums.Ratings.Lessons["lesson-1"].Mean);

        sums.Replace(rows[0], rows[0] with { Ratings = new(1000, 0, []) });
        Assert.Equal((2, 5499), (sums.Ratings.Course.Learners, sums.Ratings.Course.MilliSum));
        Assert.Equal(new NetPromoter(0, 1, 2), sums.Ratings.Recommend);
        Assert.Equal(1, sums.Ratings.Lessons["lesson-1"].Learners);
        sums.Add(rows[2], -1);
        Assert.Empty(sums.Ratings.Lessons);
    }

    // Reichheld's groups; the margin of 60 promoters, 20 passives and 20 detractors is 1.96 * sqrt((0.8 - 0.16) / 99).
    [Fact]
    public void NetPromoter_KnownAnswers_ScoreAndMargin()
    {
        var answers = new NetPromoter(60, 20, 20);
        Assert.Equal(40, answers.Score, 9);
        Assert.Equal(15.76, answers.Margin, 2);
        Assert.Equal((0, 100), (default(NetPromoter).Score, default(NetPromoter).Margin));
        Assert.Equal(100, new NetPromoter(1, 0, 0).Margin);
    }

    private static RosterRow Row(string learner, RosterRatings? ratings) => new()
    {
        Learner = new(learner),
        Version = new(1, 1, 1),
        Status = EnrolmentStatus.Active,
        EnrolledAtMs = MondayMs,
        LastActivityAtMs = MondayMs,
        ActiveMask = 1,
        Progress = 0,
        Probability = 0.5f,
        EvaluatedAtMs = MondayMs,
        Counts = default,
        Lessons = [],
        Features = [],
        Ratings = ratings,
    };

    private static EnrolmentState After(params LearnerEvent[] events)
    {
        var learner = new LearnerState();
        foreach (var e in events)
        {
            LearnerRules.Fold(learner, e, EventIdentity.Of(e.Source, e.EventId), LearnerPolicy.Default);
        }

        return learner.Enrolments[0];
    }
}
