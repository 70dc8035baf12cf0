using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Bands;

namespace CourseCompletion.Prediction.Completion;

/// <summary>A learned model: what it predicts, from which features, and the function itself.</summary>
public sealed record CompletionModel
{
    /// <summary>The model's name, recorded with every score: 1 to 64 characters.</summary>
    public required string Name { get; init; }

    /// <summary>What a probability of 1 means.</summary>
    public required CompletionTarget Target { get; init; }

    /// <summary>How many days after the course's start, or after enrolment in a course without dates, the label is known.</summary>
    public required int HorizonDays { get; init; }

    /// <summary>The version of the features.</summary>
    public required int FeatureVersion { get; init; }

    /// <summary>The features' names, in the order of the vector.</summary>
    public required IReadOnlyList<string> FeatureNames { get; init; }

    /// <summary>How many enrolments it was learned from.</summary>
    public required int TrainedEnrolments { get; init; }

    /// <summary>The share of them that reached the target.</summary>
    public required float BaseRate { get; init; }

    /// <summary>The logits of those who reached the target, over the course's time.</summary>
    public required CompleterTrajectory Trajectory { get; init; }

    /// <summary>What is learned, whose sum is the logit of the probability.</summary>
    public required AdditiveModel Function { get; init; }

    /// <summary>How far true rates lie off.</summary>
    public LogitSpread Spread { get; init; } = LogitSpread.Prior;

    /// <summary>When learners stop; null for a model that does not know.</summary>
    public HazardHead? Hazard { get; init; }

    /// <summary>The interval that holds, in 80 of 100 groups of learners like this one, the share of them who reach the target.</summary>
    /// <param name="features">The features.</param>
    /// <param name="logit">Their logit by <see cref="Function"/>, recalibrated or not.</param>
    public (float Low, float High) IntervalOf(ReadOnlySpan<float> features, double logit) => CompletionIntervals.OfProbability(logit, Spread.Of(features));
}
