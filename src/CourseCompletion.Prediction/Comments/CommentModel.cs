using CourseCompletion.Domain.Comments;

namespace CourseCompletion.Prediction.Comments;

/// <summary>A model of comments: weights of features, whose sums are the logits of what a comment is read for.</summary>
/// <remarks>
/// <para>
/// Sentiment: logit = bias + scale / sqrt(n) times the sum of <see cref="Sentiment"/> over the n distinct features of the text, and for English the weighted <see cref="VaderFeatures"/>. In languages that
/// no data was learned from it is the sum of seeds, or for English a multiple of VADER's score.
/// </para>
/// <para>Everything else: logit = bias + the sum of <see cref="Seeds"/> over the features of the text.</para>
/// </remarks>
public sealed record CommentModel
{
    /// <summary>The longest name.</summary>
    public const int NameCharsMax = 64;

    /// <summary>How many bits of a feature choose its weight.</summary>
    public const int BucketBits = 22;

    /// <summary>The model's name, recorded with what it read: 1 to <see cref="NameCharsMax"/> characters.</summary>
    public required string Name { get; init; }

    /// <summary>What it was learned from, for those who judge its readings.</summary>
    public required string LearnedFrom { get; init; }

    /// <summary>The version of the features.</summary>
    public required int FeatureVersion { get; init; }

    /// <summary>How many comments it was learned from.</summary>
    public required int TrainedComments { get; init; }

    /// <summary>Whether sentiment was learned from texts that are read by characters: all but English ones.</summary>
    public required bool LearnedCharacters { get; init; }

    /// <summary>Whether sentiment was learned from texts that are read by words: English ones.</summary>
    public required bool LearnedWords { get; init; }

    /// <summary>What is added whatever the text, one for each <see cref="CommentHead"/>.</summary>
    public required IReadOnlyList<float> Biases { get; init; }

    /// <summary>The learned weights of sentiment, as whole numbers, by the highest <see cref="BucketBits"/> bits of a feature.</summary>
    public required short[] Sentiment { get; init; }

    /// <summary>What 1 in <see cref="Sentiment"/> is worth.</summary>
    public required float SentimentScale { get; init; }

    /// <summary>The learned weights of the <see cref="VaderFeatures"/>.</summary>
    public required IReadOnlyList<float> Vader { get; init; }

    /// <summary>The weights that phrases begin with.</summary>
    public required CommentWeights Seeds { get; init; }

    /// <summary>Whether sentiment was learned for texts of a language.</summary>
    public bool Learned(CommentLanguage language) => language == CommentLanguage.English ? LearnedWords : LearnedCharacters;

    /// <summary>The bucket of a feature.</summary>
    public static int BucketOf(uint feature) => (int)(feature >> 32 - BucketBits);
}
