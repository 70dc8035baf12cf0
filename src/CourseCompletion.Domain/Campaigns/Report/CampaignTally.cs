using CourseCompletion.Domain.Campaigns.Arms;
using CourseCompletion.Domain.Campaigns.Assignment;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Campaigns.Uplift;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Campaigns.Report;

/// <summary>What rows of a campaign sum up to, one side of its experiment each.</summary>
public sealed class CampaignTally
{
    /// <summary>How many sides there are: none, treatment, control, holdout.</summary>
    public const int GroupCount = (int)AssignmentGroup.Holdout + 1;

    private readonly GroupTally[] _groups = new GroupTally[GroupCount];
    private readonly Dictionary<(AssignmentCluster Cluster, AssignmentGroup Group), GroupTally> _clusters = [];

    /// <summary>What finished decisions say about the arms.</summary>
    public ArmStatistics Arms { get; private init; } = new();

    /// <summary>What finished decisions gained by the estimates that they were made with.</summary>
    public UpliftGains Uplift { get; set; }

    /// <summary>The sums of one side.</summary>
    public ref GroupTally this[AssignmentGroup group] => ref _groups[(int)group];

    /// <summary>Adds what learners who were drawn together bring to one side.</summary>
    public void Add(AssignmentCluster cluster, AssignmentGroup group, in GroupTally sums) =>
        _clusters[(cluster, group)] = _clusters.TryGetValue((cluster, group), out var known) ? known.Add(sums) : sums;

    /// <summary>The sums of one side with each cluster as one unit; learners who were drawn alone are not in them.</summary>
    public GroupTally ByCluster(AssignmentGroup group) =>
        _clusters.Where(cluster => cluster.Key.Group == group).Aggregate(default(GroupTally), (sums, cluster) => sums.Add(cluster.Value.AsCluster()));

    /// <summary>How many clusters have learners on one side.</summary>
    public int ClustersOf(AssignmentGroup group) => _clusters.Keys.Count(cluster => cluster.Group == group);

    /// <summary>Adds another shard's sums.</summary>
    public void Merge(CampaignTally other)
    {
        for (var i = 0; i < GroupCount; i++)
        {
            _groups[i] = _groups[i].Add(other._groups[i]);
        }

        foreach (var ((cluster, group), sums) in other._clusters)
        {
            Add(cluster, group, sums);
        }

        Arms.Merge(other.Arms);
        Uplift = Uplift.Add(other.Uplift);
    }

    /// <summary>Encodes the sums, for the way between silos.</summary>
    public byte[] Encode()
    {
        var to = new PayloadWriter(1_024);
        foreach (var group in _groups)
        {
            group.Write(to);
        }

        ArmStatisticsCodec.Write(to, Arms);
        UpliftTrackCodec.Write(to, Uplift);
        to.UInt((uint)_clusters.Count);
        foreach (var ((cluster, group), sums) in _clusters)
        {
            to.Fixed64(cluster.Value);
            to.Byte((byte)group);
            sums.Write(to);
        }

        return to.Finish();
    }

    /// <summary>Decodes sums.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged.</exception>
    public static CampaignTally Decode(ReadOnlySpan<byte> payload)
    {
        var from = PayloadReader.Open(payload, "campaign tally");
        var groups = new GroupTally[GroupCount];
        for (var i = 0; i < GroupCount; i++)
        {
            groups[i] = GroupTally.Read(ref from);
        }

        // An object initializer runs in the order written, which is the order of the layout.
        var tally = new CampaignTally { Arms = ArmStatisticsCodec.Read(ref from), Uplift = UpliftTrackCodec.ReadGains(ref from) };
        groups.CopyTo(tally._groups, 0);
        for (var left = from.Count(); left > 0; left--)
        {
            tally.Add(new(from.Fixed64()), (AssignmentGroup)from.Byte(), GroupTally.Read(ref from));
        }

        return tally;
    }
}
