namespace CourseCompletion.Domain.Completion;

/// <summary>How likely a learner completes a course, from the features of <see cref="CompletionFeatures"/>.</summary>
/// <remarks>Implementations are thread-safe, allocate nothing and take microseconds: they run inside the learner's grain on every event.</remarks>
public interface ICompletionPredictor
{
    /// <summary>The model's name, recorded with every score.</summary>
    string ModelVersion { get; }

    /// <summary>The version of the features that the model was made for; must be <see cref="CompletionFeatures.Version"/>.</summary>
    int FeatureVersion { get; }

    /// <summary>The probability, 0 to 1, that an enrolled learner with these features completes the course.</summary>
    float Score(ReadOnlySpan<float> features);

    /// <summary>The logit of <see cref="Score"/>, with what each feature contributed to it compared with a typical learner.</summary>
    /// <param name="features">The features.</param>
    /// <param name="contributions">Where each feature's contribution is added; clear it first. The logit minus their sum is the same for every learner.</param>
    double Explain(ReadOnlySpan<float> features, Span<double> contributions);

    /// <summary>What a feature was on average among those the model was made from.</summary>
    float TypicalOf(int feature);
}
