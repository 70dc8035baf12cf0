namespace CourseCompletion.Prediction.Comments.Default;

/// <summary>The model that reads comments until one is trained on comments of one's own.</summary>
/// <remarks>
/// English sentiment is learned from the product and film snippets that were published with VADER (Hutto and Gilbert, ICWSM 2014; MIT licence, see <c>VADER-LICENSE.txt</c>), and from nothing else. Chinese sentiment,
/// and everything but sentiment, rests on lists of phrases written for this project. <c>docs/comments.md</c> has the command that made it.
/// </remarks>
public static class DefaultCommentModel
{
    /// <summary>Its name.</summary>
    public const string Name = "comments-1";

    private const string Resource = "CourseCompletion.Prediction.Comments.Default.comments-1.model";

    private static readonly Lazy<CommentModel> _model = new(() => CommentModelFile.Decode(ReadBytes()));

    /// <summary>The model, read once a process.</summary>
    public static CommentModel Load() => _model.Value;

    /// <summary>The bytes of its file.</summary>
    public static byte[] ReadBytes()
    {
        using var stream = typeof(DefaultCommentModel).Assembly.GetManifestResourceStream(Resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
