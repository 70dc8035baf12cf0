using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Assignment;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using Xunit;

namespace CourseCompletion.UnitTests.Campaigns.Assignment;

public class CampaignAssignmentTests
{
    private static readonly LearnerId[] _learners = [.. Enumerable.Range(0, 20_000).Select(i => new LearnerId($"learner-{i}"))];

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(4_999, 0.5)]
    [InlineData(5_000, 0.2)]
    public void ControlShareFor_SizeOfAudience_IsTheDefault(long eligible, double share) => Assert.Equal(share, CampaignAssignment.ControlShareFor(eligible));

    [Fact]
    public void GroupOf_ManyLearners_IsTheShareAndTheSameAgain()
    {
        var control = Control("salt", "default", 0.2);

        Assert.InRange(control.Count, 3_800, 4_200);
        Assert.Equal(control, Control("salt", "default", 0.2));
    }

    // Independent draws share a fifth of a fifth.
    [Fact]
    public void GroupOf_OtherSaltOrTenant_IsIndependent()
    {
        var control = Control("salt", "default", 0.2);

        Assert.InRange(control.Intersect(Control("other", "default", 0.2)).Count(), 700, 900);
        Assert.InRange(control.Intersect(Control("salt", "acme", 0.2)).Count(), 700, 900);
    }

    [Fact]
    public void GroupOf_LargerShare_KeepsWhoWasInControl() => Assert.Superset(Control("salt", "default", 0.2), Control("salt", "default", 0.5));

    [Fact]
    public void GroupOf_NoControlOrOnlyControl_IsEverybody()
    {
        Assert.Empty(Control("salt", "default", 0));
        Assert.Equal(_learners.Length, Control("salt", "default", 1).Count);
    }

    [Fact]
    public void GroupOfCluster_ManyClusters_IsTheShare() => Assert.InRange(
        Enumerable.Range(0, 10_000).Count(i => CampaignAssignment.GroupOfCluster("salt", TenantId.Default, AssignmentCluster.OfCourse(new($"course-{i}")), 0.5) == CampaignGroup.Control), 4_800, 5_200);

    [Theory]
    [InlineData(NudgePurpose.CheckIn, 16, AssignmentUnit.Learner)]
    [InlineData(NudgePurpose.Questions, 1, AssignmentUnit.QuestionCluster)]
    [InlineData(NudgePurpose.Questions, 11, AssignmentUnit.QuestionCluster)]
    [InlineData(NudgePurpose.Questions, 12, AssignmentUnit.Course)]
    public void UnitFor_PurposeAndCourses_IsTheDefault(NudgePurpose purpose, int courses, AssignmentUnit unit) => Assert.Equal(unit, CampaignAssignment.UnitFor(purpose, courses));

    [Theory]
    [InlineData(8, 0.5, 4)]
    [InlineData(16, 0.2, 3)]
    [InlineData(2, 0.9, 1)]
    [InlineData(16, 0.01, 1)]
    public void BalancedSalt_AnyCampaign_DrawsTheShareOfTheCourses(int count, double share, int inControl)
    {
        CourseId[] courses = [.. Enumerable.Range(0, count).Select(i => new CourseId($"course-{i}"))];
        for (var campaign = 0; campaign < 20; campaign++)
        {
            var salt = CampaignAssignment.BalancedSalt($"campaign-{campaign}@1", TenantId.Default, courses, share);

            Assert.Equal(
                inControl, courses.Count(course => CampaignAssignment.GroupOfCluster(salt, TenantId.Default, AssignmentCluster.OfCourse(course), share) == CampaignGroup.Control));
        }
    }

    [Fact]
    public void OfQuestion_SameLesson_IsOneCluster()
    {
        CourseId algebra = new("algebra"), geometry = new("geometry");

        Assert.Equal(AssignmentCluster.OfQuestion(algebra, "lesson-1", new(1)), AssignmentCluster.OfQuestion(algebra, "lesson-1", new(2)));
        Assert.NotEqual(AssignmentCluster.OfQuestion(algebra, "lesson-1", new(1)), AssignmentCluster.OfQuestion(geometry, "lesson-1", new(1)));
        Assert.NotEqual(AssignmentCluster.OfQuestion(algebra, "", new(1)), AssignmentCluster.OfQuestion(algebra, "", new(2)));
    }

    // The parts "a", "bc" and "ab", "c" read alike when they are only joined, and an id may hold a line break.
    [Fact]
    public void UniformOf_PartsThatReadAlike_AreOtherDraws()
    {
        Assert.NotEqual(CampaignAssignment.UniformOf("arm", "a", "bc"), CampaignAssignment.UniformOf("arm", "ab", "c"));
        Assert.NotEqual(CampaignAssignment.UniformOf("arm", "a\n1:b"), CampaignAssignment.UniformOf("arm", "a", "b"));
        Assert.NotEqual(CampaignAssignment.UniformOf("arm", "a"), CampaignAssignment.UniformOf("send", "a"));
    }

    [Fact]
    public void UniformOf_KnownParts_StaysWhatItWas() => Assert.Equal(0.22261164205948414, CampaignAssignment.UniformOf("arm", "occurrence-1", "ada"));

    private static HashSet<LearnerId> Control(string salt, string tenant, double share) =>
        [.. _learners.Where(learner => CampaignAssignment.GroupOf(salt, new TenantId(tenant), learner, share) == CampaignGroup.Control)];
}
