using CourseCompletion.Domain.Insights;
using CourseCompletion.UnitTests.Learners;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Insights;

public class FindingIdTests
{
    [Fact]
    public void Parse_AnyFindingsName_IsItsPlace() => Gen.Select(Gen.Enum<FindingKind>(), LearnerEventGen.Id, Gen.Int[0, 99]).Sample((kind, lesson, position) =>
    {
        var place = new FindingPlace(lesson, kind == FindingKind.Leaving ? -1 : position);

        Assert.Equal((kind, place), FindingId.Parse(FindingId.Of(kind, place)));
    });

    [Theory]
    [InlineData("")]
    [InlineData("lesson-1")]
    [InlineData("confusing-")]
    [InlineData("confusing-100-a")]
    [InlineData("confusing--1-a")]
    [InlineData("confusing-7")]
    public void Parse_NoFindingsName_IsNull(string id) => Assert.Null(FindingId.Parse(id));
}
