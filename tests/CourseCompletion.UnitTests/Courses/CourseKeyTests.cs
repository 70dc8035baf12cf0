using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.UnitTests.Learners;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Courses;

public class CourseKeyTests
{
    [Fact]
    public void For_AnyIds_CanBeReadBack() => Gen.Select(LearnerEventGen.Id, LearnerEventGen.Id, Gen.Int[0, 100]).Sample(
        (tenant, course, shard) =>
        {
            var key = CourseKey.Parse(CourseKey.For(new TenantId(tenant), new CourseId(course)).Value);
            var roster = RosterKey.Parse(RosterKey.For(key, shard).Value);

            Assert.Equal((tenant, course), (key.Tenant.Value, key.Course.Value));
            Assert.Equal((key, shard), (roster.Course, roster.Shard));
        },
        iter: 1_000);

    [Theory]
    [InlineData("")]
    [InlineData("course")]
    [InlineData("/course")]
    [InlineData("tenant/")]
    [InlineData("tenant/course/0")]
    public void Parse_NotACourseKey_Throws(string text) => Assert.Throws<FormatException>(() => CourseKey.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("tenant/course")]
    [InlineData("tenant/course/")]
    [InlineData("tenant/course/x")]
    [InlineData("tenant/course/-1")]
    [InlineData("tenant/course/ 1")]
    [InlineData("tenant/course/99999999999")]
    [InlineData("course/0")]
    [InlineData("tenant/course/more/0")]
    public void Parse_NotARosterKey_Throws(string text) => Assert.Throws<FormatException>(() => RosterKey.Parse(text));

    [Fact]
    public void RosterFor_AnyLearner_IsOneShardOfTheCourse() => Gen.Select(LearnerEventGen.Id, Gen.Int[1, 64]).Sample((learner, shards) =>
    {
        var course = CourseKey.For(TenantId.Default, new("algebra"));
        var roster = course.RosterFor(new LearnerId(learner), shards);

        Assert.Equal(course, roster.Course);
        Assert.InRange(roster.Shard, 0, shards - 1);
        Assert.Equal(roster, course.RosterFor(new LearnerId(learner), shards));
    });

    [Fact]
    public void RosterFor_ManyLearners_SpreadEvenly()
    {
        var course = CourseKey.For(TenantId.Default, new("algebra"));
        var counts = Enumerable.Range(0, 8000).CountBy(i => course.RosterFor(new LearnerId($"learner-{i}"), 8).Shard).ToArray();

        Assert.Equal(8, counts.Length);
        Assert.All(counts, count => Assert.InRange(count.Value, 850, 1150));
    }
}
