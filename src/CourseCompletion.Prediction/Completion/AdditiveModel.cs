namespace CourseCompletion.Prediction.Completion;

/// <summary>A learned function of the features: a linear part for the broad trend and trees for what is not straight, added up.</summary>
/// <remarks>Its sum is a logit. Immutable, safe from any number of threads, and scoring allocates nothing.</remarks>
/// <param name="Linear">The linear part.</param>
/// <param name="Trees">The trees.</param>
public sealed record AdditiveModel(LinearPart Linear, TreeEnsemble Trees)
{
    /// <summary>The sum before any feature is looked at.</summary>
    public double Bias => Linear.Intercept + Trees.Bias;

    /// <summary>The sum for a vector.</summary>
    /// <exception cref="ArgumentException">The vector is too short.</exception>
    public double Sum(ReadOnlySpan<float> features) => Trees.Sum(features) + Linear.Sum(features);

    /// <summary>The sum for a vector, with what each feature contributed.</summary>
    /// <param name="features">The vector.</param>
    /// <param name="contributions">Where each feature's contribution is added; clear it first. Together with <see cref="Bias"/> they are the sum.</param>
    public double Attribute(ReadOnlySpan<float> features, Span<double> contributions)
    {
        var trees = Trees.Attribute(features, contributions);
        Linear.Attribute(features, contributions);
        return trees + Linear.Sum(features);
    }
}
