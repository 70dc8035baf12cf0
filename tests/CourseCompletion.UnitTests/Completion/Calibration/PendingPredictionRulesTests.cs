using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Calibration;
using CourseCompletion.Domain.Completion.Catalog;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.UnitTests.Courses;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Completion.Calibration;

public class PendingPredictionRulesTests
{
    private const long HourMs = DayMs / 24;
    private const int Weeks = 8;

    private static readonly CourseDefinition _course = CourseBuilder.Course("algebra") with { StartsAtMs = MondayMs, EndsAtMs = MondayMs + (7 * Weeks * DayMs) };
    private static readonly TenantModel _champion = new(new StubPredictor("champion"), new(10, 0.5, -1, []));
    private static readonly TenantModel _shadow = new(new StubPredictor("shadow", 2), CalibrationSnapshot.None);

    [Fact]
    public void Next_LookedAtEveryHour_TakesOneInstantOfEachWeekAndKeepsOneOfThem()
    {
        var changes = Live(Row("ada"), 0, 7 * 24 * Weeks);

        Assert.Equal(Enumerable.Range(0, Weeks), changes.Select(change => change.Pending.Week));
        Assert.Equal(Enumerable.Range(1, Weeks), changes.Select(change => change.Pending.WeekCount));
        Assert.All(changes, change => Assert.Equal(change.Pending.Week, (change.AtMs - MondayMs) / (7 * DayMs)));
        Assert.Contains(changes[^1].Pending.Kept.AtMs, changes.Select(change => change.AtMs));
    }

    // Reservoir sampling: each week is equally likely to be the one that is kept, and each hour of a week to be the instant.
    [Fact]
    public void Next_ManyLearners_KeepsEveryWeekAndHourAlikeOften()
    {
        const int Learners = 4_000;
        var kept = Enumerable.Range(0, Learners).Select(i => Live(Row($"learner-{i}"), 0, 7 * 24 * Weeks, HourMs * 6)[^1].Pending.Kept.AtMs - MondayMs).ToList();

        Assert.All(kept.GroupBy(at => at / (7 * DayMs)), week => Assert.InRange(week.Count(), (Learners / Weeks) - 100, (Learners / Weeks) + 100));
        Assert.All(kept.GroupBy(at => at % (7 * DayMs) / DayMs), day => Assert.InRange(day.Count(), (Learners / 7) - 110, (Learners / 7) + 110));
    }

    // The week after a prediction is waited for, however many instants come meanwhile.
    [Fact]
    public void Next_ProxyPending_IsKeptUntilItIsLetGoOf()
    {
        var changes = Live(Row("ada"), 0, 7 * 24 * 3);

        var first = changes[0].Pending.Proxy!;
        Assert.All(changes, change => Assert.Same(first, change.Pending.Proxy));
        Assert.Equal(changes[0].AtMs, first.AtMs);
        Assert.False(PendingPredictionRules.HasProxyLabel(changes[^1].Pending, first.AtMs + (7 * DayMs) - 1));
        Assert.True(PendingPredictionRules.HasProxyLabel(changes[^1].Pending, first.AtMs + (7 * DayMs)));

        var next = Live(Row("ada"), 7 * 24 * 3, 7 * 24 * 4, before: changes[^1].Pending with { Proxy = null });
        Assert.Equal(next[0].AtMs, next[0].Pending.Proxy!.AtMs);
    }

    [Fact]
    public void Next_BothModels_SayWhatTheySaidBeforeAndAfterCalibration()
    {
        var kept = Live(Row("ada") with { Features = Vector(0.75f) }, 0, 7 * 24)[^1].Pending.Kept;

        Assert.Equal("champion", kept.Champion.Model);
        Assert.Equal(0.75, kept.Champion.Logit, 1e-5);
        Assert.Equal(-1 + (0.5 * 0.75), kept.Champion.ServedLogit, 1e-5);
        Assert.Equal(("shadow", true), (kept.Shadow!.Value.Model, Math.Abs(kept.Shadow.Value.ServedLogit - 2.75) < 1e-5));
    }

    [Fact]
    public void Next_EnrolledLater_CountsWeeksFromThen()
    {
        var changes = Live(Row("ada") with { EnrolledAtMs = MondayMs + (10 * DayMs) }, 0, 7 * 24 * Weeks);

        Assert.True(changes[0].AtMs >= MondayMs + (10 * DayMs));
        Assert.Equal(0, changes[0].Pending.Week);
    }

    [Theory]
    [InlineData(EnrolmentStatus.Completed)]
    [InlineData(EnrolmentStatus.Withdrawn)]
    [InlineData(EnrolmentStatus.Prospect)]
    public void Next_DecidedOrNeverEnrolled_TakesNone(EnrolmentStatus status) => Assert.Empty(Live(Row("ada") with { Status = status }, 0, 7 * 24 * Weeks));

    [Fact]
    public void Next_AfterTheCourse_TakesNone() => Assert.Empty(Live(Row("ada"), 7 * 24 * Weeks, 7 * 24 * (Weeks + 30)));

    [Fact]
    public void Next_CourseWithoutDates_TakesOneAWeekUntilItsHorizon()
    {
        var changes = Live(Row("ada"), 0, 300 * 24, course: CourseBuilder.Course("algebra"));

        // 180 days from the end of the week of enrolment.
        Assert.InRange(changes.Count, 26, 27);
    }

    [Fact]
    public void Next_ServerWasDownForWeeks_GoesOnWithThePresentOne()
    {
        var before = Live(Row("ada"), 0, 7 * 24)[^1].Pending;

        var changes = Live(Row("ada"), 7 * 24 * 5, 7 * 24 * 6, before: before);

        Assert.Equal((5, 2), (Assert.Single(changes).Pending.Week, changes[0].Pending.WeekCount));
    }

    private static List<(long AtMs, PendingPrediction Pending)> Live(
        RosterRow row, int fromHour, int toHour, long stepMs = HourMs, CourseDefinition? course = null, PendingPrediction? before = null)
    {
        var changes = new List<(long, PendingPrediction)>();
        // The last look of a week is just before its end.
        for (var at = MondayMs + (fromHour * HourMs) + stepMs - 1; at < MondayMs + (toHour * HourMs); at += stepMs)
        {
            var next = PendingPredictionRules.Next(before, row, course ?? _course, _champion, _shadow, at, MaturityPolicy.Default);
            if (!ReferenceEquals(next, before))
            {
                changes.Add((at, before = next!));
            }
        }

        return changes;
    }

    private static RosterRow Row(string learner) => new()
    {
        Learner = new(learner),
        Version = new(1, 1, 1),
        Status = EnrolmentStatus.Active,
        EnrolledAtMs = MondayMs,
        LastActivityAtMs = 0,
        ActiveMask = 0,
        Progress = 0,
        Probability = 0.5f,
        EvaluatedAtMs = long.MaxValue / 2,
        Counts = default,
        Lessons = [],
        Features = Vector(0),
    };

    private static float[] Vector(float first)
    {
        var vector = new float[CompletionFeatures.Count];
        vector[0] = first;
        return vector;
    }
}
