using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Completion.Catalog;
using CourseCompletion.Prediction.Comments;
using CourseCompletion.Prediction.Completion;
using Microsoft.Extensions.DependencyInjection;

namespace CourseCompletion.Prediction;

/// <summary>Registers what predicts.</summary>
public static class Hosting
{
    /// <summary>Adds the completion models of the release, the reader of model files, and the reader of comments.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="comments">With what comments are read; null for the release's model.</param>
    /// <exception cref="ModelFileException">The comment model's file is refused.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public static IServiceCollection AddPrediction(this IServiceCollection services, CommentReaderOptions? comments = null) => services
        .AddSingleton<ICompletionModelFormat, CompletionModelFormat>()
        .AddSingleton<ICommentReader>(new LearnedCommentReader((comments ?? new()).Load()));
}
