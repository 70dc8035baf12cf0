using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Campaigns.Report;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Campaigns.Report;

public sealed class CampaignTallyTests
{
    // Side, cluster (0 for none), whether the learner returned.
    private static readonly Gen<(int Group, int Cluster, bool Returned)[]> _rows = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 5], Gen.Bool).Array[0, 60];

    // Learners of a cluster are spread over the tally's shards.
    [Fact]
    public void Merge_ClustersInSeveralShards_AreOneUnitEach() => Gen.Select(_rows, Gen.Int[1, 8]).Sample((rows, shards) =>
    {
        var parts = Enumerable.Range(0, shards).Select(_ => new CampaignTally()).ToArray();
        for (var i = 0; i < rows.Length; i++)
        {
            TallyRules.Add(parts[i % shards], Row(rows[i], i), MondayMs + (40 * DayMs));
        }

        var tally = new CampaignTally();
        foreach (var part in parts)
        {
            tally.Merge(CampaignTally.Decode(part.Encode()));
        }

        foreach (var group in (AssignmentGroup[])[AssignmentGroup.Treatment, AssignmentGroup.Control])
        {
            var clustered = rows.Where(row => row.Group == (int)group && row.Cluster > 0).ToList();
            var sums = tally.ByCluster(group);
            Assert.Equal(clustered.Select(row => row.Cluster).Distinct().Count(), tally.ClustersOf(group));
            Assert.Equal((tally.ClustersOf(group), clustered.Count), (sums.Returned.Units, sums.Returned.Size));
            Assert.Equal(clustered.Count(row => row.Returned), sums.Returned.Outcome);
            Assert.Equal(clustered.GroupBy(row => row.Cluster).Sum(cluster => Math.Pow(cluster.Count(row => row.Returned), 2)), sums.Returned.OutcomeOutcome);
            Assert.Equal(rows.Count(row => row.Group == (int)group), tally[group].Returned.Units);
        }

        Assert.Equal(0, tally.ClustersOf(AssignmentGroup.Holdout));
    });

    private static CampaignRow Row((int Group, int Cluster, bool Returned) row, int learner) => new(
        new($"learner-{learner}"),
        new(1, 1, 0),
        new CampaignMembership(new("c"), new("algebra"))
        {
            Group = (AssignmentGroup)row.Group,
            Cluster = new((ulong)row.Cluster),
            AssignedAtMs = MondayMs,
            ReturnedAtMs = row.Returned ? MondayMs + DayMs : 0,
        },
        0);
}
