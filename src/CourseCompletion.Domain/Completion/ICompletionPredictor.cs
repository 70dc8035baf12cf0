using CourseCompletion.Domain.Completion.Bands;

namespace CourseCompletion.Domain.Completion;

/// <summary>How likely a learner completes a course, from the features of <see cref="CompletionFeatures"/>.</summary>
/// <remarks>Implementations are thread-safe, allocate nothing and take microseconds: they run inside the learner's grain on every event.</remarks>
public interface ICompletionPredictor
{
    /// <summary>The model's name, recorded with every score.</summary>
    string ModelVersion { get; }

    /// <summary>The version of the features that the model was made for; must be <see cref="CompletionFeatures.Version"/>.</summary>
    int FeatureVersion { get; }

    /// <summary>How many days after the course's start, or after enrolment in a course without dates, completion is decided; 0 when that is not known.</summary>
    int HorizonDays { get; }

    /// <summary>The logits of those who completed, over the course's time.</summary>
    CompleterTrajectory Trajectory { get; }

    /// <summary>The probability, 0 to 1, that an enrolled learner with these features completes the course.</summary>
    float Score(ReadOnlySpan<float> features);

    /// <summary>By how much the true rate of a group of learners with these features lies off, as a standard deviation of the logit.</summary>
    float DeviationOf(ReadOnlySpan<float> features);

    /// <summary>When an active learner with these features probably stops; null for a model that does not know.</summary>
    StopForecast? StopOf(ReadOnlySpan<float> features);

    /// <summary>The logit of <see cref="Score"/>, with what each feature contributed to it compared with a typical learner.</summary>
    /// <param name="features">The features.</param>
    /// <param name="contributions">Where each feature's contribution is added; clear it first. The logit minus their sum is the same for every learner.</param>
    double Explain(ReadOnlySpan<float> features, Span<double> contributions);

    /// <summary>What a feature was on average among those the model was made from.</summary>
    float TypicalOf(int feature);
}
