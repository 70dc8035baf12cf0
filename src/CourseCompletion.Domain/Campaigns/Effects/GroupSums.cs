namespace CourseCompletion.Domain.Campaigns.Effects;

/// <summary>What the outcomes of one group of an experiment sum up to: enough for means, variances and the adjustment by a covariate, by learner or by cluster.</summary>
/// <remarks>
/// <para>
/// A unit is what was assigned. A learner is a unit of size 1; a cluster is a unit of as many members as it has, with its members' sums. A unit goes in once, when its
/// outcome is final: one that goes in early and is corrected later makes peeking unsafe. Sums of other shards merge in any order.
/// </para>
/// </remarks>
/// <param name="Units">How many units.</param>
/// <param name="Size">The sum of sizes: how many learners.</param>
/// <param name="Outcome">The sum of outcomes, each from 0 to 1 a learner.</param>
/// <param name="Covariate">The sum of the covariate, known before the assignment, such as the pre-period probability.</param>
/// <param name="SizeSize">The sum over units of the squared size.</param>
/// <param name="SizeOutcome">The sum over units of size times outcome.</param>
/// <param name="SizeCovariate">The sum over units of size times covariate.</param>
/// <param name="OutcomeOutcome">The sum over units of the squared outcome.</param>
/// <param name="OutcomeCovariate">The sum over units of outcome times covariate.</param>
/// <param name="CovariateCovariate">The sum over units of the squared covariate.</param>
public readonly record struct GroupSums(
    long Units,
    double Size,
    double Outcome,
    double Covariate,
    double SizeSize,
    double SizeOutcome,
    double SizeCovariate,
    double OutcomeOutcome,
    double OutcomeCovariate,
    double CovariateCovariate)
{
    /// <summary>The mean outcome of a learner, from 0 to 1; 0 of no learners.</summary>
    public double Mean => Size > 0 ? Outcome / Size : 0;

    /// <summary>The mean covariate of a learner; 0 of no learners.</summary>
    public double CovariateMean => Size > 0 ? Covariate / Size : 0;

    /// <summary>One learner.</summary>
    /// <param name="outcome">From 0 to 1.</param>
    /// <param name="covariate">Known before the assignment; 0 for everyone where there is none.</param>
    public static GroupSums Of(double outcome, double covariate = 0) => OfCluster(1, outcome, covariate);

    /// <summary>One cluster.</summary>
    /// <param name="size">How many learners, above 0.</param>
    /// <param name="outcome">The sum of their outcomes.</param>
    /// <param name="covariate">The sum of their covariates.</param>
    public static GroupSums OfCluster(double size, double outcome, double covariate = 0) => new(
        1, size, outcome, covariate, size * size, size * outcome, size * covariate, outcome * outcome, outcome * covariate, covariate * covariate);

    /// <summary>These learners as one cluster; nothing of no learners.</summary>
    public GroupSums AsCluster() => Size > 0 ? OfCluster(Size, Outcome, Covariate) : default;

    /// <summary>These units and others.</summary>
    public GroupSums Add(GroupSums other) => new(
        Units + other.Units,
        Size + other.Size,
        Outcome + other.Outcome,
        Covariate + other.Covariate,
        SizeSize + other.SizeSize,
        SizeOutcome + other.SizeOutcome,
        SizeCovariate + other.SizeCovariate,
        OutcomeOutcome + other.OutcomeOutcome,
        OutcomeCovariate + other.OutcomeCovariate,
        CovariateCovariate + other.CovariateCovariate);

    /// <summary>The sums of all parts.</summary>
    public static GroupSums Merge(IEnumerable<GroupSums> parts) => parts.Aggregate(default(GroupSums), (sum, part) => sum.Add(part));

    /// <summary>The squared deviations of outcomes from size times the mean, summed over units.</summary>
    internal double OutcomeSquares => Math.Max(0, OutcomeOutcome - (2 * Mean * SizeOutcome) + (Mean * Mean * SizeSize));

    /// <summary>The same of the covariate.</summary>
    internal double CovariateSquares => Math.Max(0, CovariateCovariate - (2 * CovariateMean * SizeCovariate) + (CovariateMean * CovariateMean * SizeSize));

    /// <summary>The products of both deviations, summed over units.</summary>
    internal double Products => OutcomeCovariate - (Mean * SizeCovariate) - (CovariateMean * SizeOutcome) + (Mean * CovariateMean * SizeSize);
}
