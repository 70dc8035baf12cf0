using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Calibration;
using CourseCompletion.Domain.Courses;
using Xunit;

namespace CourseCompletion.UnitTests.Completion.Calibration;

public class ProxyRulesTests
{
    private static readonly CalibrationPolicy _policy = CalibrationPolicy.Default;

    [Fact]
    public void Learn_NoCourseHasTaughtYet_SaysNothing()
    {
        var state = new CalibrationState();

        Run(state, "running", -1, weeks: 4, seed: 1, matures: false);

        Assert.Empty(CalibrationRules.SnapshotOf(state, _policy).CourseIntercepts);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0.8)]
    public void Learn_RunningCourse_IsReadByWhoStaysActive(double intercept)
    {
        var state = Taught();

        Run(state, "running", intercept, weeks: 4, seed: 100, matures: false);

        // The other courses lie around 0: its own learners say more than they do.
        Assert.InRange(CalibrationRules.SnapshotOf(state, _policy).InterceptOf(new("running")) / intercept, 0.5, 1.2);
    }

    // In the first week nearly everybody is active, whatever comes of it: matured courses taught that, week by week.
    [Fact]
    public void Learn_FirstWeekOnly_IsNotTakenForABetterCourse()
    {
        var state = Taught();

        Run(state, "running", 0, weeks: 1, seed: 100, matures: false);

        Assert.InRange(CalibrationRules.SnapshotOf(state, _policy).InterceptOf(new("running")), -0.3, 0.3);
    }

    [Fact]
    public void Learn_LabelsMature_TheyHaveTheLastWord()
    {
        var state = Taught();
        Run(state, "running", 1, weeks: 4, seed: 100, matures: false);

        foreach (var label in LabelStream.Of("running", 3_000, -1, 1, seed: 5))
        {
            CalibrationRules.Learn(state, label, _policy);
        }

        Assert.InRange(CalibrationRules.SnapshotOf(state, _policy).InterceptOf(new("running")), -1.2, -0.8);
        Assert.Empty(state.Proxies);
    }

    // The predictions of a course that ran when the model changed are of two kinds: it is no example of anything.
    [Fact]
    public void Forget_CourseThatRan_DoesNotTeach()
    {
        var state = Taught();
        Run(state, "running", 0, weeks: 4, seed: 100, matures: false);
        var taught = state.ProxyMapping.Courses;

        CalibrationRules.Forget(state, 10, _policy);
        Run(state, "running", -2, weeks: 4, seed: 101, matures: true);

        Assert.Equal(taught, state.ProxyMapping.Courses);
        Assert.Empty(state.Proxies);
    }

    [Fact]
    public void Learn_MoreCoursesThanAreKept_DropsTheOneHeardOfLongestAgo()
    {
        var state = new CalibrationState();
        var policy = _policy with { CoursesMax = 2 };

        foreach (var course in new[] { "a", "b", "c" })
        {
            ProxyRules.Learn(state, new(course), 0, 0, true, policy);
        }

        Assert.Equal(["b", "c"], state.Proxies.Keys.Select(course => course.Value));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(7, 3)]
    [InlineData(8, 4)]
    [InlineData(1_000, 4)]
    public void PhaseOf_Week_IsTheStretchItLiesIn(int week, int phase) => Assert.Equal(phase, ProxyPhases.Of(week));

    [Fact]
    public void Add_MoreThanTheMaximum_HalvesAll()
    {
        var counts = new ProxyCounts();

        counts.Add(0, 600, 300, 1_000);
        counts.Add(1, 600, 0, 1_000);

        Assert.Equal([new(300, 150), new(300, 0)], counts.Bins().Select(bin => bin.Bin));
        Assert.Equal(600, counts.Count);
    }

    // Six courses that lived through all of it: what being active says of completion is known from them.
    private static CalibrationState Taught()
    {
        var state = new CalibrationState();
        for (var i = 0; i < 6; i++)
        {
            Run(state, $"before-{i}", 0.4 * ((i % 3) - 1), weeks: 4, seed: i, matures: true);
        }

        Assert.True(state.ProxyMapping.Courses >= 3);
        return state;
    }

    // Who completes is decided by the true logit, and the same logit says who is active in the week after, less and less as weeks go by.
    private static void Run(CalibrationState state, string course, double intercept, int weeks, int seed, bool matures)
    {
        var chance = new Random(seed);
        for (var week = 0; week < weeks; week++)
        {
            foreach (var label in LabelStream.Of(course, 500, intercept, 1, seed + (week * 1_000)))
            {
                var isActive = chance.NextDouble() < PortableMath.Logistic(2.5 - week + (0.8 * (intercept + label.Logit)));
                ProxyRules.Learn(state, new CourseId(course), week, label.Logit, isActive, _policy);
            }
        }

        foreach (var label in matures ? LabelStream.Of(course, 800, intercept, 1, seed) : [])
        {
            CalibrationRules.Learn(state, label, _policy);
        }
    }
}
