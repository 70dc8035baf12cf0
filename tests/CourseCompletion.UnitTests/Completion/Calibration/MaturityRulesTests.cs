using CourseCompletion.Domain.Completion.Calibration;
using CourseCompletion.Domain.Courses;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Completion.Calibration;

public class MaturityRulesTests
{
    private static readonly MaturityPolicy _policy = MaturityPolicy.Default;
    private static readonly CourseDefinition _dated = CourseDefinition.Draft(new("algebra"), 0) with { StartsAtMs = MondayMs, EndsAtMs = MondayMs + (30 * DayMs) };
    private static readonly CourseDefinition _selfPaced = CourseDefinition.Draft(new("algebra"), 0);

    [Theory]
    [InlineData(-20)]
    [InlineData(0)]
    [InlineData(29)]
    public void MaturesAtMs_CourseWithAnEnd_IsItsEndAndGraceForEveryone(int enrolledDay) =>
        Assert.Equal(MondayMs + (40 * DayMs), MaturityRules.MaturesAtMs(_dated, MondayMs + (enrolledDay * DayMs), _policy));

    [Fact]
    public void MaturesAtMs_EnrolledAfterTheEnd_HasTheTimeOfASelfPacedCourse() =>
        Assert.Equal(MondayMs + ((35 + 180) * DayMs), MaturityRules.MaturesAtMs(_dated, MondayMs + (30 * DayMs), _policy));

    [Theory]
    [InlineData(0, 7)]
    [InlineData(6, 7)]
    [InlineData(7, 14)]
    public void MaturesAtMs_SelfPaced_IsTheHorizonAfterTheWeekOfEnrolment(int enrolledDay, int weekEndDay) => Assert.Equal(
        MondayMs + ((weekEndDay + 180) * DayMs), MaturityRules.MaturesAtMs(_selfPaced, MondayMs + (enrolledDay * DayMs) + (DayMs - 1), _policy));

    // Nobody has less than the horizon, and nobody is waited for more than a week longer.
    [Fact]
    public void MaturesAtMs_SelfPaced_NeverComesBeforeTheHorizon() => Gen.Long[0, 4_000_000_000_000].Sample(enrolledAtMs =>
        MaturityRules.MaturesAtMs(_selfPaced, enrolledAtMs, _policy) - enrolledAtMs - (180 * DayMs) is > 0 and <= 7 * DayMs);
}
