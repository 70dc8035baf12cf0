using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Completion.Bands;

public class BandRulesTests
{
    private static readonly BandPolicy _policy = BandPolicy.Default;

    // Quantiles 1, 2, 5, 10, 25, 50, 75 %: at the start from -4 to 2 by 1, at the end two higher.
    private static readonly CompleterTrajectory _trajectory = new(
        [.. Enumerable.Range(0, CompleterTrajectory.PointCount).SelectMany(point => Enumerable.Range(0, 7).Select(level => -4 + level + (0.2f * point)))]);

    [Theory]
    [InlineData(0, 0.25, 0)]
    [InlineData(0, 0.10, -1)]
    [InlineData(0, 0.02, -3)]
    [InlineData(0, 0.175, -0.5)]
    [InlineData(1, 0.25, 2)]
    [InlineData(0.55, 0.25, 1.1)]
    [InlineData(-1, 0.001, -4)]
    [InlineData(2, 0.99, 4)]
    public void LogitAt_ShareOfCompletersAndTime_RunsInStraightLines(double elapsed, double share, double expected) =>
        Assert.Equal(expected, _trajectory.LogitAt(share, elapsed), 1e-6);

    [Theory]
    [InlineData(0.1, CompletionBand.OnTrack)]
    [InlineData(-0.1, CompletionBand.Slipping)]
    [InlineData(-1.1, CompletionBand.AtRisk)]
    [InlineData(-3.1, CompletionBand.Lost)]
    public void Next_NoBandBefore_IsThatOfTheBorders(double logit, CompletionBand expected) => Assert.Equal(expected, Next(CompletionBand.None, logit));

    [Theory]
    [InlineData(CompletionBand.OnTrack, -0.1, CompletionBand.OnTrack)]
    [InlineData(CompletionBand.OnTrack, -0.3, CompletionBand.Slipping)]
    [InlineData(CompletionBand.Slipping, 0.1, CompletionBand.Slipping)]
    [InlineData(CompletionBand.Slipping, 0.3, CompletionBand.OnTrack)]
    [InlineData(CompletionBand.OnTrack, -1.1, CompletionBand.Slipping)]
    [InlineData(CompletionBand.OnTrack, -5, CompletionBand.Lost)]
    [InlineData(CompletionBand.Lost, 5, CompletionBand.OnTrack)]
    public void Next_NearABorder_KeepsTheBandUntilItIsClearlyBeyond(CompletionBand before, double logit, CompletionBand expected) =>
        Assert.Equal(expected, Next(before, logit));

    [Fact]
    public void Next_SwayingWithinTheHysteresis_NeverChangesMoreThanOnce() => Gen.Double[-0.19, 0.19].Array[30].Sample(sway =>
    {
        var band = Next(CompletionBand.None, sway[0]);

        Assert.All(sway, logit => Assert.Equal(band, band = Next(band, logit)));
    });

    [Fact]
    public void Next_HigherProbability_IsNeverAWorseBand() => Gen.Select(Gen.Double[-6, 6], Gen.Double[0, 2], Gen.Int[0, 4]).Sample((logit, more, before) =>
        Assert.True(Next((CompletionBand)before, logit + more) <= Next((CompletionBand)before, logit)));

    [Theory]
    [InlineData(EnrolmentStatus.Completed)]
    [InlineData(EnrolmentStatus.Withdrawn)]
    [InlineData(EnrolmentStatus.Prospect)]
    public void Next_NotActive_HasNone(EnrolmentStatus status) =>
        Assert.Equal(CompletionBand.None, BandRules.Next(CompletionBand.AtRisk, status, 0.5f, 0, _trajectory, _policy));

    [Fact]
    public void ElapsedOf_CourseWithoutDates_CountsFromEnrolmentToTheHorizon()
    {
        var course = new CourseDefinition { Course = new("algebra"), Version = 1 };
        var dated = course with { StartsAtMs = MondayMs, EndsAtMs = MondayMs + (10 * DayMs) };

        Assert.Equal(0.25, BandRules.ElapsedOf(course, MondayMs, MondayMs + (10 * DayMs), 40));
        Assert.Equal(10.0 / BandRules.SelfPacedDays, BandRules.ElapsedOf(course, MondayMs, MondayMs + (10 * DayMs), 0));
        Assert.Equal((0, 1), (BandRules.ElapsedOf(course, long.MaxValue, MondayMs, 40), BandRules.ElapsedOf(course, MondayMs, MondayMs + (99 * DayMs), 40)));
        Assert.Equal(0.5, BandRules.ElapsedOf(dated, MondayMs, MondayMs + (5 * DayMs), 40));
    }

    [Theory]
    [InlineData(76)]
    [InlineData(78)]
    public void Trajectory_NotAsManyNumbers_IsRefused(int count) => Assert.Throws<ArgumentException>(() => new CompleterTrajectory(new float[count]));

    [Fact]
    public void Trajectory_NumbersThatAreNone_AreRefused()
    {
        var descending = new float[77];
        descending[0] = 1;
        var infinite = new float[77];
        infinite[76] = float.PositiveInfinity;

        Assert.Throws<ArgumentException>(() => new CompleterTrajectory(descending));
        Assert.Throws<ArgumentException>(() => new CompleterTrajectory(infinite));
    }

    private static CompletionBand Next(CompletionBand before, double logit) =>
        BandRules.Next(before, EnrolmentStatus.Active, (float)PortableMath.Logistic(logit), 0, _trajectory, _policy);
}
