namespace CourseCompletion.Domain.Completion.Catalog;

/// <summary>What is known of a model without its function.</summary>
/// <param name="Name">Its name, recorded with every score.</param>
/// <param name="Target">What a probability of 1 means: <c>completed_by_rule</c> or <c>passed</c>; <c>expert_prior</c> for one that was not learned.</param>
/// <param name="HorizonDays">After how many days from the course's start, or from enrolment, the label is known; 0 for one that was not learned.</param>
/// <param name="FeatureVersion">The version of the features it needs.</param>
/// <param name="TrainedEnrolments">How many enrolments it was learned from.</param>
/// <param name="BaseRate">The share of them that reached the target, 0 to 1.</param>
/// <param name="Checksum">XXH3-64 of its file; 0 for one that comes with the release.</param>
public sealed record ModelDescription(string Name, string Target, int HorizonDays, int FeatureVersion, int TrainedEnrolments, float BaseRate, ulong Checksum);

/// <summary>A published model.</summary>
/// <param name="Description">What is known of it.</param>
/// <param name="PublishedAtMs">When its file was stored.</param>
public sealed record PublishedModel(ModelDescription Description, long PublishedAtMs);

/// <summary>When a model became the champion.</summary>
/// <param name="Name">The model.</param>
/// <param name="SinceMs">From when on it scored.</param>
public sealed record ChampionTerm(string Name, long SinceMs);

/// <summary>Which completion models there are, and which one scores.</summary>
public sealed record ModelCatalog
{
    /// <summary>Before anything was published: the release's own model scores.</summary>
    public static ModelCatalog Empty { get; } = new();

    /// <summary>Grows with every change.</summary>
    public long Revision { get; init; }

    /// <summary>The published models, oldest first; those of the release are not among them.</summary>
    public IReadOnlyList<PublishedModel> Models { get; init; } = [];

    /// <summary>Who scored since when, oldest first; the last one scores now. Empty: the release's own model does.</summary>
    public IReadOnlyList<ChampionTerm> Champions { get; init; } = [];

    /// <summary>The challenger that scores beside the champion without being shown, or null.</summary>
    public string? Shadow { get; init; }

    /// <summary>The model that scores now; null for the release's own.</summary>
    public string? Champion => Champions.Count == 0 ? null : Champions[^1].Name;

    /// <summary>The published model of a name, or null.</summary>
    public PublishedModel? Find(string name) => Models.FirstOrDefault(model => model.Description.Name == name);
}
