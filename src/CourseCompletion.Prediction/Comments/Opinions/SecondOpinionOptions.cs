using CourseCompletion.Prediction.Completion;

namespace CourseCompletion.Prediction.Comments.Opinions;

/// <summary>With what the sentiment of comments is read again of which the first reader was unsure. Section <c>Comments:SecondOpinion</c>.</summary>
public sealed class SecondOpinionOptions
{
    /// <summary>The longest text that a transformer of this kind reads, in tokens.</summary>
    public const int TokensLimit = 512;

    /// <summary>A transformer that classifies texts, as an ONNX file; null or empty for no second opinion. The same on every silo.</summary>
    public string? ModelFile { get; set; }

    /// <summary>Its WordPiece vocabulary, one token a line: mostly <c>vocab.txt</c> beside the model.</summary>
    public string? VocabularyFile { get; set; }

    /// <summary>Whether the vocabulary is of lower-case letters ("uncased"). Default true.</summary>
    public bool LowerCase { get; set; } = true;

    /// <summary>How many tokens of a comment are read, the two at its ends included. Default 128, from 8 to <see cref="TokensLimit"/>.</summary>
    public int TokensMax { get; set; } = 128;

    /// <summary>How near to one half the first reading must be, in percent. Default 15: those of more than 35 and less than 65. From 1 to 50.</summary>
    public int MarginPercent { get; set; } = 15;

    /// <summary>The reader; null without a model.</summary>
    /// <exception cref="ModelFileException">A setting is out of range, or the files are no such model and vocabulary.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file must not be read.</exception>
    public OnnxCommentReader? Load()
    {
        if (string.IsNullOrEmpty(ModelFile))
        {
            return null;
        }

        return string.IsNullOrEmpty(VocabularyFile) ? throw Refused("name the model's vocabulary, its vocab.txt, as well.")
            : TokensMax is < 8 or > TokensLimit ? throw Refused($"TokensMax must lie between 8 and {TokensLimit}.")
            : MarginPercent is < 1 or > 50 ? throw Refused("MarginPercent must lie between 1 and 50.")
            : OnnxCommentReader.Open(this);
    }

    internal static ModelFileException Refused(string why) => new(ModelFileFault.NotAModel, $"There is no second opinion: {why}");
}
