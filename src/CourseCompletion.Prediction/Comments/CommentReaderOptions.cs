using CourseCompletion.Prediction.Comments.Default;
using CourseCompletion.Prediction.Comments.Opinions;
using CourseCompletion.Prediction.Completion;

namespace CourseCompletion.Prediction.Comments;

/// <summary>With what comments are read. Section <c>Comments</c>.</summary>
public sealed class CommentReaderOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Comments";

    /// <summary>A model that <c>train comments</c> wrote; null or empty for the release's own. The same on every silo, or it depends on the silo how a comment is read.</summary>
    public string? ModelFile { get; set; }

    /// <summary>With what comments are read again of which that model is unsure.</summary>
    public SecondOpinionOptions SecondOpinion { get; set; } = new();

    /// <summary>The model.</summary>
    /// <exception cref="ModelFileException">The file is no model of this release.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    internal CommentModel Load() =>
        string.IsNullOrEmpty(ModelFile) ? DefaultCommentModel.Load() : CommentModelFile.Decode(File.ReadAllBytes(ModelFile));
}
