using CourseCompletion.Cli.Simulate;
using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Assignment;
using CourseCompletion.Domain.Campaigns.Effects;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Campaigns.Report;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Grains.Abstractions.Campaigns;
using CourseCompletion.Grains.Campaigns;
using Xunit;
using Xunit.Abstractions;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Campaigns.Report;

/// <summary>
/// Campaigns whose learners are alike within their course or lesson (intra-cluster correlation 0.2), through the rows, the tally and the report, looked at every day for five weeks.
/// </summary>
public sealed class ClusteredCampaignTests(ITestOutputHelper output)
{
    private const int Campaigns = 400;
    private const int Days = 35;
    private const int LearnersPerCluster = 30;

    // Rates spread evenly from 0.11 to 0.89 have a variance of 0.05, a fifth of 0.5 * 0.5.
    private const double HalfSpread = 0.3873;

    [Theory]
    [InlineData(AssignmentUnit.Course, 8)]
    [InlineData(AssignmentUnit.Course, 16)]
    [InlineData(AssignmentUnit.QuestionCluster, 40)]
    public void Of_NoEffectAndLikeLearners_ClaimsByClusterAtMostInSevenPercent(AssignmentUnit unit, int clusters)
    {
        var (byCluster, byLearner) = (0, 0);
        for (var seed = 0; seed < Campaigns; seed++)
        {
            var looks = Live(unit, clusters, seed, effect: 0);
            byCluster += looks.Any(look => look.ByCluster.Claim != EffectClaim.NotShown) ? 1 : 0;
            byLearner += looks.Any(look => look.ByLearner.Claim != EffectClaim.NotShown) ? 1 : 0;
        }

        output.WriteLine($"Of {Campaigns} campaigns of {clusters} clusters without effect {byCluster} claim one by cluster and {byLearner} by learner.");
        Assert.InRange(byCluster, 0, Campaigns * 7 / 100);
        Assert.True(byLearner > Campaigns / 4, $"By learner {byLearner} of {Campaigns} claim something, else this test proves nothing.");
    }

    [Theory]
    [InlineData(AssignmentUnit.Course, 16)]
    [InlineData(AssignmentUnit.QuestionCluster, 40)]
    public void Of_PlantedEffect_IsCoveredAtAllLooks(AssignmentUnit unit, int clusters)
    {
        const double effect = 0.1;
        var (covered, narrow) = (0, 0);
        for (var seed = 0; seed < Campaigns; seed++)
        {
            var looks = Live(unit, clusters, seed, effect);
            covered += looks.All(look => look.ByCluster.Low <= effect && effect <= look.ByCluster.High) ? 1 : 0;
            narrow += looks[^1].ByCluster.High - looks[^1].ByCluster.Low < 1 ? 1 : 0;
        }

        output.WriteLine($"Of {Campaigns} campaigns of {clusters} clusters {covered} cover their effect at all looks.");
        Assert.InRange(covered, Campaigns * 93 / 100, Campaigns);
        Assert.True(narrow > Campaigns * 4 / 5, $"Only {narrow} of {Campaigns} intervals say anything.");
    }

    [Fact]
    public void Of_LargeEffect_IsShown() => Assert.True(
        Enumerable.Range(0, 50).Count(seed => Live(AssignmentUnit.QuestionCluster, 40, seed, 0.4)[^1].ByCluster.Claim == EffectClaim.Helps) >= 45);

    private static List<(CampaignEffectView ByCluster, CampaignEffectView ByLearner)> Live(AssignmentUnit unit, int count, int seed, double effect)
    {
        var chance = new Chance(11, seed);
        CourseId[] courses = [.. Enumerable.Range(0, unit == AssignmentUnit.Course ? count : 1).Select(i => new CourseId($"course-{i}"))];
        var clusters = Enumerable.Range(0, count)
            .Select(i => unit == AssignmentUnit.Course ? AssignmentCluster.OfCourse(courses[i]) : AssignmentCluster.OfQuestion(courses[0], $"lesson-{i}", default)).ToList();
        var salt = $"campaign-{seed}";
        var campaign = CampaignBuilder.Campaign() with
        {
            Purpose = NudgePurpose.Questions,
            Courses = courses,
            Unit = unit,
            ControlShare = 0.5,
            Salt = unit == AssignmentUnit.Course ? CampaignAssignment.BalancedSalt(salt, TenantId.Default, courses, 0.5) : salt,
            EligibleAtCreation = count * LearnersPerCluster,
        };
        var rows = clusters.SelectMany(cluster => Members(chance, campaign, cluster, effect)).ToList();
        var looks = new List<(CampaignEffectView, CampaignEffectView)>();
        for (var day = 8; day <= Days; day++)
        {
            var asOfMs = MondayMs + (day * DayMs);
            var tally = new CampaignTally();
            rows.ForEach(row => TallyRules.Add(tally, row, asOfMs));
            looks.Add((Return(campaign, tally, asOfMs), Return(campaign with { Unit = AssignmentUnit.Learner }, tally, asOfMs)));
        }

        return looks;
    }

    private static IEnumerable<CampaignRow> Members(Chance chance, CampaignDefinition campaign, AssignmentCluster cluster, double effect)
    {
        var group = ArmDraw.SideOf(campaign, TenantId.Default, new("anybody"), cluster);
        var rate = chance.Between(0.5 - HalfSpread, 0.5 + HalfSpread) + (group == AssignmentGroup.Treatment ? effect : 0);
        for (var i = 0; i < LearnersPerCluster; i++)
        {
            var assignedAtMs = MondayMs + (chance.Below(Days - 7) * DayMs);
            yield return new(
                new($"learner-{cluster.Value}-{i}"),
                new(1, 1, 0),
                new CampaignMembership(campaign.Campaign, campaign.Courses[0])
                {
                    Group = group,
                    Cluster = cluster,
                    AssignedAtMs = assignedAtMs,
                    ReturnedAtMs = chance.Hits(rate) ? assignedAtMs + HourMs : 0,
                },
                0);
        }
    }

    private static CampaignEffectView Return(CampaignDefinition campaign, CampaignTally tally, long asOfMs) =>
        CampaignReports.Of(campaign, tally, new(), default, campaign.EligibleAtCreation, 0.5, asOfMs).Effects.Single(effect => effect is { Metric: CampaignMetric.Return7Days, IsTriggered: false });
}
