using System.Diagnostics.CodeAnalysis;

namespace CourseCompletion.Domain.Completion.Catalog;

/// <summary>Makes predictors: of a model file's bytes, and of the models that come with the release.</summary>
public interface ICompletionModelFormat
{
    /// <summary>The models of the release, by name; the first one serves until another is published.</summary>
    IReadOnlyList<BuiltInModel> BuiltIn { get; }

    /// <summary>Reads a model file.</summary>
    /// <param name="file">The bytes; nothing in them is ever executed.</param>
    ModelReading Read(ReadOnlyMemory<byte> file);
}

/// <summary>A model that comes with the release.</summary>
/// <param name="Description">What is known of it.</param>
/// <param name="Predictor">What scores.</param>
public sealed record BuiltInModel(ModelDescription Description, ICompletionPredictor Predictor);

/// <summary>What a model file is: a predictor with its description, or the reason why it is refused.</summary>
public sealed record ModelReading
{
    private ModelReading(ModelDescription? description, ICompletionPredictor? predictor, string? fault) => (Description, Predictor, Fault) = (description, predictor, fault);

    /// <summary>What is known of the model; null when it is refused.</summary>
    public ModelDescription? Description { get; }

    /// <summary>What scores; null when it is refused.</summary>
    public ICompletionPredictor? Predictor { get; }

    /// <summary>Why it is refused, and what to do about it; null when it is not.</summary>
    public string? Fault { get; }

    /// <summary>Whether it can be used.</summary>
    [MemberNotNullWhen(true, nameof(Description), nameof(Predictor))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsUsable => Fault is null;

    /// <summary>A usable file.</summary>
    public static ModelReading Of(ModelDescription description, ICompletionPredictor predictor) => new(description, predictor, null);

    /// <summary>A refused file.</summary>
    public static ModelReading Refused(string fault) => new(null, null, fault);
}
