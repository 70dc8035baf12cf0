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
}
