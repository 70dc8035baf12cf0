using CourseCompletion.Domain.Completion;
using CourseCompletion.Prediction.Completion;
using Microsoft.Extensions.DependencyInjection;

namespace CourseCompletion.Prediction;

/// <summary>Registers what predicts.</summary>
public static class Hosting
{
    /// <summary>Adds the completion model.</summary>
    public static IServiceCollection AddPrediction(this IServiceCollection services) =>
        services.AddSingleton<ICompletionPredictor, PriorCompletionPredictor>();
}
