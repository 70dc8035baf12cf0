using System.IO.Hashing;
using CourseCompletion.Domain.Completion.Catalog;
using CourseCompletion.Prediction.Completion.Default;

namespace CourseCompletion.Prediction.Completion;

/// <summary>Makes predictors of model files.</summary>
internal sealed class CompletionModelFormat : ICompletionModelFormat
{
    /// <inheritdoc/>
    public IReadOnlyList<BuiltInModel> BuiltIn { get; } = [OfTheOpenUniversity(), Prior()];

    /// <inheritdoc/>
    public ModelReading Read(ReadOnlyMemory<byte> file)
    {
        try
        {
            var model = ModelFile.Decode(file.Span);
            return CompletionTargets.IsCompletion(model.Target)
                ? ModelReading.Of(Describe(model, XxHash3.HashToUInt64(file.Span)), new LearnedCompletionPredictor(model))
                : ModelReading.Refused(
                    $"The model {model.Name} predicts {CompletionTargets.NameOf(model.Target)}, which is not completion and must not be shown as such: train on outcomes of "
                    + $"{string.Join(" or ", CompletionTargets.AllNames.Where(IsCompletion))}.");
        }
        catch (ModelFileException refused)
        {
            return ModelReading.Refused(refused.Message);
        }
    }

    private static BuiltInModel OfTheOpenUniversity()
    {
        var model = DefaultCompletionModel.Load();
        return new(Describe(model, 0), new LearnedCompletionPredictor(model));
    }

    private static BuiltInModel Prior()
    {
        var prior = new PriorCompletionPredictor();
        return new(new(prior.ModelVersion, "expert_prior", 0, prior.FeatureVersion, 0, 0, 0), prior);
    }

    private static ModelDescription Describe(CompletionModel model, ulong checksum) => new(
        model.Name, CompletionTargets.NameOf(model.Target), model.HorizonDays, model.FeatureVersion, model.TrainedEnrolments, model.BaseRate, checksum);

    private static bool IsCompletion(string name) => CompletionTargets.TryParse(name, out var target) && CompletionTargets.IsCompletion(target);
}
