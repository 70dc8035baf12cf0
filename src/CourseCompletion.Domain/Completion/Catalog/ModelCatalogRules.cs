using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Completion.Catalog;

/// <summary>How the catalogue of models may change.</summary>
public static class ModelCatalogRules
{
    /// <summary>The largest model file, in bytes.</summary>
    public const int FileBytesMax = 8 << 20;

    /// <summary>How many published models are kept; the oldest that neither scores, nor is a shadow, nor scored before the champion goes first.</summary>
    public const int ModelsMax = 32;

    /// <summary>How many champions are remembered.</summary>
    public const int ChampionsMax = 100;

    /// <summary>The longest name, in bytes of UTF-8.</summary>
    public const int NameBytesMax = 64;

    /// <summary>Adds a model whose file is stored. The same file under the same name again changes nothing.</summary>
    /// <param name="catalog">The catalogue.</param>
    /// <param name="model">The model.</param>
    /// <param name="isBuiltIn">Whether a model of the release has its name.</param>
    /// <param name="nowMs">When.</param>
    public static CatalogChange Publish(ModelCatalog catalog, ModelDescription model, bool isBuiltIn, long nowMs)
    {
        if (CheckName(model.Name) is { } fault)
        {
            return CatalogChange.Refused(fault);
        }

        if (isBuiltIn || (catalog.Find(model.Name) is { } known && known.Description.Checksum != model.Checksum))
        {
            return CatalogChange.Refused(new(
                RejectionReason.InvalidField, "file", $"Train the model under another name: '{model.Name}' is the name of another one, and what it scored must stay attributable."));
        }

        if (catalog.Find(model.Name) is not null)
        {
            return new(catalog, null);
        }

        var room = WithRoom(catalog);
        return Changed(room with { Models = [.. room.Models, new PublishedModel(model, nowMs)] });
    }

    /// <summary>Lets a model score from now on.</summary>
    /// <param name="catalog">The catalogue.</param>
    /// <param name="name">A published model or one of the release.</param>
    /// <param name="isBuiltIn">Whether it is one of the release.</param>
    /// <param name="nowMs">When.</param>
    public static CatalogChange Promote(ModelCatalog catalog, string name, bool isBuiltIn, long nowMs)
    {
        if (!isBuiltIn && catalog.Find(name) is null)
        {
            return Unknown(name);
        }

        return catalog.Champion == name
            ? new(catalog, null)
            : Changed(catalog with
            {
                Champions = [.. catalog.Champions.TakeLast(ChampionsMax - 1), new ChampionTerm(name, nowMs)],
                Shadow = catalog.Shadow == name ? null : catalog.Shadow,
            });
    }

    /// <summary>Lets the champion before the present one score again.</summary>
    public static CatalogChange Rollback(ModelCatalog catalog) => catalog.Champions.Count == 0
        ? CatalogChange.Refused(new(RejectionReason.InvalidField, "", "Nothing was published: the model of the release scores, and there is none before it."))
        : Changed(catalog with { Champions = [.. catalog.Champions.SkipLast(1)] });

    /// <summary>Lets a model score beside the champion, without being shown; null ends that.</summary>
    /// <param name="catalog">The catalogue.</param>
    /// <param name="name">A published model or one of the release; null for none.</param>
    /// <param name="isBuiltIn">Whether it is one of the release.</param>
    /// <param name="champion">The model that scores now.</param>
    public static CatalogChange SetShadow(ModelCatalog catalog, string? name, bool isBuiltIn, string champion)
    {
        if (name is not null && !isBuiltIn && catalog.Find(name) is null)
        {
            return Unknown(name);
        }

        if (name == champion)
        {
            return CatalogChange.Refused(new(RejectionReason.InvalidField, "name", $"Name another model: '{name}' is the champion itself."));
        }

        return name == catalog.Shadow ? new(catalog, null) : Changed(catalog with { Shadow = name });
    }

    // A plus sign separates a model's name from the labels that it is calibrated by, in the version of a score.
    private static Rejection? CheckName(string name) =>
        LearnerEventRules.CheckId(name, "file", required: true)
        ?? (System.Text.Encoding.UTF8.GetByteCount(name) > NameBytesMax
            ? new(RejectionReason.InvalidField, "file", $"Train the model under a shorter name: at most {NameBytesMax} bytes of UTF-8.")
            : name.Contains('+', StringComparison.Ordinal)
                ? new(RejectionReason.InvalidField, "file", "Train the model under a name without '+': it separates a name from the labels behind a score.")
                : null);

    // Rolling back must stay possible, so the model before the champion stays too, and terms of a model that goes are forgotten with it.
    private static ModelCatalog WithRoom(ModelCatalog catalog)
    {
        var needed = catalog.Champions.TakeLast(2).Select(term => term.Name).Append(catalog.Shadow).ToHashSet();
        var gone = catalog.Models
            .Where(model => !needed.Contains(model.Description.Name))
            .Take(Math.Max(0, catalog.Models.Count - ModelsMax + 1))
            .Select(model => model.Description.Name)
            .ToHashSet();
        return catalog with
        {
            Models = [.. catalog.Models.Where(model => !gone.Contains(model.Description.Name))],
            Champions = [.. catalog.Champions.Where(term => !gone.Contains(term.Name))],
        };
    }

    private static CatalogChange Changed(ModelCatalog catalog) => new(catalog with { Revision = catalog.Revision + 1 }, null);

    private static CatalogChange Unknown(string name) => CatalogChange.Refused(new(RejectionReason.InvalidField, "name", $"Publish the model first: there is none of the name '{name}'."));
}

/// <summary>How a change of the catalogue ended.</summary>
/// <param name="Catalog">The catalogue after it; null when it was refused.</param>
/// <param name="Fault">Why it was refused; null when it was not.</param>
public sealed record CatalogChange(ModelCatalog? Catalog, Rejection? Fault)
{
    /// <summary>A refused change.</summary>
    public static CatalogChange Refused(Rejection fault) => new(null, fault);
}
