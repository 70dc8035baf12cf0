using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Insights;
using CourseCompletion.Domain.Learners;
using CourseCompletion.UnitTests.Courses;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Insights;

public class LeavingSumsTests
{
    private const long NowMs = MondayMs + (60 * DayMs);

    private static readonly CourseDefinition _course = CourseBuilder.Course("algebra", CourseBuilder.Video("a"), CourseBuilder.Video("b"), CourseBuilder.Video("c"));

    [Fact]
    public void Add_LongSilent_LeftAtTheFurthestLessonAndWentOnFromThoseBefore()
    {
        var sums = Of(Row(EnrolmentStatus.Active, NowMs - (20 * DayMs), "b", "a"));

        Assert.Equal((0, 1), (sums.Lessons["a"].Left.Sum(), sums.Lessons["a"].Passed.Sum()));
        Assert.Equal((1, 0), (sums.Lessons["b"].Left.Sum(), sums.Lessons["b"].Passed.Sum()));
        Assert.False(sums.Lessons.ContainsKey("c"));
    }

    [Fact]
    public void Add_StillThere_CountsForTheLessonsBeforeOnly()
    {
        var sums = Of(Row(EnrolmentStatus.Active, NowMs - DayMs, "a", "b"));

        Assert.Equal(["a"], sums.Lessons.Keys);
        Assert.Equal(1, sums.Lessons["a"].Passed.Sum());
    }

    [Fact]
    public void Add_Withdrawn_HasLeftAtOnce() => Assert.Equal(1, Of(Row(EnrolmentStatus.Withdrawn, NowMs, "a")).Lessons["a"].Left.Sum());

    [Fact]
    public void Add_Completed_WentOnFromEveryLesson()
    {
        var sums = Of(Row(EnrolmentStatus.Completed, NowMs - (50 * DayMs), "a", "b", "c"));

        Assert.All(["a", "b", "c"], lesson => Assert.Equal((0, 1), (sums.Lessons[lesson].Left.Sum(), sums.Lessons[lesson].Passed.Sum())));
    }

    [Fact]
    public void Add_FinishedTheLastLessonOnly_HasNotLeftThere()
    {
        var row = Row(EnrolmentStatus.Active, NowMs - (50 * DayMs), "a", "c");
        var sums = Of(row with { Lessons = [.. row.Lessons.Select(lesson => lesson with { Completed = true })] });

        Assert.Equal((0, 1), (sums.Lessons["c"].Left.Sum(), sums.Lessons["c"].Passed.Sum()));
    }

    [Fact]
    public void Add_CourseIsOver_WhoHasNotCompletedHasLeft()
    {
        var sums = new LeavingSums();
        sums.Add(Row(EnrolmentStatus.Active, NowMs - DayMs, "a"), 0.5, _course with { EndsAtMs = NowMs - 1 }, NowMs, InsightPolicy.Default);

        Assert.Equal(1, sums.Lessons["a"].Left.Sum());
    }

    [Fact]
    public void Add_ProspectOrLessonOutside_CountsNowhere() =>
        Assert.Empty(Of(Row(EnrolmentStatus.Prospect, 0, "a"), Row(EnrolmentStatus.Withdrawn, NowMs, "elsewhere")).Lessons);

    [Fact]
    public void Add_LeftInTheMiddleOfAVideo_SaysWhere()
    {
        var row = Row(EnrolmentStatus.Withdrawn, NowMs, "a");
        var sums = Of(row with { Lessons = [row.Lessons[0] with { Reached = (UInt128.One << 38) - 1 }] });

        Assert.Equal(1, sums.Lessons["a"].LeftAt[37]);
    }

    [Theory]
    [InlineData(0b1, 0)]
    [InlineData(0b101, 1)]
    [InlineData(0b1111, 2)]
    [InlineData(0b1111_1111, 3)]
    [InlineData(1L << 30 | 1, 0)]
    public void StratumOf_DaysOfFourWeeks_GroupsByHowManyWereActive(ulong mask, int stratum) => Assert.Equal(stratum, LessonLeaving.StratumOf(mask));

    [Fact]
    public void Merge_TwoShards_IsTheSumOfAllRows() => RosterGen.Row.Array[0, 12].Sample(rows =>
    {
        var merged = Of(rows[..(rows.Length / 2)]);
        merged.Merge(Of(rows[(rows.Length / 2)..]));

        AssertSame(Of(rows), merged);
    });

    [Fact]
    public void Decode_AnySums_AreTheSame() => RosterGen.Row.Array[0, 12].Sample(rows => AssertSame(Of(rows), LeavingSums.Decode(Of(rows).Encode())));

    private static void AssertSame(LeavingSums expected, LeavingSums actual)
    {
        Assert.Equal(expected.Lessons.Keys.Order(), actual.Lessons.Keys.Order());
        foreach (var (id, lesson) in expected.Lessons)
        {
            Assert.Equal(lesson.Left, actual.Lessons[id].Left);
            Assert.Equal(lesson.Passed, actual.Lessons[id].Passed);
            Assert.Equal(lesson.LeftAt, actual.Lessons[id].LeftAt);
            Assert.All(lesson.LeftProbability.Zip(actual.Lessons[id].LeftProbability), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
            Assert.All(lesson.PassedProbability.Zip(actual.Lessons[id].PassedProbability), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        }
    }

    private static LeavingSums Of(params RosterRow[] rows)
    {
        var sums = new LeavingSums();
        foreach (var row in rows)
        {
            sums.Add(row, row.Probability, _course, NowMs, InsightPolicy.Default);
        }

        return sums;
    }

    private static RosterRow Row(EnrolmentStatus status, long lastActivityAtMs, params string[] lessons) => new()
    {
        Learner = new("ada"),
        Version = new(1, 1, 1),
        Status = status,
        EnrolledAtMs = MondayMs,
        LastActivityAtMs = lastActivityAtMs,
        ActiveMask = 1,
        Progress = 0,
        Probability = 0.5f,
        EvaluatedAtMs = NowMs,
        Counts = default,
        Lessons = [.. lessons.Select(lesson => new LessonContribution(lesson, true, true, false, 0, 1))],
        Features = [],
    };
}
