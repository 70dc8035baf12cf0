using CourseCompletion.Domain.Campaigns.Assignment;
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
        Enumerable.Range(0, 10_000).Count(i => CampaignAssignment.GroupOfCluster("salt", TenantId.Default, $"question-{i}", 0.5) == CampaignGroup.Control), 4_800, 5_200);

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
