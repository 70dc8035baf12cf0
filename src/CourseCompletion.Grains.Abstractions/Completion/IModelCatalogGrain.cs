using CourseCompletion.Domain.Completion.Catalog;
using CourseCompletion.Domain.Learners;
using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace CourseCompletion.Grains.Abstractions.Completion;

/// <summary>The completion models of a cluster, and which one scores.</summary>
/// <remarks>Key: <see cref="Key"/>, one for the cluster. Called by the gateway and by backends of operators. Silos follow what it stored, each in its own time.</remarks>
[Alias("cc.IModelCatalogGrain")]
[Version(1)]
public interface IModelCatalogGrain : IGrainWithStringKey
{
    /// <summary>The only key.</summary>
    const string Key = "completion";

    /// <summary>Stores a model file and lets it score, or watch.</summary>
    /// <param name="file">The file, at most <see cref="ModelCatalogRules.FileBytesMax"/> bytes.</param>
    /// <param name="asShadow">Whether it only scores beside the champion, without being shown.</param>
    [Alias("PublishAsync")]
    ValueTask<ModelCatalogAnswer> PublishAsync([Immutable] byte[] file, bool asShadow);

    /// <summary>Reads the catalogue.</summary>
    [Alias("GetAsync")]
    [AlwaysInterleave]
    ValueTask<ModelCatalogAnswer> GetAsync();

    /// <summary>Lets a model of this name score from now on.</summary>
    [Alias("PromoteAsync")]
    ValueTask<ModelCatalogAnswer> PromoteAsync(string name);

    /// <summary>Lets the champion before the present one score again.</summary>
    [Alias("RollbackAsync")]
    ValueTask<ModelCatalogAnswer> RollbackAsync();

    /// <summary>Lets a model score beside the champion without being shown; "" for none.</summary>
    [Alias("ShadowAsync")]
    ValueTask<ModelCatalogAnswer> ShadowAsync(string name);
}

/// <summary>The catalogue after a call.</summary>
/// <param name="Models">The models of the release, then the published ones, oldest first.</param>
/// <param name="Champion">The one that scores.</param>
/// <param name="Shadow">The one that scores beside it; "" for none.</param>
/// <param name="Revision">Grows with every change.</param>
/// <param name="Fault">Why the call changed nothing; null when it was not refused.</param>
[GenerateSerializer, Alias("cc.model-catalog-answer"), Immutable]
public sealed record ModelCatalogAnswer(
    [property: Id(0)] ModelView[] Models,
    [property: Id(1)] string Champion,
    [property: Id(2)] string Shadow,
    [property: Id(3)] long Revision,
    [property: Id(4)] Rejection? Fault);

/// <summary>A model without its function.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Target">What a probability of 1 means (<see cref="ModelDescription.Target"/>).</param>
/// <param name="HorizonDays">After how many days the label is known.</param>
/// <param name="FeatureVersion">The version of the features it needs.</param>
/// <param name="TrainedEnrolments">How many enrolments it was learned from.</param>
/// <param name="BaseRate">The share of them that reached the target.</param>
/// <param name="PublishedAtMs">When it was published; 0 for one of the release.</param>
[GenerateSerializer, Alias("cc.model-view"), Immutable]
public sealed record ModelView(
    [property: Id(0)] string Name,
    [property: Id(1)] string Target,
    [property: Id(2)] int HorizonDays,
    [property: Id(3)] int FeatureVersion,
    [property: Id(4)] int TrainedEnrolments,
    [property: Id(5)] float BaseRate,
    [property: Id(6)] long PublishedAtMs);
