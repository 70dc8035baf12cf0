using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Bands;

namespace CourseCompletion.Prediction.Completion;

/// <summary>Predicts with a learned model.</summary>
/// <remarks>Immutable, thread-safe, allocates nothing, and needs no library of the trainer: a score is the sum of its <see cref="AdditiveModel"/>.</remarks>
public sealed class LearnedCompletionPredictor : ICompletionPredictor
{
    private readonly AdditiveModel _function;

    /// <summary>Makes a predictor of a model.</summary>
    /// <exception cref="ModelFileException">The model was made for other features than this release has.</exception>
    public LearnedCompletionPredictor(CompletionModel model)
    {
        if (model.FeatureVersion != CompletionFeatures.Version || model.Function.Trees.FeatureCount != CompletionFeatures.Count)
        {
            throw new ModelFileException(
                ModelFileFault.OtherFeatures,
                $"The model {model.Name} was made for {model.Function.Trees.FeatureCount} features of version {model.FeatureVersion}; this release has {CompletionFeatures.Count} of version {CompletionFeatures.Version}.");
        }

        Model = model;
        _function = model.Function;
    }

    /// <summary>The model.</summary>
    public CompletionModel Model { get; }

    /// <inheritdoc/>
    public string ModelVersion => Model.Name;

    /// <inheritdoc/>
    public int FeatureVersion => Model.FeatureVersion;

    /// <inheritdoc/>
    public int HorizonDays => Model.HorizonDays;

    /// <inheritdoc/>
    public CompleterTrajectory Trajectory => Model.Trajectory;

    /// <inheritdoc/>
    public float Score(ReadOnlySpan<float> features) => (float)PortableMath.Logistic(_function.Sum(features));

    /// <inheritdoc/>
    public float DeviationOf(ReadOnlySpan<float> features) => Model.Spread.Of(features);

    /// <inheritdoc/>
    public StopForecast? StopOf(ReadOnlySpan<float> features) => Model.Hazard?.WeekOfStop(features);

    /// <inheritdoc/>
    public double Explain(ReadOnlySpan<float> features, Span<double> contributions) => _function.Attribute(features, contributions);

    /// <inheritdoc/>
    public float TypicalOf(int feature) => _function.Linear.Means[feature];
}
