namespace CourseCompletion.Domain.Completion.Index;

/// <summary>What is believed of a hierarchical logistic model before any data: independent normal coefficients, and courses' levels around 0.</summary>
/// <param name="Means">The coefficients' means; the first is the base, whose term is always 1.</param>
/// <param name="Deviations">Their standard deviations.</param>
/// <param name="CourseVariance">How much courses differ: the variance of their levels.</param>
public sealed record PooledLogitPrior(double[] Means, double[] Deviations, double CourseVariance)
{
    /// <summary>The variance of courses' levels that is expected without data.</summary>
    public const double CourseVarianceExpected = 0.5;

    /// <summary>As good as so many courses is that expectation.</summary>
    public const double CourseVarianceBelief = 4;

    /// <summary>How many coefficients there are.</summary>
    public int Count => Means.Length;

    /// <summary>The precision of a coefficient.</summary>
    public double Precision(int coefficient) => 1 / (Deviations[coefficient] * Deviations[coefficient]);
}
