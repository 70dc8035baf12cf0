using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Completion.Catalog;
using CourseCompletion.Prediction.Comments;
using CourseCompletion.Prediction.Comments.Default;
using CourseCompletion.Prediction.Completion;
using Microsoft.Extensions.DependencyInjection;

namespace CourseCompletion.Prediction;

/// <summary>Registers what predicts.</summary>
public static class Hosting
{
    /// <summary>Adds the completion models of the release, the reader of model files, and the reader of comments.</summary>
    public static IServiceCollection AddPrediction(this IServiceCollection services) => services
        .AddSingleton<ICompletionModelFormat, CompletionModelFormat>()
        .AddSingleton<ICommentReader>(_ => new LearnedCommentReader(DefaultCommentModel.Load()));
}
