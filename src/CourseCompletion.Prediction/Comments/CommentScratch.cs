using CourseCompletion.Domain.Comments;

namespace CourseCompletion.Prediction.Comments;

/// <summary>Room for reading one text after the other without allocating. For one thread at a time.</summary>
internal sealed class CommentScratch
{
    // With room for the marks of beginning and end.
    private readonly char[] _framed = new char[CommentText.CharsMax + 2];
    private readonly FeatureSet _features = new();

    /// <summary>The features of the newest text.</summary>
    public ReadOnlySpan<uint> Features => _features.Features;

    /// <summary>Finds the features of a text.</summary>
    /// <returns>Its language.</returns>
    public CommentLanguage Fill(ReadOnlySpan<char> text)
    {
        var framed = _framed.AsSpan(0, CommentText.Normalise(text, _framed.AsSpan(1)) + 2);
        (framed[0], framed[^1]) = (CommentFeatures.Start, CommentFeatures.End);
        var language = CommentLanguages.Of(framed[1..^1]);
        CommentFeatures.Find(framed, language, _features);
        return language;
    }
}
