using CourseCompletion.Domain.Completion.Catalog;
using Orleans.CodeGeneration;

namespace CourseCompletion.Grains.Abstractions.Completion;

/// <summary>How good a model's answers turned out to be among one tenant's learners.</summary>
/// <remarks>Key: <see cref="ModelHealthKey"/>. Called by the gateway and by backends of operators.</remarks>
[Alias("cc.IModelHealthGrain")]
[Version(1)]
public interface IModelHealthGrain : IGrainWithStringKey
{
    /// <summary>Reads what is known; of a model without matured labels that is nothing.</summary>
    [Alias("GetAsync")]
    ValueTask<ModelHealthView> GetAsync();
}

/// <summary>A model's health. Figures are of its newest labels: 10,000 to 20,000, and 1,000 to 2,000 of each course.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Labels">How many predictions have matured, one an enrolment.</param>
/// <param name="Raw">The figures of the model's own probabilities.</param>
/// <param name="Served">The figures of what was answered, or would have been by a shadow.</param>
/// <param name="Slope">Calibrated logit = intercept + slope x logit.</param>
/// <param name="Intercept">The intercept of courses without labels of their own.</param>
/// <param name="DriftAlarms">How many times drift began.</param>
/// <param name="LatestDriftAtLabel">How many labels there were when drift was last found; 0 if it never was.</param>
/// <param name="Courses">The courses that figures are kept of, then those read by proxy labels so far.</param>
/// <param name="HeldOut">The figures of what was answered, of learners in the global holdout, whom no campaign reaches.</param>
[GenerateSerializer, Alias("cc.model-health"), Immutable]
public sealed record ModelHealthView(
    [property: Id(0)] string Model,
    [property: Id(1)] long Labels,
    [property: Id(2)] FiguresView Raw,
    [property: Id(3)] FiguresView Served,
    [property: Id(4)] double Slope,
    [property: Id(5)] double Intercept,
    [property: Id(6)] long DriftAlarms,
    [property: Id(7)] long LatestDriftAtLabel,
    [property: Id(8)] CourseHealthView[] Courses,
    [property: Id(9)] FiguresView HeldOut);

/// <summary>How good a model's answers were in one course.</summary>
/// <param name="Course">The course.</param>
/// <param name="Served">The figures of what was answered.</param>
/// <param name="Intercept">The intercept by which its logits are read.</param>
[GenerateSerializer, Alias("cc.course-health"), Immutable]
public sealed record CourseHealthView([property: Id(0)] string Course, [property: Id(1)] FiguresView Served, [property: Id(2)] double Intercept);

/// <summary>How good predictions were.</summary>
/// <param name="Count">How many; 0 makes the others NaN.</param>
/// <param name="BaseRate">The share that completed.</param>
/// <param name="MeanProbability">The mean probability.</param>
/// <param name="Auc">The area under the ROC curve; NaN without both kinds of labels.</param>
/// <param name="Brier">The mean squared difference of probability and label.</param>
/// <param name="LogLoss">The mean negative log-likelihood, in nats.</param>
/// <param name="Ece">The calibration error in 15 bins of about equal size, less what chance alone adds.</param>
[GenerateSerializer, Alias("cc.prediction-figures"), Immutable]
public readonly record struct FiguresView(
    [property: Id(0)] long Count,
    [property: Id(1)] double BaseRate,
    [property: Id(2)] double MeanProbability,
    [property: Id(3)] double Auc,
    [property: Id(4)] double Brier,
    [property: Id(5)] double LogLoss,
    [property: Id(6)] double Ece);
