using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using Xunit;

namespace CourseCompletion.UnitTests.Campaigns;

public class GlobalHoldoutTests
{
    private const long PeriodMs = GlobalHoldout.PeriodDays * LearnerTime.DayMs;
    private static readonly LearnerId[] _learners = [.. Enumerable.Range(0, 20_000).Select(i => new LearnerId($"learner-{i}"))];

    [Fact]
    public void Includes_ManyLearners_IsTheShare() => Assert.InRange(In("default", 230 * PeriodMs).Count, 900, 1_100);

    [Fact]
    public void Includes_WithinAPeriod_IsTheSame() => Assert.Equal(In("default", 230 * PeriodMs), In("default", (231 * PeriodMs) - 1));

    // Independent draws share a twentieth of a twentieth.
    [Fact]
    public void Includes_NextPeriodOrOtherTenant_AreOthers()
    {
        var now = In("default", 230 * PeriodMs);

        Assert.InRange(now.Intersect(In("default", 231 * PeriodMs)).Count(), 20, 90);
        Assert.InRange(now.Intersect(In("acme", 230 * PeriodMs)).Count(), 20, 90);
    }

    private static List<LearnerId> In(string tenant, long atMs) => [.. _learners.Where(learner => GlobalHoldout.Includes(new TenantId(tenant), learner, atMs))];
}
