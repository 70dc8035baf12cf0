namespace CourseCompletion.Domain.Comments;

/// <summary>What the labels of a tenant's moderators add to a model: a correction of the logits. An immutable version.</summary>
public sealed record CommentAdaptation
{
    /// <summary>How many features it may correct; beyond, those are forgotten whose corrections are smallest.</summary>
    public const int FeaturesMax = 16_384;

    /// <summary>Nothing learned yet.</summary>
    public static CommentAdaptation None { get; } = new() { FeatureVersion = 0, Labels = 0, Biases = [.. new float[CommentHeads.Count]], Weights = CommentWeights.None };

    /// <summary>The version of the features that it speaks of; 0 for none.</summary>
    public required int FeatureVersion { get; init; }

    /// <summary>How many labels it was learned from.</summary>
    public required long Labels { get; init; }

    /// <summary>What is added whatever the text, one for each <see cref="CommentHead"/>.</summary>
    public required IReadOnlyList<float> Biases { get; init; }

    /// <summary>What is added for features.</summary>
    public required CommentWeights Weights { get; init; }
}
