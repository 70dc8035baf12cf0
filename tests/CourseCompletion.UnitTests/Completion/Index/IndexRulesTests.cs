using CourseCompletion.Domain.Completion.Index;
using CourseCompletion.Domain.Stores;
using CourseCompletion.UnitTests.Stores;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Completion.Index;

public class IndexRulesTests
{
    private static readonly IndexCohort _cohort = new(0, MondayMs + (70 * DayMs), MondayMs, MondayMs + (70 * DayMs));

    [Fact]
    public void Take_TwoCourses_RIsOfTheOthersLearners()
    {
        var state = new IndexState();
        IndexRules.Take(state, "algebra", Window(MondayMs, active: Names("a", 30)));
        var window = Window(MondayMs + 1, active: Names("b", 10), earlier: Names("a", 5)) with { Promoted = 20, PromotedActive = 7, Successes = 4 };

        IndexRules.Take(state, "poetry", window);
        var rates = IndexRules.Read(state, "poetry", window).Rates;

        // Of 30 and 10 active learners, 5 had enrolled in poetry before.
        Assert.Equal((new RateCount(7, 35), new RateCount(4, 20)), (rates.Recommended.Count, rates.Promoted.Count));
    }

    [Fact]
    public void Take_MonthLater_ForgetsWhoWasNotSeenAgain()
    {
        var state = new IndexState();
        IndexRules.Take(state, "algebra", Window(MondayMs, active: Names("a", 30)));
        IndexRules.Take(state, "poetry", Window(MondayMs + (28 * DayMs), active: Names("b", 10)));

        Assert.Equal(10, state.ActiveLearners.Estimate);
    }

    [Fact]
    public void Take_ReportsRepeatedAndOutOfOrder_ChangeNothing()
    {
        var state = new IndexState();
        Study(state, "algebra");
        IndexRules.Take(state, "algebra", Ended(84, 30, 100));
        var before = IndexStateCodec.Encode(state);

        Assert.False(IndexRules.Take(state, "algebra", Ended(84, 30, 100)));
        Assert.False(IndexRules.Take(state, "algebra", Ended(83, 10, 100)));
        Assert.False(IndexRules.Take(state, "algebra", WindowSums.None));

        Assert.Equal(before, IndexStateCodec.Encode(state));
    }

    [Fact]
    public void Take_OutcomeKnown_IsLearnedOnceFromEveryWeekOfTheCourse()
    {
        var state = new IndexState();
        Study(state, "algebra");
        var before = IndexRules.Read(state, "algebra", Ended(84, 0, 0)).Full.Probability;

        Assert.Equal(11, state.Courses["algebra"].Looks.Count); // Weeks begin on Thursdays: ten weeks from a Monday touch eleven.
        Assert.True(IndexRules.Take(state, "algebra", Ended(84, 30, 100)));
        Assert.False(IndexRules.Take(state, "algebra", Ended(85, 30, 100)));

        Assert.Equal(100 * Math.Pow(2, -1 / 28d), state.Fit.Full.Learners, 6);
        var after = IndexRules.Read(state, "algebra", Ended(85, 30, 100)).Full.Probability;
        Assert.InRange(after.Value, 0.25, 0.35);
        Assert.True(after.High - after.Low < (before.High - before.Low) / 2);
    }

    [Fact]
    public void Take_OutcomeOfACourseNeverSeenAtWork_TeachesNothing()
    {
        var state = new IndexState();

        Assert.False(IndexRules.Take(state, "algebra", Ended(84, 30, 100)));

        Assert.Equal(0, state.Fit.Full.Learners);
    }

    [Fact]
    public void Take_MoreCoursesThanAreKept_DropsTheLongestSilent()
    {
        var state = new IndexState();
        for (var i = 0; i <= IndexPolicy.CoursesMax; i++)
        {
            IndexRules.Take(state, $"course-{i}", Window(MondayMs + i, active: Names("a", 1)));
        }

        Assert.Equal(IndexPolicy.CoursesMax, state.Courses.Count);
        Assert.DoesNotContain("course-0", state.Courses.Keys);
        Assert.Equal(["course-1", "course-2"], IndexRules.Silent(state, MondayMs + 10, 2));
    }

    [Fact]
    public void Take_YearsOfReports_KeepsTheLooksBoundedAndForgetsADeadCourse()
    {
        var state = new IndexState();
        for (var day = 0; day < 600; day++)
        {
            IndexRules.Take(state, "algebra", Window(MondayMs + (day * DayMs), active: Names("a", 1)));
        }

        Assert.Equal(CourseTrack.LooksMax, state.Courses["algebra"].Looks.Count);
        for (var day = 600; day < 600 + (7 * CourseTrack.LooksMax) + 7; day++)
        {
            IndexRules.Take(state, "algebra", Window(MondayMs + (day * DayMs)));
        }

        Assert.Empty(state.Courses);
    }

    [Fact]
    public void Decode_DamagedOrOfANewerRelease_IsRefused()
    {
        var state = new IndexState();
        Study(state, "algebra");
        IndexRules.Take(state, "algebra", Ended(84, 30, 100));
        var stored = IndexStateCodec.Encode(state);

        Assert.Throws<StoreCorruptException>(() => IndexStateCodec.Decode(StoredBytes.OfFormat(2, stored)));
        StoredBytes.AssertEveryDamageIsNoticed(stored, damaged => IndexStateCodec.Decode(damaged));
    }

    [Fact]
    public void Encode_FullState_StaysBelow1300KB()
    {
        var state = new IndexState();
        for (var i = 0; i < IndexPolicy.CoursesMax; i++)
        {
            var track = new CourseTrack { HeardAtMs = MondayMs, LearnedCohort = MondayMs, Counts = _counts };
            for (var look = 0; look < CourseTrack.LooksMax; look++)
            {
                track.Looks.Add(new(MondayMs, _counts));
            }

            var id = $"{i}".PadLeft(64, 'x');
            state.Courses.Add(id, track);
            state.Fit.Slope.Courses.Add(id, new(IndexTerms.SlopeCount));
            state.Fit.Full.Courses.Add(id, new(IndexTerms.FullCount));
        }

        Assert.InRange(IndexStateCodec.Encode(state).Length, 1, 1_300_000);
    }

    private static readonly IndexCounts _counts = new(new(10_000, 100_000), new(10_000, 100_000), new(10_000, 100_000));

    // A report a day for ten weeks.
    private static void Study(IndexState state, string course)
    {
        for (var day = 0; day < 70; day++)
        {
            IndexRules.Take(state, course, Window(MondayMs + (day * DayMs), active: Names("a", 100)) with { Interacting = 40, ElapsedSum = 100 * day / 70d });
        }
    }

    private static WindowSums Ended(int day, long completed, long entered) =>
        Window(MondayMs + (day * DayMs), active: Names("a", 5)) with { Interacting = 2, ElapsedSum = 2.5, Cohort = _cohort, Outcome = new(completed, entered) };

    private static WindowSums Window(long asOfMs, string[]? active = null, string[]? earlier = null) => WindowSums.None with
    {
        AsOfMs = asOfMs,
        Active = active?.Length ?? 0,
        ActiveLearners = Sample(active, asOfMs),
        EarlierLearners = Sample(earlier, asOfMs),
    };

    private static LearnerSample Sample(string[]? names, long asOfMs) => LearnerSample.Of((names ?? []).Select(name => SampledLearner.Of(name, (int)(asOfMs / DayMs))));

    private static string[] Names(string prefix, int count) => [.. Enumerable.Range(0, count).Select(i => $"{prefix}-{i}")];
}
