using CourseCompletion.Domain.Completion.Catalog;
using CourseCompletion.Prediction.Completion;
using Microsoft.Extensions.DependencyInjection;

namespace CourseCompletion.Prediction;

/// <summary>Registers what predicts.</summary>
public static class Hosting
{
    /// <summary>Adds the completion models of the release and the reader of model files.</summary>
    public static IServiceCollection AddPrediction(this IServiceCollection services) =>
        services.AddSingleton<ICompletionModelFormat, CompletionModelFormat>();
}
