using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Comments.Opinions;
using CourseCompletion.Domain.Completion.Catalog;
using CourseCompletion.Prediction.Comments;
using CourseCompletion.Prediction.Completion;
using Microsoft.Extensions.DependencyInjection;

namespace CourseCompletion.Prediction;

/// <summary>Registers what predicts.</summary>
public static class Hosting
{
    /// <summary>Adds the completion models of the release, the reader of model files, and the readers of comments.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="comments">With what comments are read; null for the release's model and no second opinion.</param>
    /// <exception cref="ModelFileException">A comment model's file is refused.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public static IServiceCollection AddPrediction(this IServiceCollection services, CommentReaderOptions? comments = null)
    {
        comments ??= new();
        services
            .AddSingleton<ICompletionModelFormat, CompletionModelFormat>()
            .AddSingleton<ICommentReader>(new LearnedCommentReader(comments.Load()));
        return comments.SecondOpinion.Load() is { } second ? services.AddSingleton<ISecondCommentReader>(_ => second) : services;
    }
}
