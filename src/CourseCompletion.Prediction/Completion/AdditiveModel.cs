namespace CourseCompletion.Prediction.Completion;

/// <summary>A learned function of the features: a linear part for the broad trend and trees for what is not straight, added up.</summary>
/// <remarks>Its sum is a logit. Immutable, safe from any number of threads, and scoring allocates nothing.</remarks>
/// <param name="linear">The linear part, whose numbers do not change any more.</param>
/// <param name="trees">The trees.</param>
public sealed class AdditiveModel(LinearPart linear, TreeEnsemble trees)
{
    // A portable model leaves most features out.
    private readonly ushort[] _used = linear.UsedFeatures();

    /// <summary>The linear part.</summary>
    public LinearPart Linear => linear;

    /// <summary>The trees.</summary>
    public TreeEnsemble Trees => trees;

    /// <summary>The sum before any feature is looked at.</summary>
    public double Bias => linear.Intercept + trees.Bias;

    /// <summary>The sum for a vector.</summary>
    /// <exception cref="ArgumentException">The vector is too short.</exception>
    public double Sum(ReadOnlySpan<float> features) => trees.Sum(features) + linear.Sum(features, _used);

    /// <summary>The sum for a vector, with what each feature contributed.</summary>
    /// <param name="features">The vector.</param>
    /// <param name="contributions">Where each feature's contribution is added; clear it first. Together with <see cref="Bias"/> they are the sum.</param>
    public double Attribute(ReadOnlySpan<float> features, Span<double> contributions) =>
        trees.Attribute(features, contributions) + linear.Attribute(features, _used, contributions);
}
