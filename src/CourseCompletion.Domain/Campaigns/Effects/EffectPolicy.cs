namespace CourseCompletion.Domain.Campaigns.Effects;

/// <summary>The numbers that effects are estimated with; fixed before the first outcome is seen.</summary>
/// <param name="Alpha">The chance that an interval ever misses the truth, however often it is looked at; above 0 and below 1.</param>
/// <param name="TunedUnits">At how many units of both groups together intervals are narrowest; about as many as the campaign will have.</param>
/// <param name="UnitsMin">Below so many units in either group nothing is known: the interval is everything from -1 to 1.</param>
/// <param name="IsByCluster">Whether units are clusters: there may be so few that it matters that their variance is estimated.</param>
public sealed record EffectPolicy(double Alpha = 0.05, long TunedUnits = 2_000, long UnitsMin = 50, bool IsByCluster = false)
{
    /// <summary>As many clusters of questions as intervals are tuned to: how many lessons bring questions is not known beforehand.</summary>
    public const int QuestionClusters = 40;

    /// <summary>For learners, in an audience of a few thousand.</summary>
    public static EffectPolicy Default { get; } = new();

    /// <summary>For learners, in an audience of this size.</summary>
    public static EffectPolicy ForAudience(long eligible) => new(TunedUnits: Math.Max(200, eligible));

    /// <summary>For clusters, of which there are fewer than learners: four a group at least, below which trials by cluster are advised against (Hayes and Moulton, "Cluster Randomised Trials", 2017).</summary>
    /// <param name="clusters">How many are expected in both groups together.</param>
    public static EffectPolicy ForClusters(long clusters) => new(TunedUnits: Math.Max(8, clusters), UnitsMin: 4, IsByCluster: true);
}
