using CourseCompletion.Domain.Comments;

namespace CourseCompletion.Prediction.Comments;

/// <summary>Room for reading one text after the other without allocating. For one thread at a time.</summary>
internal sealed class CommentScratch
{
    private readonly char[] _normalised = new char[CommentText.CharsMax];
    private readonly FeatureSet _features = new();

    /// <summary>The features of the newest text.</summary>
    public ReadOnlySpan<uint> Features => _features.Features;

    /// <summary>Finds the features of a text.</summary>
    /// <returns>Its language.</returns>
    public CommentLanguage Fill(ReadOnlySpan<char> text)
    {
        var normalised = _normalised.AsSpan(0, CommentText.Normalise(text, _normalised));
        var language = CommentLanguages.Of(normalised);
        CommentFeatures.Find(normalised, language, _features);
        return language;
    }
}
